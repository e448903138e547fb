/// Why a row is dropped or moved.
public enum RepairReason: Hashable, Sendable {
  /// It shows the same, in bytes or in pixels, or has the same path.
  case equal
  /// It shows the same picture with that probability, 0...1.
  case match(score: Double)
  /// It shares a group with so many images of the split that the one it is dropped or moved for is in.
  case group(grouping: String, name: String, imageCount: Int)
  /// It keeps the share of its class; `nil` is the class of what has no label.
  case balance(label: Int?)
  /// It brings its split to the ratio of classes that is declared.
  case ratio(label: Int?)
}

/// What becomes of one row.
public struct RepairAction: Hashable, Sendable {
  /// Index of the row's sample.
  public let sample: Int
  /// The split that it moves to, an index into the manifest's splits; `nil` where it is dropped.
  public let newSplit: Int?
  /// Why.
  public let reason: RepairReason
  /// The sample because of which; `nil` where there is none.
  public let because: Int?
}
