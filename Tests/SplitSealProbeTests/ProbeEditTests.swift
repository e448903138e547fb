import SplitSealImage
import Testing

@testable import SplitSealProbe

/// What each edit makes of a picture.
@Suite struct ProbeEditTests {
  /// Soft waves with noise on them: every pixel differs from its neighbours.
  static func picture(width: Int, height: Int, seed: UInt64 = 1) -> Canvas {
    var random = ProbeRandom(seed)
    let (a, b) = (3 + random.below(5), 2 + random.below(5))
    return Canvas(
      width: width, height: height,
      pixels: (0..<height).flatMap { y in
        (0..<width).flatMap { x in
          (0..<3).map { channel in
            let wave = abs((a * x + b * y + 40 * channel) % 160 - 80)
            return UInt8(60 + wave + random.below(40))
          }
        }
      })
  }

  static func edited(_ edit: ProbeEdit, _ canvas: Canvas, seed: UInt64 = 3) throws -> Canvas {
    var random = ProbeRandom(seed)
    return try edit.applied(to: canvas, beside: picture(width: 40, height: 20, seed: 2), &random)
  }

  /// Mean difference of two pictures of one size, in grey levels.
  static func difference(_ a: Canvas, _ b: Canvas) -> Double {
    Double(zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.pixels.count)
  }

  @Test func `names are stable, distinct and kebab-case`() {
    let names = ProbeEdit.allCases.map(\.rawValue)
    #expect(Set(names).count == 30)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test(arguments: ProbeEdit.allCases, [(8, 8), (32, 32), (8, 100), (301, 200)])
  func `every edit changes every size, the same way each time`(_ edit: ProbeEdit, size: (Int, Int)) throws {
    let canvas = Self.picture(width: size.0, height: size.1)
    let result = try Self.edited(edit, canvas)
    #expect(result.width >= 8 && result.height >= 8)
    #expect(result.pixels.count == result.width * result.height * 3)
    let again = try Self.edited(edit, canvas)
    // Not within #expect, which would print the pictures.
    let isSame = again == result
    #expect(isSame)
    // A side of the least length cannot shrink.
    let isChanged = result != canvas
    #expect(isChanged || size == (8, 8) || (size == (8, 100) && edit == .squeeze))
  }

  @Test(arguments: [
    (ProbeEdit.half, 100, 50), (.thumbnail64, 128, 64), (.thumbnail32, 64, 32), (.squeeze, 150, 100),
    (.letterbox, 200, 132), (.border, 220, 120), (.crop50, 100, 50), (.crop65, 130, 65), (.crop80, 160, 80),
    (.crop95, 190, 95), (.turn90, 100, 200), (.mirrorCropJPEG, 160, 80), (.beside, 400, 100), (.caption, 200, 100),
    (.turn10, 200, 100),
  ])
  func `sizes are those that the list names`(edit: ProbeEdit, width: Int, height: Int) throws {
    let result = try Self.edited(edit, Self.picture(width: 200, height: 100))
    #expect([result.width, result.height] == [width, height])
  }

  @Test(arguments: [ProbeEdit.mirror, .flip, .turn180])
  func `doing it twice undoes it`(_ edit: ProbeEdit) throws {
    let canvas = Self.picture(width: 31, height: 17)
    #expect(try Self.edited(edit, Self.edited(edit, canvas)).pixels.elementsEqual(canvas.pixels))
  }

  @Test func `four quarter turns are none, and one goes clockwise`() throws {
    let canvas = Self.picture(width: 31, height: 17)
    let once = try Self.edited(.turn90, canvas)
    // The upper left pixel goes to the upper right.
    #expect(Array(once.pixels[(once.stride - 3)..<once.stride]) == Array(canvas.pixels[0..<3]))
    #expect(try (0..<3).reduce(once) { turned, _ in try Self.edited(.turn90, turned) } == canvas)
  }

  @Test func `a crop is a part of the picture`() {
    let canvas = Self.picture(width: 40, height: 30)
    let crop = canvas.cropped(to: 0.5, x: 1, y: 0)
    #expect([crop.width, crop.height] == [20, 15])
    for row in 0..<15 {
      let start = row * canvas.stride + 20 * 3
      #expect(crop.pixels[(row * 60)...].prefix(60) == canvas.pixels[start...].prefix(60))
    }
  }

  @Test func `a resized plain picture stays plain, and means are kept`() {
    let plain = Canvas(width: 37, height: 23, grey: 77)
    #expect(plain.resized(width: 11, height: 50) == Canvas(width: 11, height: 50, grey: 77))
    let canvas = Self.picture(width: 64, height: 64)
    func mean(_ canvas: Canvas) -> Double {
      Double(canvas.pixels.reduce(0) { $0 + Int($1) }) / Double(canvas.pixels.count)
    }
    #expect(abs(mean(canvas) - mean(canvas.resized(width: 9, height: 13))) < 1)
  }

  @Test func `halving averages four pixels`() {
    var canvas = Canvas(width: 16, height: 16, grey: 10)
    for pixel in 0..<256 { canvas.pixels[3 * pixel] = pixel.isMultiple(of: 2) ? 0 : 100 }
    var halved = Canvas(width: 8, height: 8, grey: 10)
    for pixel in 0..<64 { halved.pixels[3 * pixel] = 50 }
    #expect(canvas.resized(width: 8, height: 8) == halved)
  }

  @Test func `a small turn by nothing changes nothing, and its middle stays`() {
    let canvas = Self.picture(width: 33, height: 21)
    #expect(canvas.turned(cosine: 1, sine: 0) == canvas)
    let turned = canvas.turned(cosine: 0.984807753012208, sine: 0.17364817766693033)
    let middle = 10 * canvas.stride + 16 * 3
    #expect(turned.pixels[middle] == canvas.pixels[middle])
  }

  @Test func `colours go where the curve sends them`() throws {
    let canvas = Canvas(width: 8, height: 8, grey: 100)
    #expect(try Self.edited(.brighter, canvas).pixels[0] == 135)
    #expect(try Self.edited(.darker, canvas).pixels[0] == 65)
    #expect(try Self.edited(.contrast, canvas).pixels[0] == 89)
    #expect(try Self.edited(.gamma, canvas).pixels[0] == 63)
    let red = Canvas(width: 8, height: 8, pixels: (0..<192).map { $0 % 3 == 0 ? 200 : 0 })
    #expect(try Self.edited(.grayscale, red) == Canvas(width: 8, height: 8, grey: 60))
  }

  @Test func `noise is as strong as it says and leaves the mean`() throws {
    let plain = Canvas(width: 100, height: 100, grey: 128)
    let noisy = try Self.edited(.noise, plain)
    let errors = noisy.pixels.map { Double($0) - 128 }
    let variance = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    #expect(abs(variance - 72) < 3)
    #expect(abs(errors.reduce(0, +) / Double(errors.count)) < 0.2)
  }

  @Test func `marks cover what they should and leave the rest`() throws {
    let canvas = Self.picture(width: 120, height: 90)
    for (edit, least, most) in [(ProbeEdit.caption, 0.05, 0.13), (.cutout, 0.08, 0.1), (.logo, 0.01, 0.05)] {
      let result = try Self.edited(edit, canvas)
      let changed = (0..<(120 * 90)).count { result.pixels[3 * $0] != canvas.pixels[3 * $0] }
      #expect((least...most).contains(Double(changed) / (120 * 90)), "\(edit)")
    }
  }

  @Test func `the worse the quality, the farther the picture`() throws {
    let canvas = Self.picture(width: 64, height: 64)
    let (fine, coarse) = (try Self.edited(.jpeg85, canvas), try Self.edited(.jpeg30, canvas))
    #expect(Self.difference(fine, canvas) < Self.difference(coarse, canvas))
  }

  @Test(arguments: [(4000, 3000), (30_000, 9), (3, 2), (1, 1), (256, 256)])
  func `the working size is bounded and keeps the shape where it can`(width: Int, height: Int) {
    let canvas = Canvas(width: width, height: height, grey: 50).atWorkingSize()
    #expect(canvas.width >= 8 && canvas.height >= 8)
    #expect(canvas.width * canvas.height <= Canvas.maximumPixelCount + canvas.width + canvas.height)
    if width == 4000 { #expect(abs(Double(canvas.width) / Double(canvas.height) - 4.0 / 3) < 0.02) }
    if width == 256 { #expect(canvas.width == 256) }
  }

  @Test func `sixteen bits give their high bytes, alpha does not count`() {
    let pixels: [UInt8] = [1, 255, 2, 255, 3, 255, 0, 0, 4, 0, 5, 0, 6, 0, 255, 255]
    let image = DecodedImage(
      format: .png, width: 2, height: 1, bitsPerChannel: 16, orientation: .mirror, pixels: pixels)
    #expect(Canvas(image).pixels == [4, 5, 6, 1, 2, 3])
  }
}
