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
  init(xxh3Of bytes: [UInt8], seed: UInt64 = 0) {
    let hash = unsafe bytes.withUnsafeBytes {
      unsafe XXH3_128bits_withSeed($0.baseAddress, $0.count, seed)
    }
    self.init(high: hash.high64, low: hash.low64)
  }

  /// The digest of a picture: equal for equal size and equal RGBA, whatever file held them.
  ///
  /// Orientation counts: hash the picture as a person sees it. Pictures of 16 bits a channel never equal those of 8.
  public init(pixelsOf image: DecodedImage) {
    let seed = UInt64(image.width) << 32 | UInt64(image.height) << 1 | (image.bitsPerChannel == 16 ? 1 : 0)
    self.init(xxh3Of: image.pixels, seed: seed)
  }
}
