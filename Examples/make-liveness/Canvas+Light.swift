extension Canvas {
  /// Fills the canvas with two colours that run into each other and a cloudy texture.
  ///
  /// `grain` is the size of the coarse clouds in pixels; the fine ones are a fifth of it.
  mutating func fill(from first: Colour, to second: Colour, grain: Double, random: inout SplitMix64) {
    let coarse = ValueNoise(seed: random.next())
    let fine = ValueNoise(seed: random.next())
    let across = random.between(-1, 1)
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x), Double(y))
        let ramp = 0.5 + 0.5 * (across * (u / Double(width) - 0.5) + (v / Double(height) - 0.5))
        let cloud = coarse.value(u / grain, v / grain)
        let speckle = fine.value(5 * u / grain, 5 * v / grain)
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
struct ValueNoise {
  /// Which noise.
  let seed: UInt64

  /// The noise at a place, 0...1.
  func value(_ x: Double, _ y: Double) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (u, v) = (eased(x - left), eased(y - top))
    let (column, row) = (Int64(left), Int64(top))
    let upper = knot(column, row) + (knot(column + 1, row) - knot(column, row)) * u
    let lower = knot(column, row + 1) + (knot(column + 1, row + 1) - knot(column, row + 1)) * u
    return upper + (lower - upper) * v
  }

  private func eased(_ t: Double) -> Double { t * t * (3 - 2 * t) }

  private func knot(_ column: Int64, _ row: Int64) -> Double {
    let place = UInt64(bitPattern: column) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: row) &* 0xC2B2_AE3D_27D4_EB4F
    return Double(mixed(seed ^ place) >> 11) * 0x1p-53
  }
}
