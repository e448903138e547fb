/// Paints a subject's head and shoulders.
///
/// The face is an ellipse about the origin of ``camera``'s coordinates; half its height is 1.
struct FacePainter {
  let subject: Subject
  let camera: Camera
  /// How far the head is turned to its side, as a shift of eyes, nose and mouth.
  let yaw: Double
  /// Half the height of the open mouth.
  let openness: Double
  /// How far the lids are open, 0...1.
  let lidHeight: Double
  /// Which strands of hair fall where.
  let seed: UInt64

  /// Paints from back to front.
  func paint(on canvas: inout Canvas) {
    var random = SplitMix64(seed: seed)
    paintBackHair(on: &canvas, random: &random)
    paintBody(on: &canvas)
    paintHead(on: &canvas)
    for side in [-1.0, 1.0] { paintEye(side: side, on: &canvas) }
    paintNoseAndMouth(on: &canvas)
    if subject.hasBeard { paintBeard(on: &canvas, random: &random) }
    if subject.hasGlasses { paintGlasses(on: &canvas) }
    paintFrontHair(on: &canvas, random: &random)
  }

  private func ellipse(
    _ x: Double, _ y: Double, _ radiusX: Double, _ radiusY: Double, _ colour: Colour, opacity: Float = 1,
    softness: Double = 0, on canvas: inout Canvas
  ) {
    canvas.ellipse(
      camera.place(x, y), radii: (radiusX * camera.scale, radiusY * camera.scale), turn: camera.turn, colour,
      opacity: opacity, softness: max(1, softness * camera.scale))
  }

  private func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ thickness: Double, _ colour: Colour, opacity: Float = 1,
    on canvas: inout Canvas
  ) {
    canvas.line(
      from: camera.place(x0, y0), to: camera.place(x1, y1), thickness: max(1, thickness * camera.scale), colour,
      opacity: opacity)
  }

  private func paintBody(on canvas: inout Canvas) {
    ellipse(0, 2.1, 1.5, 1.05, subject.clothing, on: &canvas)
    for stripe in -3...3 {
      let x = Double(stripe) * 0.38
      line(x, 1.25, x * 1.15, 3, 0.07, subject.clothing.scaled(stripe.isMultiple(of: 2) ? 0.6 : 1.3), on: &canvas)
    }
    ellipse(0, 1.05, 0.36, 0.45, subject.skin.scaled(0.82), on: &canvas)
  }

  private func paintBackHair(on canvas: inout Canvas, random: inout SplitMix64) {
    let width = subject.faceWidth
    ellipse(0, -0.3, width * 1.16, 0.86, subject.hair.scaled(0.8), on: &canvas)
    guard subject.hairStyle == .long else { return }
    ellipse(0, 0.25, width * 1.25, 1.1, subject.hair.scaled(0.75), on: &canvas)
    for strand in 0..<40 {
      let side = strand.isMultiple(of: 2) ? -1.0 : 1.0
      let x = side * width * random.between(0.9, 1.25)
      let tone = Float(random.between(0.6, 1.5))
      line(x * 0.95, random.between(-0.6, 0), x, random.between(0.6, 1.4), 0.02, subject.hair.scaled(tone), on: &canvas)
    }
  }

  private func paintHead(on canvas: inout Canvas) {
    let width = subject.faceWidth
    for side in [-1.0, 1.0] {
      ellipse(side * width, 0.02, 0.12, 0.2, subject.skin.scaled(0.85), on: &canvas)
    }
    ellipse(0, 0, width, 1, subject.skin, on: &canvas)
    let shade = subject.skin.scaled(0.72)
    ellipse(-width * 0.75 * (yaw < 0 ? -1 : 1), 0.1, width * 0.3, 0.7, shade, opacity: 0.5, softness: 0.3, on: &canvas)
    ellipse(yaw, 0.78, 0.3, 0.14, shade, opacity: 0.35, softness: 0.15, on: &canvas)
    for side in [-1.0, 1.0] {
      let blush = Colour(0.9, 0.45, 0.4)
      ellipse(side * width * 0.5 + yaw, 0.3, 0.15, 0.1, blush, opacity: 0.3, softness: 0.12, on: &canvas)
    }
    for freckle in subject.freckles {
      ellipse(
        freckle.x * width + yaw * 0.8, freckle.y, 0.018, 0.018, subject.skin.scaled(0.55), opacity: 0.8, on: &canvas)
    }
  }

  private func paintEye(side: Double, on canvas: inout Canvas) {
    let (x, y, size) = (side * subject.eyeDistance + yaw, subject.eyeHeight, subject.eyeSize)
    ellipse(x, y, size * 1.5, size * 1.15, subject.skin.scaled(0.78), opacity: 0.7, softness: 0.08, on: &canvas)
    ellipse(x, y, size * 1.2, size * 0.72 * lidHeight, .white, on: &canvas)
    let gaze = x + yaw * 0.25
    ellipse(gaze, y, size * 0.55, size * 0.6 * lidHeight, subject.iris, on: &canvas)
    ellipse(gaze, y, size * 0.26, size * 0.3 * lidHeight, .black, on: &canvas)
    ellipse(gaze + size * 0.2, y - size * 0.2, size * 0.12, size * 0.12, .white, on: &canvas)
    line(x - size * 1.2, y - size * 0.4, x + size * 1.2, y - size * 0.55, 0.025, .black, opacity: 0.8, on: &canvas)
    let brow = y - size * 1.9
    line(
      x - side * size * 1.3, brow + 0.01, x + side * size * 1.4, brow + 0.05, subject.browThickness,
      subject.hair.scaled(0.7), on: &canvas)
  }

  private func paintNoseAndMouth(on canvas: inout Canvas) {
    let (x, tip) = (yaw * 1.3, subject.eyeHeight + 0.1 + subject.noseLength)
    line(yaw, subject.eyeHeight, x + 0.06, tip, 0.03, subject.skin.scaled(0.72), opacity: 0.8, on: &canvas)
    ellipse(x, tip, 0.11, 0.07, subject.skin.scaled(0.9), on: &canvas)
    for side in [-1.0, 1.0] {
      ellipse(x + side * 0.06, tip + 0.03, 0.03, 0.02, subject.skin.scaled(0.4), on: &canvas)
    }
    let lips = subject.skin.toward(Colour(0.7, 0.2, 0.22), 0.6)
    let mouth = (tip + 1) / 2 + 0.02
    ellipse(yaw * 1.1, mouth, subject.mouthWidth, 0.06 + openness, lips, on: &canvas)
    ellipse(yaw * 1.1, mouth, subject.mouthWidth * 0.8, openness, Colour(0.25, 0.06, 0.06), on: &canvas)
    ellipse(yaw * 1.1, mouth - openness * 0.5, subject.mouthWidth * 0.6, openness * 0.4, .white, on: &canvas)
  }

  private func paintBeard(on canvas: inout Canvas, random: inout SplitMix64) {
    for _ in 0..<150 {
      let x = random.between(-0.8, 0.8) * subject.faceWidth
      let y = random.between(0.45, 0.98) * (1 - 0.25 * x * x)
      let hair = subject.hair.scaled(Float(random.between(0.7, 1.3)))
      let start = x + yaw * 0.6
      line(start, y, start + random.between(-0.03, 0.03), y + 0.1, 0.015, hair, on: &canvas)
    }
  }

  private func paintGlasses(on canvas: inout Canvas) {
    let (y, size) = (subject.eyeHeight, subject.eyeSize * 1.75)
    for side in [-1.0, 1.0] {
      let x = side * subject.eyeDistance + yaw
      let corners = [(-1.0, -0.8), (1.0, -0.8), (1.0, 0.8), (-1.0, 0.8), (-1.0, -0.8)]
      for (from, to) in zip(corners, corners.dropFirst()) {
        line(x + from.0 * size, y + from.1 * size, x + to.0 * size, y + to.1 * size, 0.035, .black, on: &canvas)
      }
      line(x + side * size, y - 0.1, side * subject.faceWidth * 1.05, y - 0.06, 0.03, .black, on: &canvas)
    }
    line(yaw - subject.eyeDistance + size, y, yaw + subject.eyeDistance - size, y, 0.03, .black, on: &canvas)
  }

  private func paintFrontHair(on canvas: inout Canvas, random: inout SplitMix64) {
    let width = subject.faceWidth * 1.08
    let (count, length) =
      switch subject.hairStyle {
      case .short: (130, 0.28)
      case .long: (120, 0.4)
      case .fringe: (170, 0.6)
      case .thin: (35, 0.25)
      }
    for _ in 0..<count {
      let across = random.between(-1, 1)
      let top = -1.08 * (1 - across * across * 0.75).squareRoot()
      let start = camera.place(across * width * 0.95, top)
      let fall = length * random.between(0.6, 1.2)
      let drift = random.between(-0.15, 0.15) + across * 0.12
      let control = camera.place(across * width + drift, top + fall * 0.3)
      let end = camera.place(across * width * 1.02 + drift * 1.6, top + fall)
      let tone = Float(random.between(0.6, 1.6))
      canvas.curve(
        start, control, end, thickness: max(1, 0.035 * camera.scale), subject.hair.scaled(tone), pieces: 3)
    }
  }
}
