import SplitSealBase
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealFingerprint

/// Pictures are fingerprinted and compared as a person sees them, whatever their files are like.
@Suite struct SeenPictureTests {
  /// What is kept of one file.
  private struct Kept {
    let fingerprint: Fingerprint
    let picture: ComparisonPicture
  }

  private func kept(_ file: [UInt8], includesPDQ: Bool = false) throws -> Kept {
    var fingerprinter = Fingerprinter(includesPDQ: includesPDQ)
    fingerprinter.keepsPicture = true
    let fingerprint = try #require(fingerprinter.outcome(of: file).fingerprint)
    let picture = try #require(fingerprinter.picture)
    #expect(try ComparisonPicture(ofFile: file, limits: ImageLimits()) == picture)
    return Kept(fingerprint: fingerprint, picture: picture)
  }

  /// A drawing of levels 0...1 with detail of many sizes.
  private func drawing(_ x: Int, _ y: Int) -> Double {
    func wave(_ place: Int, _ length: Int) -> Int { abs(place % (2 * length) - length) * 100 / length }
    let sum = wave(x + 20, 71) + wave(y, 53) + wave(x + y, 29) + (x / 37 + y / 41) % 3 * 60
    return Double(min(max(sum - 60, 0), 300)) / 300
  }

  private func grey(_ width: Int = 240, _ height: Int = 180, _ level: (Int, Int) -> Double) -> Bitmap {
    Bitmap(
      width: width, height: height, channels: 3,
      bytes: (0..<height).flatMap { y in
        (0..<width).flatMap { x in Array(repeating: UInt8(level(x, y).rounded()), count: 3) }
      })
  }

  /// Strokes with soft edges, 0...255, on nothing.
  private func stroke(_ x: Int, _ y: Int) -> Int {
    let distance = min(
      abs(x + y - 170), abs(2 * x - y - 90), abs((x - 120) * (x - 120) + (y - 90) * (y - 90) - 2500) / 60, abs(y - 40))
    return max(0, min(255, (7 - distance) * 85))
  }

  /// The strokes in one colour; what is transparent hides another.
  private func strokes(_ colour: [UInt8], hiding hidden: (Int, Int) -> [UInt8] = { _, _ in [0, 0, 0] }) -> Bitmap {
    let (width, height) = (240, 180)
    let bytes = (0..<height).flatMap { y in
      (0..<width).flatMap { x -> [UInt8] in
        let alpha = stroke(x, y)
        return (alpha == 0 ? hidden(x, y) : colour) + [UInt8(alpha)]
      }
    }
    return Bitmap(width: width, height: height, channels: 4, bytes: bytes)
  }

  private func flattened(_ colour: Int, on ground: Int) -> Bitmap {
    grey { x, y in
      let alpha = stroke(x, y)
      return Double((colour * alpha + ground * (255 - alpha) + 127) / 255)
    }
  }

  @Test func `a drawing on nothing is that which was flattened onto the ground on which it shows`() throws {
    for (colour, ground) in [(0, 255), (130, 255), (255, 0), (245, 0)] {
      let (clear, flat) = (
        try kept(strokes([UInt8](repeating: UInt8(colour), count: 3)).png(), includesPDQ: true),
        try kept(flattened(colour, on: ground).png(), includesPDQ: true)
      )
      #expect(!clear.fingerprint.descriptors.isPlain)
      #expect(clear.fingerprint.descriptors == flat.fingerprint.descriptors, "\(colour) on \(ground)")
      #expect(clear.fingerprint.pdq == flat.fingerprint.pdq)
      #expect(clear.picture == flat.picture)
      #expect(clear.fingerprint.properties == flat.fingerprint.properties)
      #expect(clear.fingerprint.pixels != flat.fingerprint.pixels)
    }
  }

  @Test func `colours under transparent pixels change the digest of the pixels and nothing else`() throws {
    let hidden: [(Int, Int) -> [UInt8]] = [
      { _, _ in [0, 0, 0] }, { _, _ in [255, 255, 255] },
      { x, y in [UInt8(self.drawing(x, y) * 255), UInt8(x % 256), UInt8(y)] },
    ]
    let all = try hidden.map { try kept(strokes([20, 40, 160], hiding: $0).png()) }
    #expect(Set(all.map(\.fingerprint.descriptors)).count == 1 && Set(all.map(\.picture)).count == 1)
    #expect(Set(all.map(\.fingerprint.properties)).count == 1)
    #expect(Set(all.map(\.fingerprint.pixels)).count == 3)
  }

  @Test func `other objects over one hidden picture are other pictures`() throws {
    let hidden: (Int, Int) -> [UInt8] = { x, y in Array(repeating: UInt8(self.drawing(x, y) * 255), count: 3) }
    let first = strokes([0, 0, 0], hiding: hidden)
    var second = first
    for y in 0..<180 {
      for x in 0..<240 {
        let isInside = (x - 60) * (x - 60) + 3 * (y - 120) * (y - 120) < 2000
        second.bytes.replaceSubrange(
          (y * 240 + x) * 4..<(y * 240 + x) * 4 + 4, with: isInside ? [0, 0, 0, 255] : hidden(x, y) + [0])
      }
    }
    let (a, b) = (try kept(first.png()).fingerprint, try kept(second.png()).fingerprint)
    #expect(try #require(a.descriptors.cosine(to: b.descriptors)) < 0.5)
  }

  @Test func `a palette with transparent colours is drawn as its colours`() throws {
    let hard = Bitmap(
      width: 240, height: 180, channels: 4,
      bytes: (0..<180).flatMap { y in
        (0..<240).flatMap { x in self.stroke(x, y) > 100 ? [30, 60, 90, 255] as [UInt8] : [7, 7, 7, 0] }
      })
    let (palette, direct) = (try kept(hard.transparentPalettePNG()), try kept(hard.png()))
    #expect(palette.fingerprint.pixels == direct.fingerprint.pixels)
    #expect(palette.picture == direct.picture && !palette.fingerprint.descriptors.isPlain)
  }

  @Test func `a picture that is half transparent all over is paler, and its copy on white is the same`() throws {
    let bytes = (0..<180).flatMap { y in
      (0..<240).flatMap { x -> [UInt8] in Array(repeating: UInt8(self.drawing(x, y) * 255), count: 3) + [128] }
    }
    let pale = grey { x, y in
      let level = Int(self.drawing(x, y) * 255)
      return Double((level * 128 + 255 * 127 + 127) / 255)
    }
    let (clear, flat) = (
      try kept(Bitmap(width: 240, height: 180, channels: 4, bytes: bytes).png()), try kept(pale.png())
    )
    #expect(clear.picture == flat.picture)
    #expect(clear.fingerprint.descriptors == flat.fingerprint.descriptors)
  }

  @Test func `16 bits that are 8 bits are the same picture under another digest`() throws {
    let picture = grey { x, y in self.drawing(x, y) * 200 + 20 }
    let (narrow, wide) = (try kept(picture.png()), try kept(picture.greyPNG16(times: 257)))
    #expect(narrow.fingerprint.descriptors == wide.fingerprint.descriptors && narrow.picture == wide.picture)
    #expect(narrow.fingerprint.properties == wide.fingerprint.properties)
    #expect(narrow.fingerprint.pixels != wide.fingerprint.pixels)
  }

  /// Of all bits from 8 on, and on a pedestal as that of computed tomography.
  @Test(arguments: [(1, 0), (4, 0), (16, 0), (4, 32_000)])
  func `few of 16 bits are the picture of all of them`(_ step: Int, _ offset: Int) throws {
    let picture = grey { x, y in self.drawing(x, y) * 255 }
    let (whole, few) = (try kept(picture.png()), try kept(picture.greyPNG16(times: step, plus: offset)))
    #expect(!few.fingerprint.descriptors.isPlain)
    #expect(try #require(whole.fingerprint.descriptors.cosine(to: few.fingerprint.descriptors)) > 0.999)
    // Brightness is that of the file: a viewer shows it nearly black.
    let brightness = (whole.fingerprint.properties.brightness * Double(step) + Double(offset)) / 257
    #expect(abs(few.fingerprint.properties.brightness - brightness) < 0.02)
  }

  @Test func `a mask of 0 and 1 is the picture of 0 and 255, and one of 0, 1, 2 that of 0, 2, 4`() throws {
    func mask(_ highest: Double, times step: Double) throws -> Kept {
      try kept(grey { x, y in (self.drawing(x, y) * highest).rounded() * step }.png())
    }
    for (a, b) in [(try mask(1, times: 1), try mask(1, times: 255)), (try mask(2, times: 1), try mask(2, times: 2))] {
      #expect(a.fingerprint.descriptors == b.fingerprint.descriptors && a.picture == b.picture)
      #expect(!a.fingerprint.descriptors.isPlain)
      #expect(a.fingerprint.pixels != b.fingerprint.pixels)
    }
  }

  @Test(arguments: [(30.0, 0.0), (16.0, 0.0), (30.0, 100.0), (40.0, 200.0)])
  func `a dark or flat JPEG is the picture that somebody made brighter`(_ range: Double, _ least: Double) throws {
    let bright = try kept(grey { x, y in self.drawing(x, y) * 220 + 15 }.jpeg())
    let dark = try kept(grey { x, y in self.drawing(x, y) * range + least }.jpeg())
    #expect(try #require(bright.fingerprint.descriptors.cosine(to: dark.fingerprint.descriptors)) > 0.95)
    #expect(dark.fingerprint.properties.contrast < range / 2)
  }

  @Test func `blank pages with noise, single colours and single pixels show too little`() throws {
    var random = SplitMix64(seed: 3)
    let noise = grey { _, _ in Double(240 + random.next() >> 11 % 6) }
    let files = [
      noise.png(), noise.jpeg(), grey { _, _ in 3 }.png(), grey { _, _ in 3 }.jpeg(), grey(1, 1) { _, _ in 7 }.png(),
      noise.greyPNG16(times: 2),
    ]
    for (number, file) in files.enumerated() {
      #expect(try kept(file).fingerprint.descriptors.isPlain, "file \(number)")
    }
  }

  @Test func `the preview is the picture that is compared`() throws {
    let faint = grey { x, y in self.drawing(x, y) * 5 }.png()
    let strong = grey { x, y in (self.drawing(x, y) * 5).rounded() * 51 }.png()
    for (a, b) in [(faint, strong), (strokes([0, 0, 0]).png(), flattened(0, on: 255).png())] {
      #expect(
        Preview(try ImageDecoder.decode(a), longestSide: 100) == Preview(try ImageDecoder.decode(b), longestSide: 100))
      #expect(try kept(a).picture == kept(b).picture)
    }
  }
}
