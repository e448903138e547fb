/// A part of a picture, in shares of the picture's sides.
public struct PictureShare: Hashable, Sendable {
  /// Where it begins, 0...1 of the width.
  public let left: Double
  /// Where it begins, 0...1 of the height.
  public let top: Double
  /// Its width, more than 0 and at most 1.
  public let width: Double
  /// Its height, more than 0 and at most 1.
  public let height: Double

  /// Names a part.
  public init(left: Double, top: Double, width: Double, height: Double) {
    (self.left, self.top, self.width, self.height) = (left, top, width, height)
  }

  /// The whole picture.
  public static let whole = PictureShare(left: 0, top: 0, width: 1, height: 1)
}
