extension Canvas {
  /// Paints an ellipse; `radii` are its half axes in pixels.
  ///
  /// Here and below `opacity` is 0...1, and `softness` the width of the edge in pixels: 1 is sharp and smooth.
  mutating func ellipse(
    _ center: Point, radii: (x: Double, y: Double), turn: Turn = .none, _ colour: Colour, opacity: Float = 1,
    softness: Double = 1
  ) {
    let smaller = min(radii.x, radii.y)
    let reach = max(radii.x, radii.y)
    paint(around: center, reach: (reach, reach), turn: turn, colour, opacity: opacity, softness: softness) {
      let (u, v) = ($0.x / radii.x, $0.y / radii.y)
      return ((u * u + v * v).squareRoot() - 1) * smaller
    }
  }

  /// Paints a rectangle; `halves` are half its width and half its height in pixels.
  mutating func rectangle(
    _ center: Point, halves: (x: Double, y: Double), turn: Turn = .none, _ colour: Colour, opacity: Float = 1,
    softness: Double = 1
  ) {
    let reach = (halves.x * halves.x + halves.y * halves.y).squareRoot()
    paint(around: center, reach: (reach, reach), turn: turn, colour, opacity: opacity, softness: softness) {
      max($0.x.magnitude - halves.x, $0.y.magnitude - halves.y)
    }
  }

  /// Paints a line with round ends; `thickness` in pixels.
  mutating func line(from start: Point, to end: Point, thickness: Double, _ colour: Colour, opacity: Float = 1) {
    let middle = start.toward(end, 0.5)
    let half = Point(x: (end.x - start.x) / 2, y: (end.y - start.y) / 2)
    let squaredLength = half.x * half.x + half.y * half.y
    let reach = (half.x.magnitude + thickness / 2, half.y.magnitude + thickness / 2)
    paint(around: middle, reach: reach, turn: .none, colour, opacity: opacity, softness: 1) {
      let along = squaredLength == 0 ? 0 : ($0.x * half.x + $0.y * half.y) / squaredLength
      let clamped = max(-1, min(1, along))
      let (dx, dy) = ($0.x - half.x * clamped, $0.y - half.y * clamped)
      return (dx * dx + dy * dy).squareRoot() - thickness / 2
    }
  }

  /// Paints a quadratic Bezier curve as lines.
  mutating func curve(
    _ start: Point, _ control: Point, _ end: Point, thickness: Double, _ colour: Colour, opacity: Float = 1,
    pieces: Int = 4
  ) {
    var previous = start
    for piece in 1...pieces {
      let share = Double(piece) / Double(pieces)
      let next = start.toward(control, share).toward(control.toward(end, share), share)
      line(from: previous, to: next, thickness: thickness, colour, opacity: opacity)
      previous = next
    }
  }

  /// Paints where `distance`, in the shape's own upright coordinates, is negative.
  private mutating func paint(
    around center: Point, reach: (x: Double, y: Double), turn: Turn, _ colour: Colour, opacity: Float, softness: Double,
    distance: (Point) -> Double
  ) {
    let (across, down) = (reach.x + softness, reach.y + softness)
    let (left, right) = (max(0, Int(center.x - across)), min(width - 1, Int(center.x + across)))
    let (top, bottom) = (max(0, Int(center.y - down)), min(height - 1, Int(center.y + down)))
    guard left <= right, top <= bottom else { return }
    for y in top...bottom {
      for x in left...right {
        let offset = Point(x: Double(x) + 0.5 - center.x, y: Double(y) + 0.5 - center.y)
        let coverage = 0.5 - distance(turn.undone(on: offset)) / softness
        guard coverage > 0 else { continue }
        blend(colour, x: x, y: y, opacity: opacity * Float(min(1, coverage)))
      }
    }
  }
}
