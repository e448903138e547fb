internal import SplitSealImage

/// How large and how good the pictures of a report are, so that all of them fit.
struct PictureScale: Hashable, Sendable {
  /// Pixels of the longer side at most.
  let side: Int
  /// libjpeg's quality.
  let quality: Int

  /// From the best to the least that still shows something.
  static let all = [
    (320, 84), (256, 82), (224, 80), (192, 78), (160, 76), (128, 74), (112, 70), (96, 66), (96, 56), (80, 50), (64, 45),
  ].map { PictureScale(side: $0, quality: $1) }
  /// Bytes of all pictures together that a report with large pictures may have: it is sent around.
  static let comfortableByteCount = 8_000_000
  /// Pictures of no more pixels a side than this are not large.
  static let smallSide = 128
  /// Pictures that are tried out to learn how many bytes they take.
  static let trialCount = 48

  /// The best scale at which pictures like these fit.
  ///
  /// - Parameters:
  ///   - pictures: Some of them at the best scale.
  ///   - count: How many there are.
  ///   - byteCount: Bytes in base64 that they may take.
  /// - Returns: The scale; the least where none fits.
  static func fitting(_ pictures: [Preview], count: Int, byteCount: Int) -> PictureScale {
    guard !pictures.isEmpty else { return all[0] }
    let images = pictures.map(\.image)
    return all.first { scale in
      var packer = SheetPacker()
      for image in images { _ = packer.place(Preview(seen: image, longestSide: scale.side)) }
      packer.finish()
      let tried = packer.takeFinished().reduce(0) { $0 + ((try? $1.jpeg(quality: scale.quality).count) ?? 0) }
      // A tenth more than the trial says, for those that were not tried.
      let expected = Double(tried) / Double(pictures.count) * Double(count) * 4 / 3 * 1.1
      let limit = scale.side > smallSide ? min(comfortableByteCount, byteCount) : byteCount
      return expected <= Double(limit)
    } ?? all[all.count - 1]
  }

  /// Pixels that the shorter side of a picture keeps that is to be shown at this scale, and laid on another one or not.
  func leastSide(comparing: Bool) -> Int { comparing ? max(side, 96) : side }
}

extension Preview {
  /// The preview as a picture, to be made smaller.
  fileprivate var image: DecodedImage {
    var rgba = Array(repeating: UInt8(255), count: width * height * 4)
    for pixel in 0..<(width * height) {
      for channel in 0..<3 { rgba[4 * pixel + channel] = pixels[3 * pixel + channel] }
    }
    return DecodedImage(
      format: .png, width: width, height: height, bitsPerChannel: 8, orientation: .identity, pixels: rgba)
  }
}
