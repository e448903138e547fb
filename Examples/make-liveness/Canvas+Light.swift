extension Canvas {
  /// Fills the canvas with two colours that run into each other and a cloudy texture.
  ///
  /// `grain` is the size of the coarse clouds in pixels; the fine ones are a fifth of it.
  mutating func fill(from first: Colour, to second: Colour, grain: Double, random: inout SplitMix64) {
    let coarse = Clouds(width: width, height: height, grain: grain, random: &random)
    let fine = Clouds(width: width, height: height, grain: grain / 5, random: &random)
    let slant = random.between(-1, 1)
    for y in 0..<height {
      let (clouds, speckles) = (coarse.row(y), fine.row(y))
      let down = Double(y) / Double(height) - 0.5
      for x in 0..<width {
        let ramp = 0.5 + 0.5 * (slant * (Double(x) / Double(width) - 0.5) + down)
        let colour = first.toward(second, Float(ramp + 1.4 * (clouds[x] - 0.5)))
        blend(colour.scaled(Float(0.9 + 0.2 * speckles[x])), x: x, y: y, opacity: 1)
      }
    }
  }

  /// Lights the picture from one side.
  mutating func light(from side: Point, strength: Double) {
    for y in 0..<height {
      for x in 0..<width {
        let along = side.x * (Double(x) / Double(width) - 0.5) + side.y * (Double(y) / Double(height) - 0.5)
        multiply(x: x, y: y, by: Float(1 + strength * along))
      }
    }
  }

  /// Sets contrast and saturation as a camera does, which knows nothing of what it sees.
  ///
  /// Prints and screens would else be told from faces by their contrast or colour alone, and no face would have to be
  /// looked at.
  ///
  /// - Parameters:
  ///   - contrast: Standard deviation of the luma afterwards, 0...0.5.
  ///   - colour: Mean distance of a pixel from grey afterwards, 0...1.
  mutating func expose(contrast: Double, colour: Double) {
    let count = Double(width * height)
    var (sum, squares, distance) = (0.0, 0.0, 0.0)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = self[x, y], luma = Double(pixel.luma)
        sum += luma
        squares += luma * luma
        distance += Double(pixel.distanceFromGrey)
      }
    }
    let mean = sum / count
    let spread = (max(squares / count - mean * mean, 1e-6)).squareRoot()
    let gain = Float(contrast / spread)
    let saturation = Float(colour / max(distance / count, 1e-6))
    for y in 0..<height {
      for x in 0..<width {
        let pixel = self[x, y], luma = pixel.luma
        let grey = Float(mean) + (luma - Float(mean)) * gain
        let exposed = Colour(
          grey + (pixel.red - luma) * saturation, grey + (pixel.green - luma) * saturation,
          grey + (pixel.blue - luma) * saturation)
        blend(exposed, x: x, y: y, opacity: 1)
      }
    }
  }

  /// Adds the noise of a camera's sensor; `amplitude` 0...1 is its largest step.
  mutating func addSensorNoise(amplitude: Double, random: inout SplitMix64) {
    for y in 0..<height {
      for x in 0..<width {
        multiply(x: x, y: y, by: Float(1 + random.between(-amplitude, amplitude)))
      }
    }
  }
}

/// Smooth noise: random values on a grid, and blends of the nearest four between.
private struct Clouds {
  private let knots: [Double]
  private let columnCount: Int
  private let grain: Double
  /// For every pixel of a row, the knot to its left and how far it has gone from there to the next.
  private let places: [(knot: Int, share: Double)]

  /// Makes noise for `width` x `height` pixels with a knot every `grain` pixels.
  init(width: Int, height: Int, grain: Double, random: inout SplitMix64) {
    columnCount = Int(Double(width) / grain) + 2
    knots = (0..<columnCount * (Int(Double(height) / grain) + 2)).map { _ in random.unit() }
    self.grain = grain
    places = (0..<width).map { Self.place(Double($0) / grain) }
  }

  /// The noise along a row of pixels, 0...1.
  func row(_ y: Int) -> [Double] {
    let (knotRow, down) = Self.place(Double(y) / grain)
    let first = knotRow * columnCount
    let blended = (first..<first + columnCount).map { knots[$0] + (knots[$0 + columnCount] - knots[$0]) * down }
    return places.map { blended[$0.knot] + (blended[$0.knot + 1] - blended[$0.knot]) * $0.share }
  }

  private static func place(_ position: Double) -> (knot: Int, share: Double) {
    let knot = Int(position)
    let t = position - Double(knot)
    return (knot, t * t * (3 - 2 * t))
  }
}
