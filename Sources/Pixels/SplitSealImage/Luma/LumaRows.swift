/// Computes rows of luma from an image's pixels and lays them where the orientation wants them.
struct LumaRows {
  /// Samples in a row as stored, after averaging.
  let width: Int
  /// Rows as stored, after averaging.
  let height: Int
  /// What is done with the stored rows.
  let steps: Orientation.Steps

  private let image: DecodedImage
  /// Side of the averaged blocks, 1 or more.
  private let blockSide: Int
  /// First column and row as stored that belong to a block: those left out are at the right and bottom as *seen*.
  private let firstColumn: Int
  private let firstRow: Int

  init(_ image: DecodedImage, blockSide: Int, steps: Orientation.Steps) {
    let side = max(1, min(blockSide, image.width, image.height))
    self.image = image
    self.blockSide = side
    self.steps = steps
    width = image.width / side
    height = image.height / side
    // Mirroring comes after transposing, so that a transposed picture mirrors its stored columns when it mirrors rows.
    let reversesColumns = steps.transposes ? steps.mirrorsRows : steps.mirrorsColumns
    let reversesRows = steps.transposes ? steps.mirrorsColumns : steps.mirrorsRows
    firstColumn = reversesColumns ? image.width % side : 0
    firstRow = reversesRows ? image.height % side : 0
  }

  /// Returns `height * width` samples in the order of the picture as seen, row-major.
  func oriented() -> [Float] {
    let count = width * height
    return unsafe [Float](unsafeUninitializedCapacity: count) { output, initializedCount in
      if let output = output.baseAddress, count > 0 {
        unsafe image.pixels.withUnsafeBytes { pixels in
          guard let pixels = pixels.baseAddress else { return }
          if !steps.transposes, !steps.mirrorsColumns, !steps.mirrorsRows {
            for row in 0..<height { unsafe fill(output + row * width, withRow: row, of: pixels) }
          } else {
            unsafe fillOriented(output, from: pixels)
          }
        }
      }
      initializedCount = count
    }
  }

  /// Computes rows in bands of sixteen and copies them to where they are seen.
  ///
  /// Bands make the transposing orientations, which are those of upright telephone photographs, write runs of one cache
  /// line instead of single samples.
  private func fillOriented(_ output: UnsafeMutablePointer<Float>, from pixels: UnsafeRawPointer) {
    let bandHeight = 16
    var band = [Float](repeating: 0, count: min(bandHeight, height) * width)
    unsafe band.withUnsafeMutableBufferPointer { band in
      guard let band = band.baseAddress else { return }
      for top in stride(from: 0, to: height, by: bandHeight) {
        let rowCount = min(bandHeight, height - top)
        for row in 0..<rowCount { unsafe fill(band + row * width, withRow: top + row, of: pixels) }
        if steps.transposes {
          for column in 0..<width {
            let seenRow = steps.mirrorsRows ? width - 1 - column : column
            let target = unsafe output + seenRow * height
            for row in 0..<rowCount {
              let seenColumn = steps.mirrorsColumns ? height - 1 - (top + row) : top + row
              unsafe target[seenColumn] = band[row * width + column]
            }
          }
        } else {
          for row in 0..<rowCount {
            let seenRow = steps.mirrorsRows ? height - 1 - (top + row) : top + row
            let target = unsafe output + seenRow * width
            let source = unsafe band + row * width
            for column in 0..<width {
              unsafe target[column] = source[steps.mirrorsColumns ? width - 1 - column : column]
            }
          }
        }
      }
    }
  }

  /// Computes one row as stored.
  private func fill(
    _ output: UnsafeMutablePointer<Float>, withRow row: Int, of pixels: UnsafeRawPointer
  ) {
    let pixelByteCount = image.bitsPerChannel / 2
    let start = unsafe pixels + ((firstRow + row * blockSide) * image.width + firstColumn) * pixelByteCount
    if blockSide == 1 {
      if pixelByteCount == 4 {
        // Correctly rounded, as both integers are exact in single precision. The double-precision sum rounds to the same
        // float for each of the 2^24 colours: n / 1000 is a multiple of 1/8 or at least 2^-35 from the middle between
        // two floats, and the sum is nearer to it than that. Three tables of doubles would not vectorise.
        // In single precision all the way: the products are whole numbers below 2^24, and the x86-64 baseline multiplies
        // vectors of floats and not of 32-bit integers.
        for column in 0..<width {
          let channels = unsafe UInt32(littleEndian: (start + column &* 4).loadUnaligned(as: UInt32.self))
          let red = Float(Int32(truncatingIfNeeded: channels & 0xFF))
          let green = Float(Int32(truncatingIfNeeded: channels >> 8 & 0xFF))
          let blue = Float(Int32(truncatingIfNeeded: channels >> 16 & 0xFF))
          unsafe output[column] = (299 * red + 587 * green + 114 * blue) / 1000
        }
      } else {
        for column in 0..<width {
          unsafe output[column] = Float(Double(thousandfoldLuma16(start + column * 8)) / 257_000)
        }
      }
      return
    }
    // Integers, so that the sums do not depend on the order. The rows of a block are added first, side by side, which
    // compiles to vectors; 4,096 rows of at most 255,000 fit, and 16 of 65,535,000.
    let bytesPerRow = image.width * pixelByteCount
    let (rowsAtOnce, scale) = pixelByteCount == 4 ? (4096, 1000) : (16, 257_000)
    let divisor = Double(scale * blockSide * blockSide)
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: width * blockSide) { line in
      var sums = [Int](repeating: 0, count: width)
      for top in stride(from: 0, to: blockSide, by: rowsAtOnce) {
        unsafe line.initialize(repeating: 0)
        for y in top..<min(top + rowsAtOnce, blockSide) {
          let source = unsafe start + y * bytesPerRow
          if pixelByteCount == 4 {
            for x in line.indices { unsafe line[x] &+= thousandfoldLuma8(source + x &* 4) }
          } else {
            for x in line.indices { unsafe line[x] &+= thousandfoldLuma16(source + x &* 8) }
          }
        }
        for column in 0..<width {
          for x in (column * blockSide)..<((column + 1) * blockSide) { unsafe sums[column] &+= Int(line[x]) }
        }
      }
      for column in 0..<width { unsafe output[column] = Float(Double(sums[column]) / divisor) }
    }
  }
}

/// The luma of an 8-bit RGBA pixel times 1,000: 0...255,000.
@inline(__always)
private func thousandfoldLuma8(_ pixel: UnsafeRawPointer) -> Int32 {
  let channels = unsafe UInt32(littleEndian: pixel.loadUnaligned(as: UInt32.self))
  let red = Int32(truncatingIfNeeded: channels & 0xFF)
  let green = Int32(truncatingIfNeeded: channels >> 8 & 0xFF)
  let blue = Int32(truncatingIfNeeded: channels >> 16 & 0xFF)
  return 299 &* red &+ 587 &* green &+ 114 &* blue
}

/// The luma of a big-endian 16-bit RGBA pixel times 1,000: 0...65,535,000.
@inline(__always)
private func thousandfoldLuma16(_ pixel: UnsafeRawPointer) -> Int32 {
  let channels = unsafe UInt64(bigEndian: pixel.loadUnaligned(as: UInt64.self))
  let red = Int32(truncatingIfNeeded: channels >> 48)
  let green = Int32(truncatingIfNeeded: channels >> 32 & 0xFFFF)
  let blue = Int32(truncatingIfNeeded: channels >> 16 & 0xFFFF)
  return 299 &* red &+ 587 &* green &+ 114 &* blue
}
