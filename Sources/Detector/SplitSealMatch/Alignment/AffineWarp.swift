internal import SplitSealFingerprint
public import SplitSealImage

/// Where the points of one picture are in another: an affine map between shares of their sides.
///
/// (u, v) goes to (`xx` u + `xy` v + `x`, `yx` u + `yy` v + `y`); (0, 0) is a picture's upper left corner, (1, 1) its lower
/// right one.
public struct AffineWarp: Hashable, Sendable {
  /// The six numbers, without a unit.
  public let xx, xy, x, yx, yy, y: Double

  /// Makes a map of its six numbers.
  public init(xx: Double, xy: Double, x: Double, yx: Double, yy: Double, y: Double) {
    (self.xx, self.xy, self.x, self.yx, self.yy, self.y) = (xx, xy, x, yx, yy, y)
  }

  /// Where the points of a picture came from that was turned or mirrored as a whole.
  public init(undoing orientation: Orientation) {
    let n: [Double] =
      switch orientation {
      case .identity: [1, 0, 0, 0, 1, 0]
      case .mirror: [-1, 0, 1, 0, 1, 0]
      case .turn180: [-1, 0, 1, 0, -1, 1]
      case .flip: [1, 0, 0, 0, -1, 1]
      case .transpose: [0, 1, 0, 1, 0, 0]
      case .turn90: [0, 1, 0, -1, 0, 1]
      case .transverse: [0, -1, 1, -1, 0, 1]
      case .turn270: [0, -1, 1, 1, 0, 0]
      }
    self.init(xx: n[0], xy: n[1], x: n[2], yx: n[3], yy: n[4], y: n[5])
  }

  /// The map that leaves every point where it is.
  static let identity = AffineWarp(xx: 1, xy: 0, x: 0, yx: 0, yy: 1, y: 0)

  /// The six numbers in the order in which they stand in the formula above.
  var numbers: [Double] { [xx, xy, x, yx, yy, y] }

  /// Where a part of a picture lies in the whole.
  init(_ part: PictureShare) {
    self.init(xx: part.width, xy: 0, x: part.left, yx: 0, yy: part.height, y: part.top)
  }

  /// Where a point of the one picture is in the other.
  public func place(_ u: Double, _ v: Double) -> (x: Double, y: Double) {
    (xx * u + xy * v + x, yx * u + yy * v + y)
  }

  /// Where the whole of the one picture lies in the other: its corners, upper left first, then clockwise.
  public var corners: [(x: Double, y: Double)] { [place(0, 0), place(1, 0), place(1, 1), place(0, 1)] }

  /// The map that takes points back; `nil` where this one makes a line of the picture.
  public var inverse: AffineWarp? {
    let area = xx * yy - xy * yx
    guard abs(area) > 1e-9 else { return nil }
    let (a, b, c, d) = (yy / area, -xy / area, -yx / area, xx / area)
    return AffineWarp(xx: a, xy: b, x: -(a * x + b * y), yx: c, yy: d, y: -(c * x + d * y))
  }

  /// The map that does `first` and then this one.
  public func following(_ first: AffineWarp) -> AffineWarp {
    let origin = place(first.x, first.y)
    return AffineWarp(
      xx: xx * first.xx + xy * first.yx, xy: xx * first.xy + xy * first.yy, x: origin.x,
      yx: yx * first.xx + yy * first.yx, yy: yx * first.xy + yy * first.yy, y: origin.y)
  }
}
