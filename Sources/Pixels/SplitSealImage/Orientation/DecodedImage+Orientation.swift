extension DecodedImage {
  /// The picture as a person sees it: its EXIF orientation applied to the pixels.
  ///
  /// Itself when there is nothing to do.
  /// - Complexity: O(width x height) when the orientation is not the identity.
  public func upright() -> DecodedImage {
    guard orientation != .identity else { return self }
    return DecodedImage(
      format: format, width: orientation.swapsAxes ? height : width, height: orientation.swapsAxes ? width : height,
      bitsPerChannel: bitsPerChannel, orientation: .identity,
      pixels: bitsPerChannel == 16 ? moved(UInt64.self) : moved(UInt32.self), repairs: repairs)
  }

  /// Copies every pixel to where it is seen.
  ///
  /// Blocks of 16 x 16 keep both the rows read and the rows written in the cache when rows become columns.
  /// - Parameter pixel: An integer of the size of a pixel.
  /// - Returns: The pixels as seen.
  private func moved<Pixel: FixedWidthInteger & BitwiseCopyable>(_ pixel: Pixel.Type) -> [UInt8] {
    let steps = orientation.steps
    let blockSide = 16
    let size = MemoryLayout<Pixel>.size
    // Seen position of stored pixel (0, 0), and how far a stored column and row move it, all in bytes.
    let seenWidth = steps.transposes ? height : width
    let columnStep = (steps.mirrorsColumns ? -1 : 1) * size
    let rowStep = (steps.mirrorsRows ? -1 : 1) * seenWidth * size
    let seenHeight = steps.transposes ? width : height
    let origin =
      (steps.mirrorsColumns ? seenWidth - 1 : 0) * size + (steps.mirrorsRows ? seenHeight - 1 : 0) * seenWidth * size
    let perColumn = steps.transposes ? rowStep : columnStep
    let perRow = steps.transposes ? columnStep : rowStep

    return unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { output, initializedCount in
      unsafe pixels.withUnsafeBytes { pixels in
        guard let source = pixels.baseAddress, let target = UnsafeMutableRawPointer(output.baseAddress) else {
          return
        }
        for top in stride(from: 0, to: height, by: blockSide) {
          for left in stride(from: 0, to: width, by: blockSide) {
            for row in top..<min(top + blockSide, height) {
              for column in left..<min(left + blockSide, width) {
                let value = unsafe source.loadUnaligned(fromByteOffset: (row * width + column) * size, as: Pixel.self)
                unsafe target.storeBytes(
                  of: value, toByteOffset: origin + row * perRow + column * perColumn, as: Pixel.self)
              }
            }
          }
        }
      }
      initializedCount = pixels.count
    }
  }
}
