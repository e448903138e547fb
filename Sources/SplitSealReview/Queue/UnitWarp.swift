internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch

/// A map of the points of one picture to another, both as shares of the pictures' sides:
/// (u, v) goes to (m0 u + m1 v + m2, m3 u + m4 v + m5).
struct UnitWarp: Hashable, Sendable {
  /// The six numbers.
  let numbers: [Double]

  /// The place of a point.
  func point(_ u: Double, _ v: Double) -> (Double, Double) {
    (numbers[0] * u + numbers[1] * v + numbers[2], numbers[3] * u + numbers[4] * v + numbers[5])
  }

  /// Where the corners of the picture go, clockwise from the upper left.
  var corners: [(Double, Double)] { [point(0, 0), point(1, 0), point(1, 1), point(0, 1)] }

  /// Where the points of a picture are once it is turned or mirrored.
  init(turning orientation: Orientation) {
    numbers =
      switch orientation {
      case .identity: [1, 0, 0, 0, 1, 0]
      case .mirror: [-1, 0, 1, 0, 1, 0]
      case .turn180: [-1, 0, 1, 0, -1, 1]
      case .flip: [1, 0, 0, 0, -1, 1]
      case .transpose: [0, 1, 0, 1, 0, 0]
      case .turn90: [0, -1, 1, 1, 0, 0]
      case .transverse: [0, -1, 1, -1, 0, 1]
      case .turn270: [0, 1, 0, -1, 0, 1]
      }
  }

  private init(_ numbers: [Double]) { self.numbers = numbers }

  /// Where the points of one picture are in another, by the views that showed the same.
  ///
  /// - Parameters:
  ///   - view: The part of the one picture.
  ///   - otherView: The part of the other.
  ///   - orientation: What turns the one into the other.
  init(from view: DescriptorView, to otherView: DescriptorView, turning orientation: Orientation) {
    let (from, to) = (Self.eighths(view), Self.eighths(otherView))
    self = UnitWarp(placing: to).after(UnitWarp(turning: orientation)).after(UnitWarp(placing: from).inverse)
  }

  /// Where the whole unit square goes when it fills a part of one.
  private init(placing part: (left: Double, top: Double, width: Double, height: Double)) {
    numbers = [part.width, 0, part.left, 0, part.height, part.top]
  }

  private static func eighths(_ view: DescriptorView) -> (left: Double, top: Double, width: Double, height: Double) {
    let (left, top, width, height) = view.eighths
    return (Double(left) / 8, Double(top) / 8, Double(width) / 8, Double(height) / 8)
  }

  /// The map that does `first` and then this one.
  func after(_ first: UnitWarp) -> UnitWarp {
    let (a, b) = (numbers, first.numbers)
    return UnitWarp([
      a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4], a[0] * b[2] + a[1] * b[5] + a[2],
      a[3] * b[0] + a[4] * b[3], a[3] * b[1] + a[4] * b[4], a[3] * b[2] + a[4] * b[5] + a[5],
    ])
  }

  /// The map back; the map itself where there is none, which no view and no turn is.
  var inverse: UnitWarp {
    let m = numbers
    let determinant = m[0] * m[4] - m[1] * m[3]
    guard determinant != 0 else { return self }
    let (a, b, c, d) = (m[4] / determinant, -m[1] / determinant, -m[3] / determinant, m[0] / determinant)
    return UnitWarp([a, b, -(a * m[2] + b * m[5]), c, d, -(c * m[2] + d * m[5])])
  }
}

/// How the two pictures of a candidate lie on each other.
struct PairGeometry: Hashable, Sendable {
  /// What turns the other picture so that it lies as the evaluated one does.
  let turn: Orientation
  /// Where the points of the other picture are in the evaluated one.
  let warp: UnitWarp

  /// Takes what the detector saw.
  init(_ candidate: Candidate) {
    let match = candidate.match
    let isFirst = candidate.evaluated == match.first
    turn = isFirst ? match.orientation.inverse : match.orientation
    let views = match.alignment.map { ($0.firstView, $0.secondView) } ?? (.whole, .whole)
    warp = UnitWarp(
      from: isFirst ? views.1 : views.0, to: isFirst ? views.0 : views.1, turning: turn)
  }
}
