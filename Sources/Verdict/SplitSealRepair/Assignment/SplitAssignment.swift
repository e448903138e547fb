internal import SplitSealBase
public import SplitSealFingerprint
public import SplitSealManifest

/// What a new split is to have of a dataset.
public struct SplitShare: Hashable, Sendable {
  /// The split.
  public let split: Split
  /// Its part of the images, greater than 0; parts need not add up to 1.
  public let part: Double

  /// Declares a share.
  public init(split: Split, part: Double) {
    self.split = split
    self.part = part
  }
}

/// Puts the images of a dataset without splits into splits.
///
/// What matches or shares a group goes into one split; the splits have each class in equal shares, as far as that allows.
public struct SplitAssignment: Sendable {
  /// The dataset, all of one split.
  public let manifest: Manifest
  /// The new splits.
  public let shares: [SplitShare]
  /// The new split of each sample, an index into ``shares``.
  public private(set) var splitOf: [Int]
  /// Sets of images that had to stay together, of two images or more.
  public private(set) var joinedSetCount = 0
  /// Images in the largest of them; 0 where there is none.
  public private(set) var largestSetCount = 0

  private let outcomes: [FingerprintOutcome]
  private var likenesses: [Likeness] = []
  private let tolerance: Double
  private let seed: UInt64
  private var isDistributed = false

  /// Assigns the images.
  ///
  /// - Parameters:
  ///   - manifest: The dataset; its own splits do not matter.
  ///   - outcomes: What became of each sample's file.
  ///   - likenesses: Samples that show one picture.
  ///   - shares: The splits, at least one.
  ///   - seed: Decides which images of a class go where.
  ///   - tolerance: How far the share of a class, or of a split, may be off, 0...1.
  public init(
    _ manifest: Manifest, outcomes: [FingerprintOutcome], likenesses: [Likeness], shares: [SplitShare], seed: UInt64,
    tolerance: Double
  ) {
    self.manifest = manifest
    self.outcomes = outcomes
    self.shares = shares
    self.seed = seed
    self.tolerance = tolerance
    splitOf = manifest.samples.map { _ in 0 }
    join(likenesses)
  }

  /// Takes account of more samples that show one picture: what has to be together now goes where most of it is, and as
  /// few others as possible change their split in exchange.
  public mutating func join(_ more: [Likeness]) {
    likenesses += more
    let table = ImageTable(manifest, outcomes: outcomes, likenesses: likenesses)
    let atoms = InseparableGroups(table, manifest)
    let newSplitOf = table.images.map { splitOf[$0.samples[0]] }
    let homes =
      isDistributed
      ? atoms.members.map { images in InseparableGroups.counted(images.map { newSplitOf[$0] }) }
      : atoms.members.map { _ in [] }
    var assignment = GroupAssignment(atoms, homes: homes, target: target, tolerance: 0)
    if isDistributed { assignment.settle() } else { assignment.distribute(seed: seed) }
    assignment.restore()
    isDistributed = true
    splitOf = table.imageOf.map { assignment.splitOf[atoms.atomOf[$0]] ?? 0 }
    let joined = atoms.members.filter { $0.count > 1 }
    joinedSetCount = joined.count
    largestSetCount = joined.map(\.count).max() ?? 0
  }

  private var whole: Double { shares.reduce(0) { $0 + $1.part } }

  /// What each split is to have of each class.
  private var target: [[Double]] {
    let counts = overall
    return shares.map { share in counts.map { Double($0) * share.part / whole } }
  }

  /// Samples by class in the whole dataset; the last element counts those without a label.
  public var overall: [Int] {
    var counts = Array(repeating: 0, count: manifest.labels.count + 1)
    for sample in manifest.samples { counts[sample.label ?? manifest.labels.count] += 1 }
    return counts
  }

  /// Samples by new split and class.
  public var counts: [[Int]] {
    var counts = Array(repeating: Array(repeating: 0, count: manifest.labels.count + 1), count: shares.count)
    for (sample, split) in zip(manifest.samples, splitOf) {
      counts[split][sample.label ?? manifest.labels.count] += 1
    }
    return counts
  }

  /// The splits that are empty, or whose size or share of a class is further off than the tolerance, or one image where
  /// that is more.
  public var unmetSplits: [Int] {
    let total = Double(max(1, manifest.samples.count))
    return counts.indices.filter { split in
      let row = counts[split]
      let size = Double(row.reduce(0, +))
      let wanted = total * shares[split].part / whole
      guard size > 0, abs(size - wanted) <= max(tolerance * total, Double(row.count)) else { return true }
      return zip(row, overall).contains { count, all in
        abs(Double(count) - Double(all) / total * size) > max(tolerance * size, 2)
      }
    }
  }
}
