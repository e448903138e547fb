/// How a picture of a face is held before the camera in place of the face.
enum Spoof: CaseIterable {
  /// A print on paper, with a white border and the lines of the printer.
  case paper
  /// A screen with a bezel, rows of pixels and a glare.
  case screen

  /// Paints the attack: `portrait` shown again, in another room.
  func painted(showing portrait: Canvas, width: Int, height: Int, random: inout SplitMix64) -> Canvas {
    var canvas = Canvas(width: width, height: height)
    let grain = canvas.shortSide * random.between(0.1, 0.35)
    canvas.fill(from: Colour(any: &random), to: Colour(any: &random), grain: grain, random: &random)
    for _ in 0..<5 {
      let place = Point(x: Double(width) * random.unit(), y: Double(height) * random.unit())
      canvas.rectangle(
        place, halves: (canvas.shortSide * random.between(0.05, 0.25), canvas.shortSide * random.between(0.02, 0.12)),
        turn: Turn(halfAngleTangent: random.between(-1, 1)), Colour(any: &random))
    }
    let size = random.between(0.66, 0.84) * canvas.shortSide / portrait.shortSide
    let camera = Camera(
      origin: Point(
        x: canvas.center.x + canvas.shortSide * random.between(-0.08, 0.08),
        y: canvas.center.y + canvas.shortSide * random.between(-0.08, 0.08)),
      scale: size, turn: Turn(halfAngleTangent: random.between(-0.1, 0.1)))
    paintCarrier(of: portrait, camera: camera, on: &canvas, random: &random)
    return canvas
  }

  private func paintCarrier(of portrait: Canvas, camera: Camera, on canvas: inout Canvas, random: inout SplitMix64) {
    let (across, down) = (Double(portrait.width) / 2 * camera.scale, Double(portrait.height) / 2 * camera.scale)
    let border = canvas.shortSide * random.between(0.03, 0.06)
    let shadow = Point(x: camera.origin.x + 4, y: camera.origin.y + 5)
    let halves = (across + border, down + border)
    canvas.rectangle(shadow, halves: halves, turn: camera.turn, .black, opacity: 0.5, softness: 8)
    canvas.rectangle(camera.origin, halves: halves, turn: camera.turn, self == .paper ? .white : .black)
    let period = random.between(3, 5.5)
    let slant = random.between(-0.3, 0.3)
    canvas.show(portrait, camera: camera) { colour, place in
      switch self {
      case .paper:
        let faded = colour.toward(Colour(0.75, 0.72, 0.68), 0.22)
        return faded.scaled(Float(1 - 0.16 * triangle((place.x + slant * place.y) / period)))
      case .screen:
        let cold = Colour(colour.red * 0.88, colour.green * 0.98, colour.blue * 1.12 + 0.03)
        return cold.scaled(Float(1 - 0.2 * triangle((place.y + slant * place.x) / period)))
      }
    }
    guard self == .screen else { return }
    let glare = camera.place(
      Double(portrait.width) * random.between(-0.3, 0.3), Double(portrait.height) * random.between(-0.3, 0.3))
    canvas.ellipse(
      glare, radii: (across * random.between(0.15, 0.3), down * random.between(0.3, 0.7)),
      turn: Turn(halfAngleTangent: random.between(0.2, 0.5)), .white, opacity: 0.5, softness: 14)
  }
}

extension Canvas {
  /// Shows a picture on the canvas, centred on the camera's origin.
  ///
  /// `tone` changes a colour, given the place in the picture's pixels.
  fileprivate mutating func show(_ picture: Canvas, camera: Camera, tone: (Colour, Point) -> Colour) {
    let (across, down) = (Double(picture.width) / 2, Double(picture.height) / 2)
    for y in 0..<height {
      for x in 0..<width {
        let offset = camera.turn.undone(
          on: Point(x: Double(x) + 0.5 - camera.origin.x, y: Double(y) + 0.5 - camera.origin.y))
        let place = Point(x: offset.x / camera.scale + across, y: offset.y / camera.scale + down)
        guard place.x >= 0, place.y >= 0, place.x < across * 2, place.y < down * 2 else { continue }
        blend(tone(picture.sample(at: place), place), x: x, y: y, opacity: 1)
      }
    }
  }
}

/// A wave between 0 and 1 of period 1.
private func triangle(_ position: Double) -> Double {
  let phase = position - position.rounded(.down)
  return 1 - (2 * phase - 1).magnitude
}
