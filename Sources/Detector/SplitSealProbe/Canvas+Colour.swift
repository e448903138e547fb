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
    for _ in 0..<passes { result = result.smoothedAlongRows().smoothedAlongColumns() }
    return result
  }

  private func smoothedAlongRows() -> Canvas {
    var result = self
    for start in Swift.stride(from: 0, to: pixels.count, by: stride) {
      for index in start..<(start + stride) {
        let before = pixels[index - 3 < start ? index : index - 3]
        let after = pixels[index + 3 >= start + stride ? index : index + 3]
        result.pixels[index] = Self.smoothed(before, pixels[index], after)
      }
    }
    return result
  }

  private func smoothedAlongColumns() -> Canvas {
    var result = self
    for row in 0..<height {
      let (start, above, below) = (row * stride, max(row - 1, 0) * stride, min(row + 1, height - 1) * stride)
      for index in 0..<stride {
        result.pixels[start + index] = Self.smoothed(
          pixels[above + index], pixels[start + index], pixels[below + index])
      }
    }
    return result
  }

  private static func smoothed(_ before: UInt8, _ here: UInt8, _ after: UInt8) -> UInt8 {
    UInt8(truncatingIfNeeded: (UInt16(before) &+ 2 &* UInt16(here) &+ UInt16(after) &+ 2) >> 2)
  }

  /// Noise in every channel by itself, nearly normal: the sum of three uniform numbers in -8...8, standard deviation 8.5.
  func noisy(_ random: inout ProbeRandom) -> Canvas {
    var result = self
    for index in pixels.indices {
      // Three of the 21-bit parts of one random number, scaled to 0...16 each.
      let bits = random.next()
      let first = (Int(bits & 0x1F_FFFF) &* 17) >> 21
      let second = (Int(bits >> 21 & 0x1F_FFFF) &* 17) >> 21
      let third = (Int(bits >> 42 & 0x1F_FFFF) &* 17) >> 21
      result.pixels[index] = UInt8(min(max(Int(pixels[index]) &+ first &+ second &+ third &- 24, 0), 255))
    }
    return result
  }
}
