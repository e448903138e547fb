extension DecodedImage {
  /// The picture as a person sees it: its EXIF orientation applied to the pixels. Itself when there is nothing to do.
  ///
  /// - Complexity: O(width x height) when the orientation is not the identity.
  public func upright() -> DecodedImage {
    guard orientation != .identity else { return self }
    let pixelByteCount = bitsPerChannel / 2
    let (width, height) = orientation.swapsAxes ? (self.height, self.width) : (self.width, self.height)
    var moved: [UInt8] = []
    moved.reserveCapacity(pixels.count)
    for row in 0..<height {
      for column in 0..<width {
        let (storedRow, storedColumn) = storedPosition(row: row, column: column)
        let start = (storedRow * self.width + storedColumn) * pixelByteCount
        moved.append(contentsOf: pixels[start..<(start + pixelByteCount)])
      }
    }
    return DecodedImage(
      format: format, width: width, height: height, bitsPerChannel: bitsPerChannel, orientation: .identity,
      pixels: moved)
  }

  /// Where the pixel that a person sees at (`row`, `column`) is stored.
  private func storedPosition(row: Int, column: Int) -> (row: Int, column: Int) {
    let (lastRow, lastColumn) = (height - 1, width - 1)
    return switch orientation {
    case .identity: (row, column)
    case .mirror: (row, lastColumn - column)
    case .turn180: (lastRow - row, lastColumn - column)
    case .flip: (lastRow - row, column)
    case .transpose: (column, row)
    case .turn90: (lastRow - column, row)
    case .transverse: (lastRow - column, lastColumn - row)
    case .turn270: (column, lastColumn - row)
    }
  }
}
