/// How many images of each class every split has, as the class rules count them.
public struct ClassDistribution: Hashable, Sendable {
  /// The splits with at least one label, as indices into the manifest's splits, in their order.
  public let splits: [Int]
  /// The classes, as the dataset names them, in a fixed order.
  public let names: [String]
  /// Whether an image may have several classes.
  public let isMultiple: Bool
  /// Images by split of the manifest and class: `counts[split][class]`.
  public let counts: [[Int]]
  /// Labelled images by split of the manifest.
  public let totals: [Int]
}

extension AuditResult {
  /// The classes of the dataset; `nil` where it has no labels, or they are no classes.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  public var classDistribution: ClassDistribution? {
    guard input.reading.meaning == .classes else { return nil }
    let labelled = LabelledSplits(input)
    return ClassDistribution(
      splits: labelled.totals.indices.filter { labelled.totals[$0] > 0 }, names: input.reading.classNames,
      isMultiple: input.reading.isMultiple, counts: labelled.counts, totals: labelled.totals)
  }
}
