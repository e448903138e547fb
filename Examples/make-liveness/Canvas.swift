/// A picture being painted.
struct Canvas {
  /// Columns.
  let width: Int
  /// Rows.
  let height: Int
  /// `height * width * 3` numbers: red, green, blue; row-major, 0...1.
  private(set) var samples: [Float]

  /// A black canvas.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    samples = [Float](repeating: 0, count: width * height * 3)
  }

  /// The middle of the canvas.
  var center: Point { Point(x: Double(width) / 2, y: Double(height) / 2) }
  /// The length of the shorter side.
  var shortSide: Double { Double(min(width, height)) }

  /// Lays a colour over one pixel; `opacity` 1 hides what was there.
  mutating func blend(_ colour: Colour, x: Int, y: Int, opacity: Float) {
    let index = (y * width + x) * 3
    samples[index] += (colour.red - samples[index]) * opacity
    samples[index + 1] += (colour.green - samples[index + 1]) * opacity
    samples[index + 2] += (colour.blue - samples[index + 2]) * opacity
  }

  /// Multiplies one pixel.
  mutating func multiply(x: Int, y: Int, by factor: Float) {
    let index = (y * width + x) * 3
    samples[index] *= factor
    samples[index + 1] *= factor
    samples[index + 2] *= factor
  }

  /// The colour at a position, bilinear between pixel centres, edges repeated.
  func sample(at point: Point) -> Colour {
    let x = min(max(point.x - 0.5, 0), Double(width - 1))
    let y = min(max(point.y - 0.5, 0), Double(height - 1))
    let (left, top) = (Int(x), Int(y))
    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
    let share = Float(x - Double(left))
    let upper = self[left, top].toward(self[right, top], share)
    let lower = self[left, bottom].toward(self[right, bottom], share)
    return upper.toward(lower, Float(y - Double(top)))
  }

  /// The colour of one pixel.
  subscript(x: Int, y: Int) -> Colour {
    let index = (y * width + x) * 3
    return Colour(samples[index], samples[index + 1], samples[index + 2])
  }

  /// The picture in 8 bits a channel.
  var bitmap: Bitmap {
    Bitmap(
      width: width, height: height,
      samples: samples.map { $0 <= 0 ? 0 : $0 >= 1 ? 255 : UInt8($0 * 255 + 0.5) })
  }
}
