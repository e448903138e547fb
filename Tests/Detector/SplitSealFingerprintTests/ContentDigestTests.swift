import SplitSealBase
import SplitSealImage
import Testing

@testable import SplitSealFingerprint

@Suite struct ContentDigestTests {
  /// FIPS 180-4's example, and xxHash 0.8.1's `XXH3_128bits` on the same bytes.
  @Test(arguments: [
    (
      "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "99aa06d3014798d86001c324468d497f"
    ),
    (
      "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "06b05ab6733a618578af5f94892f3950"
    ),
  ])
  func `digests are those of the specifications`(text: String, sha256: String, xxh3: String) {
    let digest = ContentDigest(of: Array(text.utf8))
    #expect(digest.sha256.description == sha256)
    #expect(digest.xxh3.description == xxh3)
    #expect(digest.byteCount == text.utf8.count)
  }

  @Test func `a digest keeps its bytes and sorts by them`() {
    let low = Digest256((0..<32).map { UInt8($0) })
    let high = Digest256((0..<32).map { UInt8($0 == 31 ? 255 : $0) })
    #expect(low.bytes == (0..<32).map { UInt8($0) })
    #expect(low < high)
    #expect(!(high < low))
  }

  @Test func `the pixel digest depends on pixels and shape and on nothing else`() {
    func image(_ width: Int, _ height: Int, _ format: ImageFormat, bits: Int = 8, value: UInt8 = 7) -> DecodedImage {
      DecodedImage(
        format: format, width: width, height: height, bitsPerChannel: bits, orientation: .identity,
        pixels: Array(repeating: value, count: width * height * bits / 2))
    }
    let digest = Digest128(pixelsOf: image(20, 10, .png))
    #expect(Digest128(pixelsOf: image(20, 10, .jpeg)) == digest)
    #expect(Digest128(pixelsOf: image(10, 20, .png)) != digest)
    #expect(Digest128(pixelsOf: image(20, 10, .png, value: 8)) != digest)
    #expect(Digest128(pixelsOf: image(10, 10, .png, bits: 16)) != digest)
  }
}
