internal import SplitSealImage

/// PDQ's tent filter and decimation: a picture of any size becomes 64 x 64 samples.
///
/// Two passes of a box filter along rows and along columns. A box filter is a running sum, and the order of its additions
/// decides the last bits, so every sum here adds and subtracts in the reference's order. Only where the sums are laid out
/// differs: rows go eight at a time to hide the latency of the additions, columns go side by side in vector lanes, and the
/// second pass keeps only the columns that the decimation reads.
/// - Source: `jaroszFilterFloat`, `box1DFloat`, `decimateFloat`.
struct JaroszFilter {
  /// Side of the decimated picture.
  static let side = 64

  /// The picture after the first pass along rows.
  private var rowsFiltered: [Float] = []

  /// Width of one box: half a block of the decimated picture, rounded up.
  static func window(for dimension: Int) -> Int { (dimension + 2 * side - 1) / (2 * side) }

  /// The sample that stands for decimated sample `index`: the one at its centre.
  static func centre(_ index: Int, of dimension: Int) -> Int { Int((Double(index) + 0.5) * Double(dimension) / 64) }

  /// Filters and decimates.
  ///
  /// - Returns: 64 * 64 samples, row-major.
  mutating func thumbnail(of plane: LumaPlane) -> [Float] {
    let width = plane.width
    let height = plane.height
    // The reference takes a picture of 64 x 64 as it is.
    if width == Self.side, height == Self.side { return plane.samples }
    if rowsFiltered.count < width * height { rowsFiltered = [Float](repeating: 0, count: width * height) }
    let rowBox = Box(window: Self.window(for: width), length: width)
    let columnBox = Box(window: Self.window(for: height), length: height)
    let columns = (0..<Self.side).map { Self.centre($0, of: width) }

    unsafe plane.samples.withUnsafeBufferPointer { samples in
      unsafe rowsFiltered.withUnsafeMutableBufferPointer { unsafe rowBox.filterRows(samples, into: $0, height: height) }
    }
    // Eight rows that leave the first pass along columns enter the second along rows while they are in the cache.
    var narrow = [Float](repeating: 0, count: height * Self.side)
    unsafe rowsFiltered.withUnsafeBufferPointer { samples in
      unsafe narrow.withUnsafeMutableBufferPointer { narrow in
        unsafe columnBox.filterColumns(samples, width: width) { first, rows, rowCount in
          let target = unsafe UnsafeMutableBufferPointer(
            rebasing: narrow[(first * Self.side)..<((first + rowCount) * Self.side)])
          unsafe rowBox.filterRows(rows, into: target, height: rowCount, keeping: columns)
        }
      }
    }
    var filtered = [Float](repeating: 0, count: height * Self.side)
    unsafe narrow.withUnsafeBufferPointer { samples in
      unsafe filtered.withUnsafeMutableBufferPointer { filtered in
        unsafe columnBox.filterColumns(samples, width: Self.side) { first, rows, rowCount in
          let target = unsafe UnsafeMutableBufferPointer(
            rebasing: filtered[(first * Self.side)..<((first + rowCount) * Self.side)])
          unsafe _ = target.update(fromContentsOf: rows)
        }
      }
    }
    return (0..<Self.side).flatMap { row in
      let start = Self.centre(row, of: height) * Self.side
      return filtered[start..<(start + Self.side)]
    }
  }
}
