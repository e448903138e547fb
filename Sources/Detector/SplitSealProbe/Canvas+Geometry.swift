internal import SplitSealImage

extension Canvas {
  /// Mirrored or turned by right angles: pixels move and do not change.
  func oriented(_ orientation: Orientation) -> Canvas {
    let image = image(format: .png)
    return Canvas(
      DecodedImage(
        format: image.format, width: width, height: height, bitsPerChannel: 8, orientation: orientation,
        pixels: image.pixels))
  }

  /// A part of the picture.
  ///
  /// - Parameters:
  ///   - share: Part of each side that is kept, 0...1; no side becomes shorter than ``leastSide``.
  ///   - x: Where the part lies, from the left edge, 0, to the right, 1.
  ///   - y: Where the part lies, from the upper edge, 0, to the lower, 1.
  /// - Returns: The part.
  func cropped(to share: Double, x: Double, y: Double) -> Canvas {
    let sides = [width, height].map { min($0, max(Self.leastSide, Int((Double($0) * share).rounded()))) }
    let left = Int((Double(width - sides[0]) * x).rounded())
    let top = Int((Double(height - sides[1]) * y).rounded())
    var result: [UInt8] = []
    result.reserveCapacity(sides[0] * sides[1] * 3)
    for row in top..<(top + sides[1]) {
      let start = row * stride + left * 3
      result += pixels[start..<(start + sides[0] * 3)]
    }
    return Canvas(width: sides[0], height: sides[1], pixels: result)
  }

  /// The picture with another laid on it, at a place where it fits.
  func covered(by other: Canvas, left: Int, top: Int) -> Canvas {
    var result = self
    for row in 0..<other.height {
      let start = (top + row) * stride + left * 3
      result.pixels.replaceSubrange(
        start..<(start + other.stride), with: other.pixels[(row * other.stride)..<((row + 1) * other.stride)])
    }
    return result
  }

  /// The picture in a frame of one grey.
  func framed(columns: Int, rows: Int, grey: UInt8) -> Canvas {
    Canvas(width: width + 2 * columns, height: height + 2 * rows, grey: grey)
      .covered(by: self, left: columns, top: rows)
  }

  /// The picture at another size: averaged where it shrinks, bilinear where it grows.
  ///
  /// - Parameters:
  ///   - width: Columns; fewer than ``leastSide`` become as many.
  ///   - height: Rows, likewise.
  /// - Returns: The whole picture in another size.
  func resized(width: Int, height: Int) -> Canvas {
    let (newWidth, newHeight) = (max(Self.leastSide, width), max(Self.leastSide, height))
    guard (newWidth, newHeight) != (self.width, self.height) else { return self }
    let (across, down) = (Taps(from: self.width, to: newWidth), Taps(from: self.height, to: newHeight))
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * 3) { target, count in
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: stride) { line in
        for row in 0..<newHeight {
          unsafe sum(down, row, into: line)
          unsafe across.scale(
            line, into: UnsafeMutableBufferPointer(rebasing: target[(row * newWidth * 3)..<((row + 1) * newWidth * 3)]))
        }
      }
      count = newWidth * newHeight * 3
    }
    return Canvas(width: newWidth, height: newHeight, pixels: bytes)
  }

  /// Sums the rows that make one new row.
  private func sum(_ taps: Taps, _ row: Int, into line: UnsafeMutableBufferPointer<Float>) {
    unsafe pixels.withUnsafeBufferPointer { pixels in
      unsafe line.update(repeating: 0)
      for (number, tap) in taps.range(of: row).enumerated() {
        let weight = taps.weights[tap]
        let source = unsafe UnsafeBufferPointer(
          rebasing: pixels[((taps.firsts[row] + number) * stride)..<((taps.firsts[row] + number + 1) * stride)])
        for index in 0..<stride { unsafe line[index] += weight * Float(source[index]) }
      }
    }
  }

  /// The picture at a shorter short side, which keeps its shape.
  func scaled(shortSide side: Int) -> Canvas {
    resized(width: width * side / shortSide, height: height * side / shortSide)
  }
}

/// Which samples of a line make each sample of another, and how much each counts.
private struct Taps {
  /// For each new sample the first of the old ones.
  private(set) var firsts: [Int] = []
  /// Where in ``weights`` those of each new sample begin, and an end.
  private(set) var starts = [0]
  /// One weight an old sample; those of one new sample sum to 1.
  private(set) var weights: [Float] = []

  /// Prepares to make a line of `newCount` samples of one of `count`.
  init(from count: Int, to newCount: Int) {
    let step = Double(count) / Double(newCount)
    for index in 0..<newCount {
      if newCount < count {
        let (low, high) = (Double(index) * step, min(Double(index + 1) * step, Double(count)))
        firsts.append(Int(low))
        for sample in Int(low)..<min(count, Int(high.rounded(.up))) {
          weights.append(Float((min(high, Double(sample + 1)) - max(low, Double(sample))) / step))
        }
      } else {
        let centre = min(max((Double(index) + 0.5) * step - 0.5, 0), Double(count - 1))
        let first = min(Int(centre), max(0, count - 2))
        let rest = Float(centre - Double(first))
        firsts.append(first)
        weights += count == 1 ? [1] : [1 - rest, rest]
      }
      starts.append(weights.count)
    }
  }

  /// The weights of a new sample.
  func range(of index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }

  /// Makes a new line of three channels, rounded to bytes.
  func scale(_ line: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutableBufferPointer<UInt8>) {
    unsafe weights.withUnsafeBufferPointer { weights in
      for column in firsts.indices {
        var sum = SIMD4<Float>()
        var sample = firsts[column] * 3
        for tap in starts[column]..<starts[column + 1] {
          unsafe sum += weights[tap] * SIMD4(line[sample], line[sample + 1], line[sample + 2], 0)
          sample += 3
        }
        for channel in 0..<3 { unsafe target[3 * column + channel] = UInt8(min(255, sum[channel] + 0.5)) }
      }
    }
  }
}
