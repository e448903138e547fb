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
      for row in stride(from: 0, to: height, by: 4) {
        let out = unsafe RowQuad(output, row: row, height: height, length: length)
        unsafe sums(of: RowQuad(input, row: row, height: height, length: length)) { index, sum in
          unsafe out.set(index, sum)
        }
        for start in stride(from: row * length, to: min(row + 4, height) * length, by: length) {
          unsafe divide(UnsafeMutableBufferPointer(rebasing: output[start..<(start + length)]))
        }
      }
    }

    /// Turns sums into means. Apart from the sums, because a loop with one divisor compiles to vector divisions.
    @unsafe @inline(__always)
    private func divide(_ sums: UnsafeMutableBufferPointer<Float>) {
      let whole = (window - half)..<(length - half + 1)
      for index in 0..<whole.lowerBound { unsafe sums[index] /= count(at: index) }
      let divisor = Float(window)
      for index in whole { unsafe sums[index] /= divisor }
      for index in whole.upperBound..<length { unsafe sums[index] /= count(at: index) }
    }

    /// Filters each row of `length` samples and keeps only some of the results.
    ///
    /// - Parameters:
    ///   - input: `height * length` samples, row-major.
    ///   - output: `height * columns.count` samples, row-major; overwritten.
    ///   - columns: The results to keep, ascending, not necessarily distinct, at least one.
    @unsafe
    func filterRows(
      _ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, height: Int,
      keeping columns: [Int]
    ) {
      precondition(input.count >= height * length && output.count >= height * columns.count && !columns.isEmpty)
      for row in stride(from: 0, to: height, by: 4) {
        let out = unsafe RowQuad(output, row: row, height: height, length: columns.count)
        var next = 0
        var column = columns[0]
        unsafe sums(of: RowQuad(input, row: row, height: height, length: length)) { index, sum in
          while index == column {
            unsafe out.set(next, sum / SIMD4(repeating: count(at: index)))
            next += 1
            column = next < columns.count ? columns[next] : .max
          }
        }
      }
    }

    /// Runs the sums of four rows side by side.
    @unsafe @inline(__always)
    private func sums(of rows: RowQuad<UnsafePointer<Float>>, each: (_ index: Int, _ sum: SIMD4<Float>) -> Void) {
      var sum = SIMD4<Float>()
      for index in 0..<(half - 1) { unsafe sum += rows[index] }
      for index in 0..<(window - half + 1) {
        unsafe sum += rows[index &+ half &- 1]
        each(index, sum)
      }
      for index in (window - half + 1)..<(length - half + 1) {
        unsafe sum += rows[index &+ half &- 1]
        unsafe sum -= rows[index &+ half &- 1 &- window]
        each(index, sum)
      }
      for index in (length - half + 1)..<length {
        unsafe sum -= rows[index &+ half &- 1 &- window]
        each(index, sum)
      }
    }

    /// Filters each column of `length` samples.
    ///
    /// - Parameters:
    ///   - input: `length * width` samples, row-major.
    ///   - output: Same shape as `input`; overwritten.
    @unsafe
    func filterColumns(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, width: Int)
    {
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
            let entry = unsafe UnsafeBufferPointer(rebasing: input[(entering * width)..<((entering + 1) * width)])
            let exit = unsafe UnsafeBufferPointer(rebasing: input[(leaving * width)..<((leaving + 1) * width)])
            let row = unsafe UnsafeMutableBufferPointer(rebasing: output[out..<(out + width)])
            for column in 0..<width {
              let slid = unsafe sum[column] + entry[column] - exit[column]
              unsafe sum[column] = slid
              unsafe row[column] = slid / count
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

/// Four rows of a plane that are worked on side by side. Where fewer are left, the last stands for those that are missing:
/// it is computed more than once, to the same values.
@unsafe
private struct RowQuad<Pointer> {
  let first: Pointer
  let second: Pointer
  let third: Pointer
  let fourth: Pointer
}

extension RowQuad<UnsafePointer<Float>> {
  @unsafe
  init(_ plane: UnsafeBufferPointer<Float>, row: Int, height: Int, length: Int) {
    func start(_ offset: Int) -> UnsafePointer<Float> {
      unsafe UnsafeBufferPointer(rebasing: plane[(min(row + offset, height - 1) * length)...]).baseAddress
        .unsafelyUnwrapped
    }
    unsafe self.init(first: start(0), second: start(1), third: start(2), fourth: start(3))
  }

  @inline(__always)
  subscript(index: Int) -> SIMD4<Float> {
    unsafe SIMD4(first[index], second[index], third[index], fourth[index])
  }
}

extension RowQuad<UnsafeMutablePointer<Float>> {
  @unsafe
  init(_ plane: UnsafeMutableBufferPointer<Float>, row: Int, height: Int, length: Int) {
    func start(_ offset: Int) -> UnsafeMutablePointer<Float> {
      unsafe UnsafeMutableBufferPointer(rebasing: plane[(min(row + offset, height - 1) * length)...])
        .baseAddress.unsafelyUnwrapped
    }
    unsafe self.init(first: start(0), second: start(1), third: start(2), fourth: start(3))
  }

  @inline(__always)
  func set(_ index: Int, _ values: SIMD4<Float>) {
    unsafe first[index] = values[0]
    unsafe second[index] = values[1]
    unsafe third[index] = values[2]
    unsafe fourth[index] = values[3]
  }
}
