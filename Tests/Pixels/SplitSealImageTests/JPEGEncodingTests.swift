import CImageCodecs
import Testing

@testable import SplitSealImage

/// Pictures that are encoded here and decoded again.
@Suite struct JPEGEncodingTests {
  @Test(arguments: [(1, 1), (8, 8), (17, 5), (64, 48)])
  func `a smooth picture comes back nearly as it was`(width: Int, height: Int) throws {
    let pixels = ramps(width: width, height: height, channels: 3)
    let bytes = try JPEGEncoder.encode(pixels, width: width, height: height, quality: 95)
    let image = try ImageDecoder.decode(bytes)
    #expect(image.format == .jpeg)
    #expect([image.width, image.height] == [width, height])
    for pixel in 0..<(width * height) {
      for channel in 0..<3 {
        #expect(abs(Int(image.pixels[4 * pixel + channel]) - Int(pixels[3 * pixel + channel])) <= 12)
      }
    }
  }

  @Test func `lower quality takes fewer bytes and moves pixels farther`() throws {
    let pixels = noise(64 * 64 * 3, seed: 1)
    func error(_ quality: Int) throws -> (byteCount: Int, error: Int) {
      let bytes = try JPEGEncoder.encode(pixels, width: 64, height: 64, quality: quality)
      let image = try ImageDecoder.decode(bytes)
      let error = (0..<(64 * 64)).reduce(0) { $0 + abs(Int(image.pixels[4 * $1 + 1]) - Int(pixels[3 * $1 + 1])) }
      return (bytes.count, error)
    }
    let (fine, coarse) = (try error(90), try error(30))
    #expect(coarse.byteCount < fine.byteCount / 2)
    #expect(coarse.error > fine.error)
  }

  /// White noise at quality 100 is about the longest file there is: it must fit into what is reserved.
  @Test func `noise at the highest quality fits`() throws {
    let pixels = noise(33 * 47 * 3, seed: 2)
    let image = try ImageDecoder.decode(try JPEGEncoder.encode(pixels, width: 33, height: 47, quality: 100))
    #expect([image.width, image.height] == [33, 47])
  }

  @Test func `a side that JPEG cannot hold is a fault`() {
    #expect(throws: ImageFault.self) {
      try JPEGEncoder.encode([UInt8](repeating: 0, count: 70_000 * 3), width: 70_000, height: 1, quality: 80)
    }
  }

  @Test func `a full buffer ends the encoding`() {
    let pixels = noise(16 * 16 * 3, seed: 3)
    for capacity in [0, 1, 100, 600] {
      var bytes = [UInt8](repeating: 0xAB, count: capacity + 16)
      var length = 1
      var message = [CChar](repeating: 0, count: Int(SS_CODEC_MESSAGE_CAPACITY))
      let status = unsafe ss_jpeg_encode(pixels, 16, 16, 90, &bytes, capacity, &length, &message)
      #expect(status == SS_CODEC_BUFFER_TOO_SMALL)
      #expect(length == 0)
      #expect(bytes.suffix(16).allSatisfy { $0 == 0xAB })
    }
  }
}
