/// A place in the plane; y grows downwards.
struct Point {
  var x: Double
  var y: Double

  /// The point that lies `share` of the way to `other`.
  func toward(_ other: Point, _ share: Double) -> Point {
    Point(x: x + (other.x - x) * share, y: y + (other.y - y) * share)
  }
}

/// A rotation, held as its cosine and sine.
///
/// Everything here is drawn with `+ - * /` and square roots alone: IEEE 754 fixes their results to the last bit, and no
/// mathematical library fixes those of `sin` and `cos`.
struct Turn {
  let cosine: Double
  let sine: Double

  /// No rotation.
  static let none = Turn(halfAngleTangent: 0)

  /// A rotation by twice the angle whose tangent is given; positive turns clockwise, as y grows downwards.
  init(halfAngleTangent t: Double) {
    cosine = (1 - t * t) / (1 + t * t)
    sine = 2 * t / (1 + t * t)
  }

  /// `point` turned about the origin.
  func applied(to point: Point) -> Point {
    Point(x: point.x * cosine - point.y * sine, y: point.x * sine + point.y * cosine)
  }

  /// `point` turned back about the origin.
  func undone(on point: Point) -> Point {
    Point(x: point.x * cosine + point.y * sine, y: point.y * cosine - point.x * sine)
  }
}

/// Where a drawing's own coordinates lie on the canvas.
struct Camera {
  /// Where the drawing's origin lies, in pixels.
  var origin: Point
  /// Pixels for one unit of the drawing.
  var scale: Double
  /// How the drawing is turned about its origin.
  var turn: Turn

  /// The pixel position of a point of the drawing.
  func place(_ x: Double, _ y: Double) -> Point {
    let turned = turn.applied(to: Point(x: x, y: y))
    return Point(x: origin.x + turned.x * scale, y: origin.y + turned.y * scale)
  }
}
