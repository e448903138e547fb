/// One moment before the camera: what differs between two frames of a person.
struct Portrait {
  private let subject: Subject
  private let seed: UInt64

  /// Chooses a frame by its number: every one has its own place, pose and light.
  init(of subject: Subject, frame: UInt64) {
    self.subject = subject
    seed = subject.seed ^ mixed(frame &+ 1)
  }

  /// Paints the frame.
  func painted(width: Int, height: Int) -> Canvas {
    var random = SplitMix64(seed: seed)
    var canvas = Canvas(width: width, height: height)
    paintPlace(on: &canvas, random: &random)
    let scale = canvas.shortSide * random.between(0.24, 0.4)
    let camera = Camera(
      origin: Point(
        x: canvas.center.x + canvas.shortSide * random.between(-0.16, 0.16),
        y: canvas.center.y + canvas.shortSide * random.between(-0.14, 0.1)),
      scale: scale, turn: Turn(halfAngleTangent: random.between(-0.14, 0.14)))
    let face = FacePainter(
      subject: subject, camera: camera, yaw: random.between(-0.16, 0.16), openness: random.between(0.02, 0.12),
      lidHeight: random.between(0.45, 1), seed: random.next())
    face.paint(on: &canvas)
    canvas.light(from: Point(x: random.between(-1, 1), y: random.between(-1, 1)), strength: random.between(0.3, 0.9))
    return canvas
  }

  /// Paints a room: two colours of wall, and furniture.
  private func paintPlace(on canvas: inout Canvas, random: inout SplitMix64) {
    let grain = canvas.shortSide * random.between(0.15, 0.4)
    canvas.fill(from: Colour(any: &random), to: Colour(any: &random), grain: grain, random: &random)
    for _ in 0..<Int(random.between(7, 14)) {
      let place = Point(
        x: Double(canvas.width) * random.between(-0.05, 1.05), y: Double(canvas.height) * random.between(-0.05, 1.05))
      let turn = Turn(halfAngleTangent: random.between(-1, 1))
      let across = canvas.shortSide * random.between(0.04, 0.22)
      let down = canvas.shortSide * random.between(0.04, 0.22)
      let colour = Colour(any: &random)
      if random.oneIn(2) {
        canvas.ellipse(place, radii: (across, down), turn: turn, colour, opacity: 0.9)
      } else {
        canvas.rectangle(place, halves: (across, down), turn: turn, colour, opacity: 0.9)
      }
    }
  }
}
