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
    ///   - height: Number of rows.
    @unsafe
    func filterRows(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, height: Int) {
      precondition(input.count >= height * length && output.count >= height * length)
      unsafe forEachQuad(of: input, height: height) { row, means in
        let lines = unsafe RowQuad(output, row: row, height: height, length: length)
        unsafe lines.deinterleave(means)
      }
    }

    /// Filters each row of `length` samples and keeps only some of the results.
    ///
    /// - Parameters:
    ///   - input: `height * length` samples, row-major.
    ///   - output: `height * columns.count` samples, row-major; overwritten.
    ///   - height: Number of rows.
    ///   - columns: The results to keep, 0..<`length`.
    @unsafe
    func filterRows(
      _ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, height: Int,
      keeping columns: [Int]
    ) {
      precondition(input.count >= height * length && output.count >= height * columns.count)
      precondition(columns.allSatisfy { (0..<length).contains($0) })
      unsafe forEachQuad(of: input, height: height) { row, means in
        for lane in 0..<min(4, height - row) {
          let start = (row + lane) * columns.count
          for (index, column) in columns.enumerated() { unsafe output[start + index] = means[column][lane] }
        }
      }
    }

    /// Filters eight rows at a time: two quads of rows, whose vectors have a row in each lane.
    ///
    /// The chain of additions along a row is what takes time; eight chains in two vectors take no longer than one.
    @unsafe @inline(__always)
    private func forEachQuad(
      of input: UnsafeBufferPointer<Float>, height: Int,
      _ body: (_ row: Int, _ means: UnsafeMutableBufferPointer<SIMD4<Float>>) -> Void
    ) {
      unsafe withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 4 * length) { scratch in
        unsafe scratch.initialize(repeating: SIMD4())
        let parts = unsafe (0..<4).map { part in
          unsafe UnsafeMutableBufferPointer(rebasing: scratch[(part * length)..<((part + 1) * length)])
        }
        let samples = unsafe (parts[0], parts[1])
        let means = unsafe (parts[2], parts[3])
        for row in stride(from: 0, to: height, by: 8) {
          unsafe RowQuad(input, row: row, height: height, length: length).interleave(into: samples.0)
          // Where there is no second quad, its rows repeat the last one, and nobody is told of the result.
          unsafe RowQuad(input, row: row + 4, height: height, length: length).interleave(into: samples.1)
          unsafe filter(samples, into: means)
          unsafe body(row, means.0)
          if row + 4 < height { unsafe body(row + 4, means.1) }
        }
      }
    }

    @unsafe @inline(__always)
    private func filter(
      _ samples: (UnsafeMutableBufferPointer<SIMD4<Float>>, UnsafeMutableBufferPointer<SIMD4<Float>>),
      into means: (UnsafeMutableBufferPointer<SIMD4<Float>>, UnsafeMutableBufferPointer<SIMD4<Float>>)
    ) {
      var sums = (SIMD4<Float>(), SIMD4<Float>())
      func enter(_ index: Int) {
        unsafe sums.0 += samples.0[index]
        unsafe sums.1 += samples.1[index]
      }
      func leave(_ index: Int) {
        unsafe sums.0 -= samples.0[index]
        unsafe sums.1 -= samples.1[index]
      }
      func write(_ index: Int, _ count: SIMD4<Float>) {
        unsafe means.0[index] = sums.0 / count
        unsafe means.1[index] = sums.1 / count
      }
      for index in 0..<(half - 1) { enter(index) }
      for index in 0..<(window - half + 1) {
        enter(index &+ half &- 1)
        write(index, SIMD4(repeating: count(at: index)))
      }
      let whole = SIMD4(repeating: Float(window))
      for index in (window - half + 1)..<(length - half + 1) {
        enter(index &+ half &- 1)
        leave(index &+ half &- 1 &- window)
        write(index, whole)
      }
      for index in (length - half + 1)..<length {
        leave(index &+ half &- 1 &- window)
        write(index, SIMD4(repeating: count(at: index)))
      }
    }

    /// Filters each column of `length` samples and hands over the results, eight rows at a time.
    ///
    /// - Parameters:
    ///   - input: `length * width` samples, row-major.
    ///   - width: Number of columns.
    ///   - body: Takes the index of the first row, the rows (`rowCount * width` samples, row-major), and `rowCount`, 1...8.
    @unsafe
    func filterColumns(
      _ input: UnsafeBufferPointer<Float>, width: Int,
      _ body: (_ first: Int, _ rows: UnsafeBufferPointer<Float>, _ rowCount: Int) -> Void
    ) {
      precondition(input.count >= width * length)
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 9 * width) { scratch in
        unsafe scratch.initialize(repeating: 0)
        let sum = unsafe UnsafeMutableBufferPointer(rebasing: scratch[..<width])
        for index in 0..<(half - 1) {
          for column in 0..<width { unsafe sum[column] += input[index * width + column] }
        }
        for first in stride(from: 0, to: length, by: 8) {
          let rowCount = min(8, length - first)
          for offset in 0..<rowCount {
            let start = (offset + 1) * width
            let row = unsafe UnsafeMutableBufferPointer(rebasing: scratch[start..<(start + width)])
            unsafe filterRow(first + offset, of: input, sum: sum, into: row)
          }
          unsafe body(first, UnsafeBufferPointer(rebasing: scratch[width..<((rowCount + 1) * width)]), rowCount)
        }
      }
    }

    /// Moves the sums of all columns on by one row and writes the means.
    @unsafe @inline(__always)
    private func filterRow(
      _ index: Int, of input: UnsafeBufferPointer<Float>, sum: UnsafeMutableBufferPointer<Float>,
      into row: UnsafeMutableBufferPointer<Float>
    ) {
      let width = row.count
      let entering = index + half - 1
      let leaving = entering - window
      let count = count(at: index)
      func line(_ index: Int) -> UnsafeBufferPointer<Float> {
        unsafe UnsafeBufferPointer(rebasing: input[(index * width)..<((index + 1) * width)])
      }
      if entering < length, leaving >= 0 {
        let entry = unsafe line(entering)
        let exit = unsafe line(leaving)
        for column in 0..<width {
          let slid = unsafe sum[column] + entry[column] - exit[column]
          unsafe sum[column] = slid
          unsafe row[column] = slid / count
        }
      } else if entering < length {
        let entry = unsafe line(entering)
        for column in 0..<width {
          let grown = unsafe sum[column] + entry[column]
          unsafe sum[column] = grown
          unsafe row[column] = grown / count
        }
      } else {
        let exit = unsafe line(leaving)
        for column in 0..<width {
          let shrunk = unsafe sum[column] - exit[column]
          unsafe sum[column] = shrunk
          unsafe row[column] = shrunk / count
        }
      }
    }
  }
}
