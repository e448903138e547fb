extension JaroszFilter {
  /// One box filter over a vector of a given length, in the four phases of the reference: fill the window, grow it while
  /// writing, slide it, shrink it.
  struct Box {
    /// Samples in the full window.
    let window: Int
    /// Samples in the vector, at least `window`.
    let length: Int

    /// Samples of the window that lie at or after the output: the first sum has that many.
    private var half: Int { (window + 2) / 2 }

    init(window: Int, length: Int) {
      precondition(window >= 1 && window <= length, "a window is at most as long as its vector")
      self.window = window
      self.length = length
    }

    /// The number of samples that the sum for output `index` holds.
    @inline(__always)
    private func count(at index: Int) -> Float {
      Float(min(index + half, length) - max(0, index + half - window))
    }

    /// Filters each row of `length` samples.
    ///
    /// - Parameters:
    ///   - input: `height * length` samples, row-major.
    ///   - output: Same shape as `input`; overwritten.
    @unsafe
    func filterRows(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, height: Int) {
      precondition(input.count >= height * length && output.count >= height * length)
      var row = 0
      while row < height {
        let lanes = min(4, height - row)
        unsafe sums(of: input, row: row, lanes: lanes) { index, sum in
          for lane in 0..<lanes { unsafe output[(row + lane) * length + index] = sum[lane] }
        }
        // Dividing afterwards lets the compiler use vector divisions; the quotient is the same.
        for lane in 0..<lanes {
          let start = (row + lane) * length
          for index in 0..<length { unsafe output[start + index] /= count(at: index) }
        }
        row += lanes
      }
    }

    /// Filters each row of `length` samples and keeps only some of the results.
    ///
    /// - Parameters:
    ///   - input: `height * length` samples, row-major.
    ///   - output: `height * columns.count` samples, row-major; overwritten.
    ///   - columns: The results to keep, ascending, not necessarily distinct.
    @unsafe
    func filterRows(
      _ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, height: Int,
      keeping columns: [Int]
    ) {
      precondition(input.count >= height * length && output.count >= height * columns.count)
      var row = 0
      while row < height {
        let lanes = min(4, height - row)
        var next = 0
        unsafe sums(of: input, row: row, lanes: lanes) { index, sum in
          while next < columns.count, columns[next] == index {
            let mean = sum / SIMD4(repeating: count(at: index))
            for lane in 0..<lanes { unsafe output[(row + lane) * columns.count + next] = mean[lane] }
            next += 1
          }
        }
        row += lanes
      }
    }

    /// Runs the sums of up to four rows side by side.
    @unsafe @inline(__always)
    private func sums(
      of input: UnsafeBufferPointer<Float>, row: Int, lanes: Int, each: (_ index: Int, _ sum: SIMD4<Float>) -> Void
    ) {
      // Rows that are not there repeat the first: their sums are never read.
      let first = row * length
      let second = lanes > 1 ? first + length : first
      let third = lanes > 2 ? second + length : first
      let fourth = lanes > 3 ? third + length : first
      func samples(_ index: Int) -> SIMD4<Float> {
        unsafe SIMD4(input[first + index], input[second + index], input[third + index], input[fourth + index])
      }
      var sum = SIMD4<Float>()
      for index in 0..<(half - 1) { sum += samples(index) }
      for index in 0..<(window - half + 1) {
        sum += samples(index + half - 1)
        each(index, sum)
      }
      for index in (window - half + 1)..<(length - half + 1) {
        sum += samples(index + half - 1)
        sum -= samples(index + half - 1 - window)
        each(index, sum)
      }
      for index in (length - half + 1)..<length {
        sum -= samples(index + half - 1 - window)
        each(index, sum)
      }
    }

    /// Filters each column of `length` samples.
    ///
    /// - Parameters:
    ///   - input: `length * width` samples, row-major.
    ///   - output: Same shape as `input`; overwritten.
    @unsafe
    func filterColumns(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, width: Int) {
      precondition(input.count >= width * length && output.count >= width * length)
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { sum in
        unsafe sum.initialize(repeating: 0)
        for index in 0..<(half - 1) {
          for column in 0..<width { unsafe sum[column] += input[index * width + column] }
        }
        for index in 0..<length {
          let entering = index + half - 1
          let leaving = entering - window
          let count = count(at: index)
          let out = index * width
          if entering < length, leaving >= 0 {
            let entry = entering * width
            let exit = leaving * width
            for column in 0..<width {
              let grown = unsafe sum[column] + input[entry + column]
              let slid = unsafe grown - input[exit + column]
              unsafe sum[column] = slid
              unsafe output[out + column] = slid / count
            }
          } else if entering < length {
            for column in 0..<width {
              let grown = unsafe sum[column] + input[entering * width + column]
              unsafe sum[column] = grown
              unsafe output[out + column] = grown / count
            }
          } else {
            for column in 0..<width {
              let shrunk = unsafe sum[column] - input[leaving * width + column]
              unsafe sum[column] = shrunk
              unsafe output[out + column] = shrunk / count
            }
          }
        }
      }
    }
  }
}
