import Testing

@testable import SplitSealImage

struct PreviewTests {
  private func image(
    _ width: Int, _ height: Int, bits: Int = 8, orientation: Orientation = .identity, _ pixels: [UInt8]
  ) -> DecodedImage {
    DecodedImage(
      format: .png, width: width, height: height, bitsPerChannel: bits, orientation: orientation, pixels: pixels)
  }

  /// Opaque grey pixels.
  private func grey(_ levels: [UInt8]) -> [UInt8] { levels.flatMap { [$0, $0, $0, 255] } }

  /// The red channel of a preview.
  private func red(_ preview: Preview) -> [UInt8] {
    stride(from: 0, to: preview.pixels.count, by: 3).map { preview.pixels[$0] }
  }

  @Test func `a small picture keeps its size and its levels`() {
    let preview = Preview(image(2, 1, [1, 2, 3, 255, 250, 251, 252, 255]), longestSide: 16)
    #expect((preview.width, preview.height) == (2, 1))
    #expect(preview.pixels == [1, 2, 3, 250, 251, 252])
  }

  @Test func `a pixel is the mean of what it covers`() {
    // 4 x 2 to 2 x 1: means of 2 x 2.
    let preview = Preview(image(4, 2, grey([0, 100, 10, 20, 100, 200, 30, 40])), longestSide: 2)
    #expect((preview.width, preview.height) == (2, 1))
    #expect(red(preview) == [100, 25])
  }

  @Test func `a pixel on the border goes into both by its area`() {
    // 3 x 1 to 2 x 1: (0 + 30/2) / 1.5 = 10 and (30/2 + 90) / 1.5 = 70.
    #expect(red(Preview(image(3, 1, grey([0, 30, 90])), longestSide: 2)) == [10, 70])
  }

  @Test func `the orientation is applied`() {
    // EXIF 6, turned clockwise: the left pixel is seen above.
    let preview = Preview(image(2, 1, orientation: .turn90, grey([10, 200])), longestSide: 8)
    #expect((preview.width, preview.height) == (1, 2))
    #expect(red(preview) == [10, 200])
  }

  @Test func `what is transparent shows white`() {
    // (100 * 204 + 255 * 51) / 255 = 131
    let preview = Preview(image(2, 1, [0, 0, 0, 0, 100, 100, 100, 204]), longestSide: 8)
    #expect(red(preview) == [255, 131])
  }

  @Test func `16 bits are rounded to 8`() {
    // 0x12B5 is 18.6 levels, 0x5678 is 86.1, 0x9ABC is 154.1.
    let preview = Preview(image(1, 1, bits: 16, [0x12, 0xB5, 0x56, 0x78, 0x9A, 0xBC, 0xFF, 0xFF]), longestSide: 8)
    #expect(preview.pixels == [19, 86, 154])
  }

  @Test func `white drawings show on black, dark pictures by their own range`() {
    #expect(red(Preview(image(2, 1, [7, 7, 7, 0, 255, 255, 255, 255]), longestSide: 8)) == [0, 255])
    let labels = Array(repeating: UInt8(0), count: 128) + Array(repeating: UInt8(1), count: 128)
    #expect(red(Preview(image(16, 16, grey(labels)), longestSide: 16)) == labels.map { $0 * 255 })
  }

  @Test func `a preview that is made smaller is not stretched again`() {
    let faint = image(16, 16, grey((0..<256).map { UInt8($0 / 16) }))
    #expect(red(Preview(seen: faint, longestSide: 16)) == (0..<256).map { UInt8($0 / 16) })
  }

  @Test(arguments: [(1000, 1, 10, 1), (1, 1000, 1, 10), (640, 480, 10, 8), (3, 2, 2, 1)])
  func `the sides keep their ratio and have a pixel at least`(width: Int, height: Int, columns: Int, rows: Int) {
    let pixels = grey(Array(repeating: 77, count: width * height))
    let preview = Preview(image(width, height, pixels), longestSide: max(columns, rows))
    #expect((preview.width, preview.height) == (columns, rows))
    #expect(Set(preview.pixels) == [77])
  }

  @Test func `the JPEG of a preview is a picture of its size`() throws {
    let preview = Preview(image(20, 10, grey(Array(repeating: 77, count: 200))), longestSide: 20)
    let decoded = try ImageDecoder.decode(preview.jpeg(quality: 90), limits: ImageLimits())
    #expect((decoded.width, decoded.height) == (20, 10))
    #expect(decoded.pixels.enumerated().allSatisfy { $0 % 4 == 3 ? $1 == 255 : abs(Int($1) - 77) <= 1 })
  }
}
