/// What is assigned to splits as a whole, counted by kind: the images of a group, or a single image.
///
/// Units that hold the same numbers of the same classes are of one kind, so that a million single images of ten classes
/// are ten kinds.
public struct UnitTable: Sendable {
  /// Some items of one class.
  public struct ClassCount: Hashable, Sendable {
    /// The class, 0 or more.
    public let label: Int
    /// Its items, 1 or more.
    public let count: Int

    /// Makes a count.
    public init(label: Int, count: Int) {
      self.label = label
      self.count = count
    }
  }

  /// What the units of one kind hold.
  struct Kind: Hashable, Sendable {
    let imageCount: Int
    let classes: [ClassCount]
  }

  /// Number of classes.
  public let classCount: Int
  /// Number of splits.
  public let splitCount: Int
  /// The kinds, in order of first appearance.
  private(set) var kinds: [Kind] = []
  /// Units by split and kind.
  private(set) var counts: [[Int]]
  /// For look-ups only; never iterated.
  private var kindOf: [Kind: Int] = [:]

  /// An empty table.
  public init(classCount: Int, splitCount: Int) {
    self.classCount = classCount
    self.splitCount = splitCount
    counts = Array(repeating: [], count: splitCount)
  }

  /// Adds units of one kind to a split.
  ///
  /// `classes` are ascending, each class once. An image of several classes counts once in `imageCount` and once for each
  /// of its classes.
  /// - Precondition: Classes and split are in range.
  public mutating func add(_ unitCount: Int = 1, imageCount: Int, classes: [ClassCount], to split: Int) {
    let kind = Kind(imageCount: imageCount, classes: classes)
    let index: Int
    if let known = kindOf[kind] {
      index = known
    } else {
      index = kinds.count
      kinds.append(kind)
      kindOf[kind] = index
      for other in counts.indices { counts[other].append(0) }
    }
    counts[split][index] += unitCount
  }

  /// A table of single images of one class each: `counts[split][label]`.
  public init(_ counts: [[Int]]) {
    self.init(classCount: counts.first?.count ?? 0, splitCount: counts.count)
    for (split, row) in counts.enumerated() {
      for (label, count) in row.enumerated() where count > 0 {
        add(count, imageCount: 1, classes: [ClassCount(label: label, count: 1)], to: split)
      }
    }
  }

  /// Units of a split.
  public func unitCount(of split: Int) -> Int { counts[split].reduce(0, +) }

  /// Images of a split.
  public func imageCount(of split: Int) -> Int { zip(counts[split], kinds).reduce(0) { $0 + $1.0 * $1.1.imageCount } }

  /// About how much work one random assignment of the units of two splits is, in units that are drawn one by one.
  public func drawCost(first: Int, second: Int) -> Int {
    let present = zip(counts[first], counts[second]).count { $0 + $1 > 0 }
    return min(present * UnitSampler.unitsPerKind, min(unitCount(of: first), unitCount(of: second)))
  }

  /// Items of each class in a split.
  public func classCounts(of split: Int) -> [Int] {
    var sums = Array(repeating: 0, count: classCount)
    for (count, kind) in zip(counts[split], kinds) where count > 0 {
      for item in kind.classes { sums[item.label] += count * item.count }
    }
    return sums
  }
}
