/// What a repair may do.
public struct RepairOptions: Hashable, Sendable {
  /// How far the share of a class in a split may move, 0...1.
  public var tolerance = 0.005
  /// The splits that images may be dropped from, as indices; `nil` for all.
  public var droppedSplits: [Int]?
  /// Pairs of splits, as indices, that may hold the same images; heeded where images are dropped.
  public var allowedOverlaps: [Set<Int>] = []
  /// The ratio that the classes of every split have to have; `nil` where they only keep their shares.
  public var classRatio: ClassRatio?
  /// Arcs of networks that may be looked at before a smallest removal is given up for a small one.
  public var workLimit = RemovalSolver.usualWorkLimit

  /// The defaults.
  public init() {}

  /// Whether the images of two different splits may not overlap.
  func areCompared(_ a: Int, _ b: Int) -> Bool { !allowedOverlaps.contains([a, b]) }
}
