import SplitSealImage
import Testing

@Suite struct LumaPlaneTests {
  /// All 2^24 colours, one value of red at a time.
  @Test func `every colour's luma is the double-precision sum rounded once`() {
    var wrongCount = 0
    for red in 0..<256 {
      var pixels: [UInt8] = []
      pixels.reserveCapacity(4 << 16)
      for green in 0..<256 {
        for blue in 0..<256 {
          pixels.append(UInt8(red))
          pixels.append(UInt8(green))
          pixels.append(UInt8(blue))
          pixels.append(UInt8(blue))
        }
      }
      let plane = LumaPlane(image(pixels, width: 256))
      for index in 0..<65536 where plane.samples[index] != luma(red, index >> 8, index & 255) { wrongCount += 1 }
    }
    #expect(wrongCount == 0)
  }

  @Test func `of 16-bit channels 257 steps are a level, and none is lost`() {
    let bytes = noise(4 * 30, seed: 1)
    let twice = bytes.flatMap { [$0, $0] }
    #expect(LumaPlane(image(twice, width: 5, bits: 16)) == LumaPlane(image(bytes, width: 5)))
    let faint = (0..<12).flatMap { step -> [UInt8] in Array([0, UInt8(step)].repeated(4)) }
    #expect(LumaPlane(image(faint, width: 4, bits: 16)).samples == (0..<12).map { Float(Double($0) / 257) })
  }

  @Test(arguments: [2, 3, 17, 40]) func `blocks of 16-bit pixels are averaged as those of 8`(_ side: Int) {
    // White at the most: sums of whole columns are the largest there are.
    let (width, height) = (3 * side, 2 * side)
    for bytes in [noise(4 * width * height, seed: 9), Array(repeating: 255, count: 4 * width * height)] {
      let (narrow, wide) = (image(bytes, width: width), image(bytes.flatMap { [$0, $0] }, width: width, bits: 16))
      #expect(LumaPlane(wide, reducedBy: side) == LumaPlane(narrow, reducedBy: side))
    }
  }

  @Test func `alpha plays no part`() {
    #expect(LumaPlane(image([9, 8, 7, 0], width: 1)) == LumaPlane(image([9, 8, 7, 255], width: 1)))
  }

  @Test(arguments: [2, 3, 5, 11]) func `reduction averages blocks and drops what does not fill one`(_ side: Int) {
    let (width, height) = (23, 11)
    let source = image(noise(4 * width * height, seed: 2), width: width)
    let full = LumaPlane(source)
    let reduced = LumaPlane(source, reducedBy: side)
    #expect(reduced.width == width / side && reduced.height == height / side)
    for y in 0..<reduced.height {
      for x in 0..<reduced.width {
        var sum = 0.0
        for row in 0..<side {
          for column in 0..<side { sum += Double(full.samples[(y * side + row) * width + x * side + column]) }
        }
        #expect(abs(Double(reduced.samples[y * reduced.width + x]) - sum / Double(side * side)) < 1e-4)
      }
    }
  }

  @Test func `reduction by one changes nothing`() {
    let source = image(noise(4 * 50, seed: 3), width: 10)
    #expect(LumaPlane(source, reducedBy: 1) == LumaPlane(source))
  }

  /// What is dropped is at the right and bottom as seen, whatever way the picture is stored.
  @Test(arguments: Orientation.allCases, [1, 2, 3, 4])
  func `a turned picture reduces like the upright one`(_ orientation: Orientation, _ side: Int) {
    let turned = image(noise(4 * 23 * 18, seed: 4), width: 23, orientation: orientation)
    #expect(LumaPlane(turned, reducedBy: side) == LumaPlane(turned.upright(), reducedBy: side))
  }

  @Test func `without the orientation the plane is as stored`() {
    let pixels = noise(4 * 12, seed: 5)
    let turned = image(pixels, width: 4, orientation: .turn90)
    #expect(LumaPlane(turned, applyingOrientation: false) == LumaPlane(image(pixels, width: 4)))
    #expect(LumaPlane(turned).width == 3)
  }

  @Test(arguments: [Int.min, -1, 0, 100, Int.max]) func `senseless factors are taken as the nearest sensible one`(
    _ factor: Int
  ) {
    let source = image(noise(4 * 12, seed: 6), width: 4)
    #expect(LumaPlane(source, reducedBy: factor) == LumaPlane(source, reducedBy: factor < 1 ? 1 : 3))
  }

  @Test func `a picture without pixels has a plane without samples`() {
    let nothing = DecodedImage(
      format: .png, width: 0, height: 0, bitsPerChannel: 8, orientation: .turn90, pixels: [])
    #expect(LumaPlane(nothing, reducedBy: 2).samples.isEmpty)
    #expect(nothing.upright().pixels.isEmpty)
  }

  /// - Source: the expression of PDQ's Python binding, evaluated in double precision from left to right.
  private func luma(_ red: Int, _ green: Int, _ blue: Int) -> Float {
    Float(Double(red) * 0.299 + Double(green) * 0.587 + Double(blue) * 0.114)
  }

  private func image(
    _ pixels: [UInt8], width: Int, bits: Int = 8, orientation: Orientation = .identity
  ) -> DecodedImage {
    DecodedImage(
      format: .png, width: width, height: pixels.count / width / (bits / 2), bitsPerChannel: bits,
      orientation: orientation, pixels: pixels)
  }
}
