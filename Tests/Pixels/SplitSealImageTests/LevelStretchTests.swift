import SplitSealTestSupport
import Testing

@testable import SplitSealImage

/// Which pictures are stretched, and how far.
@Suite struct LevelStretchTests {
  private func plane(_ width: Int, _ height: Int, _ level: (Int, Int) -> Float) -> LumaPlane {
    LumaPlane(
      width: width, height: height, samples: (0..<height).flatMap { y in (0..<width).map { x in level(x, y) } })
  }

  /// A drawing of levels 0...1 with detail of many sizes.
  private func drawing(_ x: Int, _ y: Int) -> Float {
    func wave(_ place: Int, _ length: Int) -> Int { abs(place % (2 * length) - length) * 100 / length }
    let sum = wave(x + 20, 71) + wave(y, 53) + wave(x + y, 29) + (x / 37 + y / 41) % 3 * 60
    return Float(min(max(sum - 60, 0), 300)) / 300
  }

  private func stretch(_ plane: LumaPlane, isLossy: Bool = false) -> LevelStretch {
    LevelStretch(plane, isLossy: isLossy)
  }

  @Test func `a picture that spans 64 levels or more stays as it is`() {
    let wide = plane(200, 150) { drawing($0, $1) * 64 + 90 }
    #expect(stretch(wide) == .none && stretch(wide, isLossy: true) == .none)
    #expect(stretch(wide).luma(wide) == wide && stretch(wide).colour(wide) == wide)
  }

  @Test func `one that spans fewer than 32 is stretched to all levels`() {
    let dark = plane(200, 150) { (drawing($0, $1) * 30).rounded() }
    #expect(stretch(dark) == LevelStretch(found: (255.0 / 30, 15)))
    let seen = stretch(dark).luma(dark)
    #expect(seen.samples.min() == 0 && seen.samples.max() == 255)
  }

  @Test func `between 32 and 64 levels only what would show too little is stretched`() {
    let shown = plane(200, 150) { drawing($0, $1) * 50 + 20 }
    #expect(stretch(shown) == .none)
    // The same range, of which most is one slope.
    let faint = plane(200, 150) { drawing($0, $1) * 8 + Float($0) / 5 + 20 }
    let found = stretch(faint)
    #expect(found.gain > 5 && found.gain < 8)
  }

  @Test(arguments: [1, 2, 3]) func `a mask is stretched from its lowest to its highest label`(_ highest: Int) {
    let mask = plane(96, 80) { (drawing($0, $1) * Float(highest)).rounded() }
    let found = stretch(mask)
    #expect(found == LevelStretch(found: (255 / Float(highest), Float(highest) / 2)))
    #expect(Set(found.luma(mask).samples.map { ($0 * Float(highest) / 255).rounded() }).count == highest + 1)
  }

  @Test func `one object on one ground is found, however small`() {
    let mask = plane(256, 256) { (90..<98).contains($0) && (40..<50).contains($1) ? 1 : 0 }
    #expect(stretch(mask) == LevelStretch(found: (255, 0.5)))
  }

  @Test func `dead pixels and a marker do not count`() {
    let picture = plane(200, 150) { x, y in
      x < 12 && y < 12 ? 255 : x == 100 && y % 50 == 7 ? 0 : 100 + drawing(x, y) * 30
    }
    let found = stretch(picture)
    #expect(abs(found.gain - 255.0 / 30) < 0.2 && abs(found.middle - 115) < 0.5)
  }

  @Test(arguments: [32, 64, 128, 256, 700]) func `noise stays noise`(_ side: Int) {
    var random = SplitMix64(seed: UInt64(side))
    for spread in [1, 2, 4, 9] as [UInt64] {
      let blank = plane(side, side) { _, _ in Float(240 + random.next() >> 11 % spread + random.next() >> 11 % spread) }
      #expect(stretch(blank) == .none, "noise of \(spread) levels")
      #expect(stretch(blank, isLossy: true) == .none, "noise of \(spread) levels")
    }
  }

  @Test func `shading of a blank page stays faint`() {
    let page = plane(300, 400) { 240 + (Float($0) / 60).rounded() - (Float(($1 - 200) * ($1 - 200)) / 9000).rounded() }
    // Eight times what would make the brightest level white.
    let found = stretch(page)
    #expect(found.gain <= 8 * 255 / 240 && found.gain > 8)
  }

  @Test func `a JPEG is stretched eight times at most`() {
    let dark = plane(200, 150) { (drawing($0, $1) * 12).rounded() }
    #expect(stretch(dark, isLossy: true).gain == 8)
    #expect(stretch(dark).gain == 255.0 / 12)
  }

  @Test func `what is inside a frame is stretched by its own range`() {
    func framed(_ border: Float) -> LumaPlane {
      plane(200, 160) { x, y in
        (30..<170).contains(x) && (25..<135).contains(y) ? (drawing(x, y) * 20).rounded() + 100 : border
      }
    }
    for border in [0, 255] as [Float] {
      let found = stretch(framed(border))
      #expect(found.gain == 255.0 / 20 && found.middle == 110)
      #expect(found.luma(framed(border)).samples[0] == border)
    }
  }

  @Test func `a picture with one bright window stays as it is`() {
    let frame = plane(256, 256) { x, y in
      (90..<170).contains(x) && (100..<160).contains(y) ? drawing(x, y) * 255 : Float((x * 7 + y * 5) % 3)
    }
    #expect(stretch(frame, isLossy: true) == .none)
  }

  @Test func `one value, one pixel and none are as they are`() {
    for level in [0, 7, 255] as [Float] {
      #expect(stretch(plane(40, 30) { _, _ in level }) == .none)
      #expect(stretch(plane(1, 1) { _, _ in level }) == .none)
    }
    #expect(stretch(LumaPlane(width: 0, height: 0, samples: [])) == .none)
  }

  @Test func `colour is stretched about grey`() {
    let found = LevelStretch(found: (4, 20))
    let colour = found.colour(LumaPlane(width: 3, height: 1, samples: [128, 120, 200]))
    #expect(colour.samples == [128, 96, 255])
    #expect(found.luma(LumaPlane(width: 3, height: 1, samples: [20, 0, 255])).samples == [127.5, 47.5, 255])
  }

  @Test func `the picture that is seen has the levels of its stretched luma`() {
    let (width, height) = (120, 90)
    let pixels = (0..<height).flatMap { y in
      (0..<width).flatMap { x -> [UInt8] in
        let level = UInt8((drawing(x, y) * 25).rounded())
        return [level, level, level, 255]
      }
    }
    let image = DecodedImage(
      format: .png, width: width, height: height, bitsPerChannel: 8, orientation: .identity, pixels: pixels)
    let stretch = LevelStretch(LumaPlane(image), isLossy: false)
    #expect(stretch != .none)
    let (seen, expected) = (LumaPlane(image.seen()), stretch.luma(LumaPlane(image)))
    #expect(zip(seen.samples, expected.samples).allSatisfy { abs($0 - $1) <= 0.51 })
    #expect(image.seen().seen().pixels == image.seen().pixels)
  }
}
