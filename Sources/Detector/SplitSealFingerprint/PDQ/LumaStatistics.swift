internal import CVision
internal import SplitSealImage

/// Mean, spread and detail of a picture's luma.
struct LumaStatistics: Hashable {
  /// Mean, 0...255.
  var mean = 0.0
  /// Standard deviation (of all samples, not an estimate), 0...127.5.
  var deviation = 0.0
  /// Variance of the Laplacian inside the border; 0 where a side has fewer than 3 samples.
  var laplacianVariance = 0.0

  /// Pixels of a side at which a picture is measured that has as many.
  static let side = 64

  /// Measures the whole picture: averaged down to 64 x 64 where it has that many pixels, else as it is.
  ///
  /// Averages are taken twice, as of a JPEG the DCT takes them first: in blocks of 2, 4, 8... pixels that leave 128 or
  /// more of the shorter side, and then to 64 x 64. What that takes of the detail is so the same whatever the format.
  ///
  /// - Parameters:
  ///   - plane: The picture, its borders included.
  ///   - extractor: What has just described the picture: it has done most of the scaling of those without borders. `nil`
  ///     where other levels were described.
  init(_ plane: LumaPlane, describedBy extractor: DescriptorExtractor?) {
    let canonicalSide = Int(SS_VISION_CANONICAL_SIDE), shorter = min(plane.width, plane.height)
    guard shorter >= Self.side else {
      self.init(plane.samples, width: plane.width, height: plane.height)
      return
    }
    var factor = 1
    while shorter / (2 * factor) >= canonicalSide { factor *= 2 }
    if factor > 1 {
      self.init(scaling: Self.means(of: plane, blockSide: factor))
    } else if shorter >= canonicalSide, let extractor, extractor.frame.isWhole(plane) {
      // Means of areas of means of areas are means of areas.
      self.init(scaling: LumaPlane(width: canonicalSide, height: canonicalSide, samples: extractor.canonical))
    } else {
      self.init(scaling: plane)
    }
  }

  private init(scaling plane: LumaPlane) {
    let side = Self.side
    let scaled = unsafe [Float](unsafeUninitializedCapacity: side * side) { scaled, count in
      unsafe ss_vision_scale(plane.samples, plane.width, 0, 0, plane.width, plane.height, side, scaled.baseAddress)
      count = side * side
    }
    self.init(scaled, width: side, height: side)
  }

  /// The means of blocks; what does not fill one at the right and the bottom is left out.
  private static func means(of plane: LumaPlane, blockSide side: Int) -> LumaPlane {
    let width = plane.width / side, height = plane.height / side
    let scale = 1 / Float(side * side)
    let samples = unsafe [Float](unsafeUninitializedCapacity: width * height) { means, count in
      unsafe plane.samples.withUnsafeBufferPointer { samples in
        var sums = [Float](repeating: 0, count: width * side)
        for row in 0..<height {
          for x in sums.indices { unsafe sums[x] = samples[row * side * plane.width + x] }
          for y in 1..<side {
            let start = (row * side + y) * plane.width
            for x in sums.indices { unsafe sums[x] += samples[start + x] }
          }
          for column in 0..<width {
            var sum: Float = 0
            for x in column * side..<(column + 1) * side { sum += sums[x] }
            unsafe means[row * width + column] = sum * scale
          }
        }
      }
      count = width * height
    }
    return LumaPlane(width: width, height: height, samples: samples)
  }

  /// Measures samples, row by row.
  ///
  /// Sums are of doubles in a fixed order, so that they are the same on every machine.
  init(_ samples: [Float], width: Int, height: Int) {
    precondition(samples.count == width * height, "samples do not fill width x height")
    var luma = Moments(), laplacian = Moments()
    unsafe samples.withUnsafeBufferPointer { samples in
      guard let first = samples.baseAddress, !samples.isEmpty else { return }
      luma.add(width * height) {
        unsafe Quad(first + $0)
      } one: {
        unsafe first[$0]
      }
      guard width >= 3, height >= 3 else { return }
      for row in 1..<height - 1 {
        let line = unsafe first + row * width + 1
        laplacian.add(width - 2) {
          unsafe Quad(line + $0 - width) + Quad(line + $0 + width) + Quad(line + $0 - 1) + Quad(line + $0 + 1)
            - 4 * Quad(line + $0)
        } one: {
          unsafe line[$0 - width] + line[$0 + width] + line[$0 - 1] + line[$0 + 1] - 4 * line[$0]
        }
      }
    }
    mean = luma.mean
    deviation = luma.variance.squareRoot()
    laplacianVariance = laplacian.variance
  }
}

private typealias Quad = SIMD4<Float>

extension SIMD4<Float> {
  @inline(__always)
  fileprivate init(_ pointer: UnsafePointer<Float>) {
    self = unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }
}

/// Sums of numbers and of their squares.
private struct Moments {
  private var sum = SIMD4<Double>()
  private var squares = SIMD4<Double>()
  private var count = 0

  var mean: Double { count == 0 ? 0 : sum.sum() / Double(count) }

  var variance: Double { count == 0 ? 0 : max(squares.sum() / Double(count) - mean * mean, 0) }

  /// Takes in so many numbers, four at a time and the rest one by one.
  @inline(__always)
  mutating func add(_ length: Int, _ four: (Int) -> SIMD4<Float>, one: (Int) -> Float) {
    var index = 0
    var (sum, squares) = (sum, squares)
    while index + 4 <= length {
      let numbers = SIMD4<Double>(four(index))
      sum += numbers
      squares += numbers * numbers
      index += 4
    }
    while index < length {
      let number = Double(one(index))
      sum[0] += number
      squares[0] += number * number
      index += 1
    }
    (self.sum, self.squares) = (sum, squares)
    count += length
  }
}
