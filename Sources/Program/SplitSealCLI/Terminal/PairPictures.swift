internal import SplitSealBase
internal import SplitSeal
internal import SplitSealImage
internal import SplitSealReport

/// Draws the two images of each of the first pairs in the terminal.
final class PairPictures {
  /// Default number of pairs to draw.
  static let usualCount = 5
  /// Height of a picture in pixels.
  private static let height = 160

  private let pictures: AuditPictures
  private let drawing: InlinePictureProtocol
  /// Pairs still to draw.
  private var remainingCount: Int

  init(pictures: AuditPictures, drawing: InlinePictureProtocol, count: Int) {
    self.pictures = pictures
    self.drawing = drawing
    remainingCount = count
  }

  /// The terminal sequence that draws two samples side by side; `nil` when enough pairs were drawn or the command was
  /// interrupted.
  func sequence(of first: Int, _ second: Int) -> String? {
    guard remainingCount > 0, !Task.isCancelled else { return nil }
    remainingCount -= 1
    let previews = [first, second].compactMap { pictures.preview(of: $0, longestSide: 3 * Self.height) }
    guard previews.count == 2 else { return "         (a file has changed since it was checked, or cannot be read)" }
    return drawing.sequence(PairPicture.joined(previews[0], previews[1], height: Self.height))
  }
}
