internal import CXXHash
internal import Crypto

/// What is kept of the bytes of a file, whether or not they are an image.
public struct ContentDigest: Hashable, Sendable {
  /// SHA-256 of the bytes: what is signed.
  public let sha256: Digest256
  /// XXH3-128 of the bytes: what keys caches.
  public let xxh3: Digest128
  /// Number of bytes.
  public let byteCount: Int

  /// Assembles a content digest.
  public init(sha256: Digest256, xxh3: Digest128, byteCount: Int) {
    self.sha256 = sha256
    self.xxh3 = xxh3
    self.byteCount = byteCount
  }
}

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
}
