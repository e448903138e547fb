extension Canvas {
  /// Fills the canvas with two colours that run into each other and a cloudy texture.
  ///
  /// `grain` is the size of the coarse clouds in pixels; the fine ones are a fifth of it.
  mutating func fill(from first: Colour, to second: Colour, grain: Double, random: inout SplitMix64) {
    let (across, down) = (Double(width), Double(height))
    let coarse = Clouds(width: across / grain, height: down / grain, random: &random)
    let fine = Clouds(width: 5 * across / grain, height: 5 * down / grain, random: &random)
    let slant = random.between(-1, 1)
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x), Double(y))
        let ramp = 0.5 + 0.5 * (slant * (u / across - 0.5) + (v / down - 0.5))
        let cloud = coarse.density(u / grain, v / grain)
        let speckle = fine.density(5 * u / grain, 5 * v / grain)
        blend(first.toward(second, Float(ramp + 1.4 * (cloud - 0.5))), x: x, y: y, opacity: 1)
        multiply(x: x, y: y, by: Float(0.9 + 0.2 * speckle))
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
  private let columns: Int

  /// Makes noise for places of 0...`width`, 0...`height`, in units of the grid.
  init(width: Double, height: Double, random: inout SplitMix64) {
    columns = Int(width) + 2
    knots = (0..<columns * (Int(height) + 2)).map { _ in random.unit() }
  }

  /// The noise at a place, 0...1.
  func density(_ x: Double, _ y: Double) -> Double {
    let (column, row) = (Int(x), Int(y))
    let (u, v) = (eased(x - Double(column)), eased(y - Double(row)))
    let corner = row * columns + column
    let upper = knots[corner] + (knots[corner + 1] - knots[corner]) * u
    let below = corner + columns
    let lower = knots[below] + (knots[below + 1] - knots[below]) * u
    return upper + (lower - upper) * v
  }

  private func eased(_ t: Double) -> Double { t * t * (3 - 2 * t) }
}
