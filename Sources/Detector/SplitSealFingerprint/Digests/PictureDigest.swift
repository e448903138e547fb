public import SplitSealBase
public import SplitSealImage

extension Digest128 {
  /// The digest of a picture by its coded form.
  ///
  /// Equal digests mean equal pixels, as what decides the pixels and the orientation is equal byte by byte. The same
  /// pixels in another coding have another digest.
  ///
  /// - Parameters:
  ///   - coded: What of its file decides the pixels.
  ///   - orientation: How the stored picture is turned.
  init(_ coded: CodedPicture, orientation: Orientation) {
    let body = Digest128(xxh3Of: coded.body)
    var key = coded.header
    for word in [body.high, body.low] { key += (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    // No picture of pixels is hashed with these seeds: they have no width.
    self.init(xxh3Of: key, seed: UInt64(orientation.rawValue))
  }

  /// The digest of a picture: equal for equal size and equal RGBA, whatever file held them.
  ///
  /// Orientation counts: hash the picture as a person sees it. Pictures of 16 bits a channel never equal those of 8.
  public init(pixelsOf image: DecodedImage) {
    let seed = UInt64(image.width) << 32 | UInt64(image.height) << 1 | (image.bitsPerChannel == 16 ? 1 : 0)
    self.init(xxh3Of: image.pixels, seed: seed)
  }
}
