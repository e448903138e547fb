/// Four rows of a plane, as they lie in memory and as the lanes of vectors.
///
/// Where fewer rows are left, the last stands for those that are missing: it is read and written more than once, with
/// the same values.
@unsafe
struct RowQuad<Pointer> {
  private let rows: (Pointer, Pointer, Pointer, Pointer)
  private let length: Int
}

extension RowQuad<UnsafePointer<Float>> {
  @unsafe
  init(_ plane: UnsafeBufferPointer<Float>, row: Int, height: Int, length: Int) {
    func start(_ offset: Int) -> UnsafePointer<Float> {
      let start = min(row + offset, height - 1) * length
      return unsafe UnsafeBufferPointer(rebasing: plane[start..<(start + length)]).baseAddress.unsafelyUnwrapped
    }
    unsafe self.init(rows: (start(0), start(1), start(2), start(3)), length: length)
  }

  /// Writes column *n* of the four rows to vector *n*.
  @unsafe @inline(__always)
  func interleave(into vectors: UnsafeMutableBufferPointer<SIMD4<Float>>) {
    let end = unsafe length
    let whole = end / 4 * 4
    for index in stride(from: 0, to: whole, by: 4) {
      let columns = unsafe transposed(
        vector(rows.0 + index), vector(rows.1 + index), vector(rows.2 + index), vector(rows.3 + index))
      unsafe vectors[index] = columns.0
      unsafe vectors[index &+ 1] = columns.1
      unsafe vectors[index &+ 2] = columns.2
      unsafe vectors[index &+ 3] = columns.3
    }
    for index in whole..<end {
      unsafe vectors[index] = SIMD4(rows.0[index], rows.1[index], rows.2[index], rows.3[index])
    }
  }

  @unsafe @inline(__always)
  private func vector(_ samples: UnsafePointer<Float>) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(samples).loadUnaligned(as: SIMD4<Float>.self)
  }
}

extension RowQuad<UnsafeMutablePointer<Float>> {
  @unsafe
  init(_ plane: UnsafeMutableBufferPointer<Float>, row: Int, height: Int, length: Int) {
    func start(_ offset: Int) -> UnsafeMutablePointer<Float> {
      let start = min(row + offset, height - 1) * length
      return unsafe UnsafeMutableBufferPointer(rebasing: plane[start..<(start + length)]).baseAddress.unsafelyUnwrapped
    }
    unsafe self.init(rows: (start(0), start(1), start(2), start(3)), length: length)
  }

  /// Writes vector *n* to column *n* of the four rows.
  @unsafe @inline(__always)
  func deinterleave(_ vectors: UnsafeMutableBufferPointer<SIMD4<Float>>) {
    let end = unsafe length
    let whole = end / 4 * 4
    for index in stride(from: 0, to: whole, by: 4) {
      let lines = unsafe transposed(
        vectors[index], vectors[index &+ 1], vectors[index &+ 2], vectors[index &+ 3])
      unsafe UnsafeMutableRawPointer(rows.0 + index).storeBytes(of: lines.0, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(rows.1 + index).storeBytes(of: lines.1, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(rows.2 + index).storeBytes(of: lines.2, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(rows.3 + index).storeBytes(of: lines.3, as: SIMD4<Float>.self)
    }
    for index in whole..<end {
      let vector = unsafe vectors[index]
      unsafe rows.0[index] = vector[0]
      unsafe rows.1[index] = vector[1]
      unsafe rows.2[index] = vector[2]
      unsafe rows.3[index] = vector[3]
    }
  }
}

/// Rows and columns of a 4 x 4 block change places.
///
/// Halves of vectors compile to shuffles.
@inline(__always)
private func transposed(
  _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>
) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
  let upper = SIMD8(lowHalf: a, highHalf: b)
  let lower = SIMD8(lowHalf: c, highHalf: d)
  let even = SIMD8(lowHalf: upper.evenHalf, highHalf: lower.evenHalf)
  let odd = SIMD8(lowHalf: upper.oddHalf, highHalf: lower.oddHalf)
  return (even.evenHalf, odd.evenHalf, even.oddHalf, odd.oddHalf)
}
