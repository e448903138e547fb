public import SplitSealManifest

/// What a repair does to each row, and what holds afterwards.
///
/// Images are never touched: a plan says which rows of the manifests go and which change their split.
public struct RepairPlan: Sendable {
  /// A class whose share moved further than it may.
  public struct UnmetShare: Hashable, Sendable {
    /// Index of the split.
    public let split: Int
    /// Index of the label; the number of labels for what has none.
    public let label: Int
  }

  /// The dataset.
  public let manifest: Manifest
  /// What becomes of the rows that do not stay as they are, in manifest order.
  public let actions: [RepairAction]
  /// The split of each sample afterwards; `nil` for those that are dropped.
  public let splitOf: [Int?]
  /// Samples by split and class before.
  public let sharesBefore: ClassShares
  /// Samples by split and class afterwards.
  public let sharesAfter: ClassShares
  /// Images that are dropped because of a match or a group, or that have to move for one; rows of one path in one split are
  /// one image.
  public let conflictingImageCount: Int
  /// Images that are dropped or moved to keep the classes' shares.
  public let balancingImageCount: Int
  /// Images that are dropped to bring splits to the declared ratio of classes.
  public let ratioImageCount: Int
  /// At least so many images have to be dropped, or moved, so that nothing is left between splits.
  public let lowerBound: Int
  /// Whether no smaller number than ``conflictingImageCount`` does: shown by the bound or by a search that was completed.
  public let isSmallest: Bool
  /// Pairs of samples that are left between splits, the first few.
  public let remaining: [(Int, Int)]
  /// Classes whose shares moved further than the tolerance.
  public let unmetShares: [UnmetShare]
  /// The splits that are not near enough to the declared ratio, as indices.
  public let unmetRatios: [Int]
  /// How far the share of a class may move, 0...1.
  public let tolerance: Double

  /// Whether nothing is left between splits and the shares are what they have to be.
  public var isComplete: Bool { remaining.isEmpty && unmetShares.isEmpty && unmetRatios.isEmpty }

  /// Assembles a plan and checks it against the conflicts anew.
  init(
    _ manifest: Manifest, _ table: ImageTable, splitOfImage: [Int?], reasons: [Int: RepairReasonOfImage],
    conflictingCount: Int, target: SharesTarget, ratio: ClassRatio?, areCompared: (Int, Int) -> Bool,
    bound: (lowest: Int, isReached: Bool), unsolved: [(Int, Int)]
  ) {
    self.manifest = manifest
    let splitOf = table.imageOf.map { splitOfImage[$0] }
    self.splitOf = splitOf
    actions = manifest.samples.indices.compactMap { sample in
      guard splitOf[sample] != manifest.samples[sample].split else { return nil }
      // No row goes unmentioned.
      let why = reasons[table.imageOf[sample]] ?? RepairReasonOfImage(reason: .balance(label: nil), because: nil)
      var reason = why.reason
      switch reason {
      case .balance: reason = .balance(label: manifest.samples[sample].label)
      case .ratio: reason = .ratio(label: manifest.samples[sample].label)
      case .equal, .match, .group: break
      }
      return RepairAction(sample: sample, newSplit: splitOf[sample], reason: reason, because: why.because)
    }
    sharesBefore = target.before
    sharesAfter = ClassShares(manifest) { splitOf[$0] }
    conflictingImageCount = conflictingCount
    ratioImageCount = reasons.values.count { if case .ratio = $0.reason { true } else { false } }
    balancingImageCount = reasons.count - conflictingCount - ratioImageCount
    lowerBound = bound.lowest
    isSmallest = bound.isReached
    // Whatever the solver says: nothing may be left, or it is named.
    let left = Self.conflicts(table, splitOfImage: splitOfImage, areCompared)
    remaining = unsolved.isEmpty ? left : unsolved
    tolerance = target.tolerance
    let after = sharesAfter
    unmetRatios = after.counts.indices.filter { !(ratio?.isKept(by: after.counts[$0]) ?? true) }
    unmetShares = after.counts.indices.flatMap { split in
      target.isDeclared[split] || target.violation(after.counts[split], split) <= 0
        ? []
        : after.counts[split].indices.filter { target.isViolated(after.counts[split], split, $0) }
          .map { UnmetShare(split: split, label: $0) }
    }
  }

  /// Of each picture, each two that match and each group the first pair of samples that are in two splits.
  private static func conflicts(
    _ table: ImageTable, splitOfImage: [Int?], _ areCompared: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    var found: [(Int, Int)] = []
    func look(_ images: [Int]) {
      // One image of each split will do.
      var firsts: [(split: Int, image: Int)] = []
      for image in images {
        guard let split = splitOfImage[image], !firsts.contains(where: { $0.split == split }) else { continue }
        if let other = firsts.first(where: { areCompared($0.split, split) }) {
          found.append((table.images[other.image].samples[0], table.images[image].samples[0]))
          return
        }
        firsts.append((split, image))
      }
    }
    for images in table.imagesOfPicture where images.count > 1 { look(images) }
    for link in table.links { look(table.imagesOfPicture[link.first] + table.imagesOfPicture[link.second]) }
    for images in table.imagesOfGroup { look(images) }
    return found
  }
}

/// Why an image is dropped or moved.
struct RepairReasonOfImage: Hashable, Sendable {
  let reason: RepairReason
  let because: Int?
}

extension RepairPlan {
  /// Whether two samples that show one picture are afterwards in two splits that may not overlap.
  package func areCompared(_ likeness: Likeness, _ options: RepairOptions) -> Bool {
    guard let a = splitOf[likeness.first], let b = splitOf[likeness.second] else { return false }
    return a != b && options.areCompared(a, b)
  }
}
