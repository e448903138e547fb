internal import SplitSealBase
internal import SplitSeal
internal import SplitSealImage
internal import SplitSealReport

/// The pictures of the first pairs of a report, as the terminal shows them.
final class PairPictures {
  /// Pairs that are shown unless a number is given.
  static let usualCount = 5
  /// Pixels from top to bottom.
  private static let height = 160

  private let pictures: AuditPictures
  private let drawing: InlinePictureProtocol
  private var left: Int

  init(pictures: AuditPictures, drawing: InlinePictureProtocol, count: Int) {
    self.pictures = pictures
    self.drawing = drawing
    left = count
  }

  /// The pictures of two samples beside each other; `nil` when enough were shown.
  func sequence(of first: Int, _ second: Int) -> String? {
    guard left > 0 else { return nil }
    left -= 1
    let previews = [first, second].compactMap { pictures.preview(of: $0, longestSide: 3 * Self.height) }
    guard previews.count == 2 else { return "         (a file has changed since it was checked, or cannot be read)" }
    return drawing.sequence(PairPicture.joined(previews[0], previews[1], height: Self.height))
  }
}
