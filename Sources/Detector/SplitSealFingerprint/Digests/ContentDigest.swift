internal import CXXHash
internal import Crypto
public import SplitSealImage

extension ContentDigest {
  /// Hashes the bytes of a file.
  public init(of bytes: [UInt8]) {
    self.init(
      sha256: Digest256(SHA256.hash(data: bytes)), xxh3: Digest128(xxh3Of: bytes), byteCount: bytes.count)
  }
}

extension Digest128 {
  /// XXH3-128 of some bytes.
  ///
  /// - Source: the XXH3 specification in xxHash 0.8.
  package init(xxh3Of bytes: some Collection<UInt8>, seed: UInt64 = 0) {
    let hash =
      bytes.withContiguousStorageIfAvailable {
        unsafe XXH3_128bits_withSeed($0.baseAddress, $0.count, seed)
      } ?? XXH3_128bits_withSeed(nil, 0, seed)
    self.init(high: hash.high64, low: hash.low64)
  }

  /// The digest of a JPEG picture by its coded form.
  ///
  /// Equal digests mean equal pixels, as what decides the pixels and the orientation is equal byte by byte. The same
  /// pixels in another coding have another digest.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, a JPEG that was decoded.
  ///   - orientation: How the stored picture is turned.
  init(codedJPEG bytes: [UInt8], orientation: Orientation) {
    let coding = JPEGCoding(bytes)
    let scans = Digest128(xxh3Of: coding.scans)
    var key = coding.header
    for word in [scans.high, scans.low] { key += (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
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
