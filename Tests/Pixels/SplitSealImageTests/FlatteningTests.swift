import SplitSealImage
import Testing

/// On which ground a picture with alpha is laid, and how.
@Suite struct FlatteningTests {
  private func image(_ pixels: [UInt8], width: Int, bits: Int = 8) -> DecodedImage {
    DecodedImage(
      format: .png, width: width, height: pixels.count / width / (bits / 2), bitsPerChannel: bits,
      orientation: .identity, pixels: pixels)
  }

  private func flat(_ pixels: [UInt8], bits: Int = 8) -> [UInt8] {
    image(pixels, width: pixels.count / (bits / 2), bits: bits).flattened().pixels
  }

  @Test func `an opaque picture is itself`() {
    let pixels: [UInt8] = [1, 2, 3, 255, 250, 251, 252, 255]
    #expect(flat(pixels) == pixels)
    let wide: [UInt8] = [1, 2, 3, 4, 5, 6, 255, 255]
    #expect(flat(wide, bits: 16) == wide)
  }

  @Test func `one pixel of 100,000 that is not opaque is seen`() {
    var pixels = Array([UInt8]([10, 20, 30, 255]).repeated(100_000))
    pixels[4 * 99_999 + 3] = 254
    // (10 * 254 + 255) / 255 = 10.96, and so on.
    #expect(image(pixels, width: 1000).flattened().pixels.suffix(4) == [11, 21, 31, 255])
  }

  @Test func `a dark drawing lies on white, and its soft edges are mixed with it`() {
    // 255 * (255 - 100) / 255 = 155
    #expect(flat([0, 0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 255]) == [255, 255, 255, 255, 155, 155, 155, 255, 0, 0, 0, 255])
  }

  @Test func `a white drawing lies on black`() {
    #expect(
      flat([255, 255, 255, 0, 255, 255, 255, 100, 245, 245, 245, 255])
        == [0, 0, 0, 255, 100, 100, 100, 255, 245, 245, 245, 255])
  }

  @Test func `a drawing vanishes within 16 levels of white, and no sooner`() {
    func ground(_ level: UInt8) -> UInt8 { flat([0, 0, 0, 0, level, level, level, 255])[0] }
    #expect((UInt8(230)...255).map(ground) == (UInt8(230)...255).map { $0 <= 239 ? 255 : 0 })
  }

  @Test func `a white shape with a black outline lies on white`() {
    // 5 % of it is black: the root of the mean square is 57 levels.
    var pixels = Array([UInt8]([255, 255, 255, 255]).repeated(200))
    for i in 0..<10 { pixels[4 * i] = 0; pixels[4 * i + 1] = 0; pixels[4 * i + 2] = 0 }
    #expect(flat(pixels + [9, 9, 9, 0]).suffix(4) == [255, 255, 255, 255])
  }

  @Test func `colours under transparent pixels play no part`() {
    let drawing: [UInt8] = [200, 10, 30, 255, 0, 90, 0, 128]
    let grounds: [[UInt8]] = [[0, 0, 0, 0], [255, 255, 255, 0], [3, 141, 59, 0]]
    #expect(Set(grounds.map { flat(drawing + $0 + $0) }).count == 1)
  }

  @Test func `where nothing is visible the colours are taken as they are`() {
    #expect(flat([1, 2, 3, 0, 200, 100, 50, 0]) == [1, 2, 3, 255, 200, 100, 50, 255])
    #expect(flat([1, 2, 3, 4, 5, 6, 0, 0], bits: 16) == [1, 2, 3, 4, 5, 6, 255, 255])
  }

  @Test(arguments: [0, 255]) func `16 bits are mixed as 8 where the bytes are twice the same`(_ level: Int) {
    let bytes = (0..<256).flatMap { alpha -> [UInt8] in
      [UInt8(level), UInt8(abs(level - 40)), UInt8(level), UInt8(alpha)]
    }
    let wide = flat(bytes.flatMap { [$0, $0] }, bits: 16)
    let narrow = flat(bytes)
    for place in narrow.indices {
      let value = Double(Int(wide[2 * place]) << 8 | Int(wide[2 * place + 1])) / 257
      #expect(abs(value - Double(narrow[place])) <= 0.51)
    }
  }

  @Test func `mixing rounds to the nearest for every colour and alpha`() {
    var wrongCount = 0
    for alpha in 1..<255 {
      let pixels = (0..<256).flatMap { [UInt8($0), 0, 0, UInt8(alpha)] as [UInt8] }
      let mixed = flat(pixels)
      for colour in 0..<256 where Int(mixed[4 * colour]) != (colour * alpha + 255 * (255 - alpha) + 127) / 255 {
        wrongCount += 1
      }
    }
    #expect(wrongCount == 0)
  }
}
