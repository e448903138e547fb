/// How much is edited: what a scan of the dataset costs, a few times over, and no more than tells something.
///
/// Only counts go in, so that the same dataset is probed the same way on every machine. A copy costs about what two images
/// cost that are decoded and fingerprinted, and what one image costs that is searched for.
struct ProbeBudget: Hashable, Sendable {
  /// Copies for each image of the dataset, and for each that the scan searches for.
  private static let copiesPerSample = 2, copiesPerQuery = 2
  /// Copies that are made of a dataset however small it is, if it has images for them.
  private static let leastCopies = 300

  /// Images that are edited.
  let imageCount: Int
  /// Edits of each.
  let copiesPerImage: Int

  /// Sets the budget.
  ///
  /// - Parameters:
  ///   - comparableCount: Images that can be edited, 0 or more.
  ///   - sampleCount: Images of the dataset.
  ///   - queryCount: Those that a scan searches for: all outside the training split.
  ///   - imageLimit: Images that are edited at most, 0 or more.
  ///   - editCount: Ways to edit an image, 1 or more.
  init(comparableCount: Int, sampleCount: Int, queryCount: Int, imageLimit: Int, editCount: Int) {
    let copies = max(
      Self.leastCopies, Self.copiesPerSample * sampleCount + Self.copiesPerQuery * queryCount)
    imageCount = min(max(0, imageLimit), comparableCount)
    copiesPerImage = imageCount == 0 ? 0 : min(max(1, copies / imageCount), editCount)
  }
}
