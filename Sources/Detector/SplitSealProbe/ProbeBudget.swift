/// How much is edited: what takes about three times as long as the scan of the dataset did.
///
/// Only counts go in, so that the same dataset is probed the same way on every machine. The unit of cost is an image that is
/// decoded and fingerprinted, or looked for within its split: to check the first eight candidates of an image takes about as
/// long. A copy costs two units, made and fingerprinted, and its checks.
struct ProbeBudget: Hashable, Sendable {
  /// What the probe may cost, in scans.
  private static let scans = 3.0
  /// Copies that are made of a dataset however small it is, if it has images for them: each edit four times.
  private static let leastCopies = 148
  /// Edits of each image at least, if there are so many: an image has to be read for them.
  private static let leastCopiesPerImage = 4

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
  ///   - nearPairCount: Pairs that it reported: with each more candidates are checked, up to 64 an image.
  ///   - imageLimit: Images that are edited at most, 0 or more.
  ///   - editCount: Ways to edit an image, 1 or more.
  init(
    comparableCount: Int, sampleCount: Int, queryCount: Int, nearPairCount: Int, imageLimit: Int, editCount: Int
  ) {
    // Eight candidates and two more for each that proved right.
    let checks = 1 + min(7, Double(nearPairCount) / Double(max(1, queryCount)) / 4)
    let scanCost = 2 * Double(sampleCount) + checks * Double(queryCount)
    let most = Double(max(0, imageLimit)) * Double(editCount)
    let copies = max(Self.leastCopies, Int(min(most, Self.scans * scanCost / (2 + checks))))
    imageCount = min(max(0, imageLimit), comparableCount, copies / Self.leastCopiesPerImage)
    copiesPerImage = imageCount == 0 ? 0 : min(copies / imageCount, editCount)
  }
}
