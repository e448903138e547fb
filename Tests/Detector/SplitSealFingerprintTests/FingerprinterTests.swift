import SplitSealBase
import SplitSealImage
import Testing

@testable import SplitSealFingerprint

@Suite struct FingerprinterTests {
  private let bands = Bitmap.bands(width: 90, height: 60)

  private func fingerprint(_ bytes: [UInt8]) throws -> Fingerprint {
    var fingerprinter = Fingerprinter(includesPDQ: true)
    return try #require(fingerprinter.outcome(of: bytes).fingerprint)
  }

  @Test func `one picture in four PNG files has one pixel digest and four content digests`() throws {
    let files = [
      bands.png(), bands.palettePNG(), bands.png(interlaced: true), bands.png(compressionLevel: 0),
    ]
    let fingerprints = try files.map(fingerprint)
    #expect(Set(fingerprints.map(\.pixels)).count == 1)
    #expect(Set(fingerprints.map(\.pdq)).count == 1)
    #expect(Set(fingerprints.map(\.content.sha256)).count == 4)
    #expect(Set(fingerprints.map(\.content.xxh3)).count == 4)
    #expect(fingerprints.map(\.content.byteCount) == files.map(\.count))
  }

  @Test func `one sample that is one step brighter makes another picture`() throws {
    var brighter = bands
    brighter.bytes[0] += 1
    #expect(try fingerprint(bands.png()).pixels != fingerprint(brighter.png()).pixels)
  }

  @Test func `the same samples in rows of another length are another picture`() throws {
    var wider = bands
    (wider.width, wider.height) = (bands.height, bands.width)
    #expect(try fingerprint(bands.png()).pixels != fingerprint(wider.png()).pixels)
  }

  @Test func `a JPEG under other metadata is the same picture`() throws {
    let (a, b) = (try fingerprint(bands.jpeg()), try fingerprint(bands.jpeg(exifOrientation: 1)))
    #expect(a.pixels == b.pixels && a.descriptors == b.descriptors)
    #expect(a.content.sha256 != b.content.sha256)
  }

  @Test func `the PNG of a JPEG's decoded pixels has the same PDQ and other codings have other digests`() throws {
    let jpeg = bands.jpeg()
    let decoded = try ImageDecoder.decode(jpeg)
    let png = Bitmap(width: decoded.width, height: decoded.height, channels: 4, bytes: decoded.pixels).png()
    let (a, b) = (try fingerprint(jpeg), try fingerprint(png))
    #expect(a.pdq == b.pdq && a.pixels != b.pixels)
    #expect(a.format == .jpeg && b.format == .png)
    #expect(a.content.sha256 != b.content.sha256)
  }

  @Test func `a plain picture has the digest of its pixels, whatever it is coded as`() throws {
    let grey = Bitmap(width: 90, height: 60, channels: 3, bytes: Array(repeating: 120, count: 90 * 60 * 3))
    let decoded = try ImageDecoder.decode(grey.jpeg())
    let png = Bitmap(width: 90, height: 60, channels: 4, bytes: decoded.pixels).png()
    let (a, b) = (try fingerprint(grey.jpeg()), try fingerprint(png))
    #expect(a.descriptors.isPlain && a.pixels == b.pixels)
  }

  @Test(arguments: Orientation.allCases)
  func `a JPEG that EXIF turns is hashed as the upright PNG of the turned pixels`(orientation: Orientation) throws {
    let stored = try ImageDecoder.decode(bands.jpeg())
    let upright = Bitmap(width: 90, height: 60, channels: 4, bytes: stored.pixels).moved(orientation)
    let (a, b) = (
      try fingerprint(bands.jpeg(exifOrientation: orientation.rawValue)), try fingerprint(upright.png())
    )
    #expect(a.pdq == b.pdq)
    // Width and height are those that a person sees.
    let isTurned = orientation.rawValue >= 5
    #expect(a.width == (isTurned ? 60 : 90) && a.height == (isTurned ? 90 : 60))
    #expect((a.pixels == (try fingerprint(bands.jpeg()).pixels)) == (orientation == .identity))
  }

  @Test(arguments: [Bitmap.bands(width: 90, height: 60).jpeg(), Bitmap.bands(width: 90, height: 60).png()])
  func `a truncated file is unreadable, and its bytes are still known`(file: [UInt8]) {
    let half = Array(file.prefix(file.count / 2))
    var fingerprinter = Fingerprinter()
    let outcome = fingerprinter.outcome(of: half)
    #expect(outcome.fingerprint == nil)
    #expect(outcome.fault?.kind == "truncated")
    #expect(outcome.content?.byteCount == file.count / 2)
    #expect(outcome.content == ContentDigest(of: half))
  }

  /// The digest is that of `sha256sum`.
  @Test func `a file that holds no more than PNG's signature is unreadable under its SHA-256`() {
    var fingerprinter = Fingerprinter()
    let outcome = fingerprinter.outcome(of: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(outcome.fault?.kind == "truncated")
    #expect(
      outcome.content?.sha256.description == "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6")
  }

  @Test func `bytes of no image and no bytes are unreadable, each by its name`() {
    var fingerprinter = Fingerprinter()
    #expect(fingerprinter.outcome(of: Array("path,split\n".utf8)).fault == .notAnImage)
    #expect(fingerprinter.outcome(of: []).fault == .empty)
  }

  @Test func `an image over the limit is unreadable`() {
    var limits = ImageLimits()
    limits.maximumPixelCount = 90 * 60 - 1
    var fingerprinter = Fingerprinter(limits: limits)
    #expect(
      fingerprinter.outcome(of: bands.png()).fault == .tooManyPixels(width: 90, height: 60, limit: 90 * 60 - 1))
  }

  @Test func `PDQ is computed where it is asked for, and changes nothing else`() throws {
    var (with, without) = (Fingerprinter(includesPDQ: true), Fingerprinter())
    let (a, b) = (
      try #require(with.outcome(of: bands.jpeg()).fingerprint),
      try #require(without.outcome(of: bands.jpeg()).fingerprint)
    )
    #expect(a.pdq != nil && b.pdq == nil)
    #expect(a.pixels == b.pixels && a.descriptors == b.descriptors && a.content == b.content)
  }

  @Test func `a picture that is kept is the one that would be decoded again, and changes no fingerprint`() throws {
    for file in [bands.jpeg(), bands.jpeg(exifOrientation: 6), bands.png()] {
      var (keeping, plain) = (Fingerprinter(), Fingerprinter())
      keeping.keepsPicture = true
      #expect(keeping.outcome(of: file) == plain.outcome(of: file))
      #expect(plain.picture == nil)
      let (kept, again) = (try #require(keeping.picture), try ComparisonPicture(ofFile: file, limits: ImageLimits()))
      #expect(kept == again)
      _ = keeping.outcome(of: Array(file.prefix(20)))
      #expect(keeping.picture == nil)
    }
  }

  @Test func `small pictures are kept as they are, others in 18 KB`() throws {
    func picture(_ width: Int, _ height: Int) throws -> ComparisonPicture {
      var fingerprinter = Fingerprinter()
      fingerprinter.keepsPicture = true
      _ = fingerprinter.outcome(of: Bitmap.bands(width: width, height: height).jpeg())
      return try #require(fingerprinter.picture)
    }
    let (small, large) = (try picture(32, 32), try picture(640, 480))
    #expect(small.isSmall && !large.isSmall)
    #expect(small.byteCount <= 3 * 32 * 32 + 96)
    #expect(large.byteCount == 128 * 128 + 2 * 32 * 32 + 96)
    var values: [Float] = []
    small.fill(&values)
    let first = values
    large.fill(&values)
    #expect(values != first && values.allSatisfy { (-128...255).contains($0) })
    small.fill(&values)
    #expect(values == first)
  }

  @Test func `a fingerprinter remembers nothing of the files before`() throws {
    var used = Fingerprinter(includesPDQ: true)
    _ = used.outcome(of: Bitmap.bands(width: 300, height: 200).jpeg())
    _ = used.outcome(of: Array(bands.jpeg().prefix(300)))
    #expect(try used.outcome(of: bands.png()).fingerprint == fingerprint(bands.png()))
  }

  @Test func `pixels are averaged above 1,024 on the shorter side only, and 512 or more are left`() {
    for side in 1...6_000 {
      let reduction = LumaPlane.reduction(width: side, height: 6_000)
      #expect(reduction == LumaPlane.reduction(width: 6_000, height: side))
      #expect((reduction == 1) == (side <= 1_024))
      #expect(reduction == 1 || side / reduction >= 512)
    }
  }
}
