extension Canvas {
  /// Every channel through a curve.
  ///
  /// - Parameter curve: From 0...1 to any number; what leaves 0...1 is cut off.
  /// - Returns: A picture of the same size.
  func recoloured(_ curve: (Double) -> Double) -> Canvas {
    let table = (0..<256).map { UInt8((min(max(curve(Double($0) / 255), 0), 1) * 255).rounded()) }
    return Canvas(width: width, height: height, pixels: pixels.map { table[Int($0)] })
  }

  /// The luma in every channel.
  ///
  /// - Source: ITU-R BT.601-7, 2.5.1.
  func grey() -> Canvas {
    var result = self
    for pixel in Swift.stride(from: 0, to: pixels.count, by: 3) {
      let luma = 299 * Int(pixels[pixel]) + 587 * Int(pixels[pixel + 1]) + 114 * Int(pixels[pixel + 2])
      for channel in 0..<3 { result.pixels[pixel + channel] = UInt8((luma + 500) / 1000) }
    }
    return result
  }

  /// Smoothed by 1 2 1 in both directions, edges repeated; each pass adds a variance of half a pixel.
  func blurred(passes: Int) -> Canvas {
    var result = self
    for _ in 0..<passes {
      result = result.smoothed(step: 3, position: { $0 / 3 % width }, last: width - 1)
      result = result.smoothed(step: stride, position: { $0 / stride }, last: height - 1)
    }
    return result
  }

  private func smoothed(step: Int, position: (Int) -> Int, last: Int) -> Canvas {
    var result = self
    for index in pixels.indices {
      let place = position(index)
      let before = Int(pixels[place == 0 ? index : index - step])
      let after = Int(pixels[place == last ? index : index + step])
      result.pixels[index] = UInt8((before + 2 * Int(pixels[index]) + after + 2) / 4)
    }
    return result
  }

  /// Noise in every channel by itself, nearly normal: the sum of three uniform numbers in -8...8, standard deviation 8.5.
  func noisy(_ random: inout ProbeRandom) -> Canvas {
    var result = self
    for index in pixels.indices {
      // Three of the 21-bit parts of one random number, scaled to 0...16 each.
      let bits = random.next()
      let sum = (0..<3).reduce(-24) { $0 + (Int(bits >> UInt64(21 * $1) & 0x1F_FFFF) * 17) >> 21 }
      result.pixels[index] = UInt8(min(max(Int(pixels[index]) + sum, 0), 255))
    }
    return result
  }
}
