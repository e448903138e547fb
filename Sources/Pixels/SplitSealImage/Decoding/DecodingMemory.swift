internal import SplitSealSystem

/// What the pictures of strangers take of the machine, looked at before it is taken.
enum DecodingMemory {
  /// Bytes of a sample of luma or colour: itself, as a number, and as a number that was stretched.
  static let bytesPerSample = 9
  /// Bytes that are there on every machine.
  private static let negligibleByteCount = 1 << 23

  /// Refuses what takes more than the limit, and what the system would not give: an array that gets no memory ends the
  /// program.
  ///
  /// - Throws: `.tooMuchMemory`, or `.unreadable` where memory does not suffice.
  static func check(_ byteCount: Int, _ limits: ImageLimits) throws(ImageFault) {
    guard byteCount <= limits.maximumMemoryByteCount else {
      throw .tooMuchMemory(byteCount: byteCount, limit: limits.maximumMemoryByteCount)
    }
    guard byteCount > negligibleByteCount else { return }
    let pages = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let pages = unsafe pages, unsafe pages != MAP_FAILED else {
      throw .unreadable(reason: "not enough memory to decode it")
    }
    unsafe munmap(pages, byteCount)
  }
}

extension ImageHeader {
  /// Bytes that decoding the picture and making it ready for being compared takes, about.
  ///
  /// The pixels; those of a second picture where it is turned or laid on a ground; what the codec holds; and three numbers
  /// a sample of luma, of which a picture has fewer than pixels where its shorter side is long.
  ///
  /// - Parameters:
  ///   - eighths: The scale at which it is decoded.
  ///   - orientation: How it is turned.
  /// - Returns: The bytes, of which a picture that is stretched takes up to twice as many for a moment.
  func memory(eighths: Int, orientation: Orientation) -> Int {
    let (columns, rows) = ((width * eighths + 7) / 8, (height * eighths + 7) / 8)
    let pixelBytes = columns * rows * 4 * bitsPerChannel / 8
    let factor = LumaPlane.reduction(width: columns, height: rows)
    let samples = (columns / factor) * (rows / factor)
    let copies = orientation == .identity && !hasAlpha ? 1 : 2
    return copies * pixelBytes + coefficientByteCount + 3 * MemoryLayout<Float>.size * samples
  }
}
