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
    let columns = (0..<newWidth).map { Taps(of: $0, from: self.width, to: newWidth) }
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight * 3)
    for row in 0..<newHeight {
      let taps = Taps(of: row, from: self.height, to: newHeight)
      var line = [Float](repeating: 0, count: stride)
      for (tap, weight) in taps.weights.enumerated() {
        let start = (taps.first + tap) * stride
        for index in 0..<stride { line[index] += weight * Float(pixels[start + index]) }
      }
      for taps in columns {
        for channel in 0..<3 {
          var sum: Float = 0
          for (tap, weight) in taps.weights.enumerated() { sum += weight * line[(taps.first + tap) * 3 + channel] }
          result.append(UInt8(min(255, sum + 0.5)))
        }
      }
    }
    return Canvas(width: newWidth, height: newHeight, pixels: result)
  }

  /// The picture at a shorter short side, which keeps its shape.
  func scaled(shortSide side: Int) -> Canvas {
    resized(width: width * side / shortSide, height: height * side / shortSide)
  }

  /// The picture turned by a small angle about its middle, and zoomed in so far that no corner is empty.
  ///
  /// - Parameters:
  ///   - cosine: Cosine of the angle.
  ///   - sine: Sine of the angle.
  /// - Returns: A picture of the same size.
  func turned(cosine: Double, sine: Double) -> Canvas {
    let aspect = Double(max(width, height)) / Double(shortSide)
    let zoom = 1 / (cosine + sine * aspect)
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    var result = self
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = ((Double(column) - middleX) * zoom, (Double(row) - middleY) * zoom)
        let sourceX = min(max(middleX + cosine * x + sine * y, 0), Double(width - 1))
        let sourceY = min(max(middleY - sine * x + cosine * y, 0), Double(height - 1))
        let (left, top) = (min(Int(sourceX), width - 2), min(Int(sourceY), height - 2))
        let (right, below) = (sourceX - Double(left), sourceY - Double(top))
        for channel in 0..<3 {
          let corner = top * stride + left * 3 + channel
          let upper = Double(pixels[corner]) * (1 - right) + Double(pixels[corner + 3]) * right
          let lower =
            Double(pixels[corner + stride]) * (1 - right) + Double(pixels[corner + stride + 3]) * right
          result.pixels[row * stride + column * 3 + channel] = UInt8(upper * (1 - below) + lower * below + 0.5)
        }
      }
    }
    return result
  }
}

/// Which samples of a line make one sample of another, and how much each counts.
private struct Taps {
  let first: Int
  /// One weight a sample from ``first`` on; their sum is 1.
  let weights: [Float]

  init(of index: Int, from count: Int, to newCount: Int) {
    let step = Double(count) / Double(newCount)
    guard newCount < count else {
      let centre = min(max((Double(index) + 0.5) * step - 0.5, 0), Double(count - 1))
      first = min(Int(centre), max(0, count - 2))
      let rest = Float(centre - Double(first))
      weights = count == 1 ? [1] : [1 - rest, rest]
      return
    }
    let (low, high) = (Double(index) * step, min(Double(index + 1) * step, Double(count)))
    first = Int(low)
    weights = (first..<min(count, Int(high.rounded(.up)))).map { sample in
      Float((min(high, Double(sample + 1)) - max(low, Double(sample))) / step)
    }
  }
}
