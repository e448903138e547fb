import SplitSealImage
import Testing

/// Files that are cut off or changed: a fault, or at worst other pixels, and never a crash.
@Suite struct DamagedImageTests {
  struct Fixture: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
  }

  static let jpegs: [Fixture] = {
    func made(_ name: String, _ settings: JPEGSettings) -> Fixture {
      let source = ramps(width: 40, height: 24, channels: settings.space.channels)
      return Fixture(testDescription: name, bytes: jpeg(source, width: 40, height: 24, settings))
    }
    return [
      made("baseline", JPEGSettings(quality: 60, sampling: (2, 2), orientation: 6)),
      made("progressive", JPEGSettings(quality: 60, sampling: (2, 1), progressive: true)),
      made("restart markers", JPEGSettings(quality: 60, restartInterval: 1)),
      made("YCCK", JPEGSettings(space: .ycck, quality: 60)),
      made("grey", JPEGSettings(space: .grey, quality: 60, progressive: true, orientation: 3, bigEndianEXIF: true)),
    ]
  }()

  static let pngs: [Fixture] = [
    Fixture(testDescription: "RGB", bytes: png(noise(12 * 9 * 3, seed: 1), width: 12, height: 9)),
    Fixture(
      testDescription: "interlaced 16-bit RGBA",
      bytes: png(
        noise(5 * 4 * 8, seed: 2), width: 5, height: 4, PNGSettings(colour: .rgba, bitDepth: 16, interlaced: true))),
    Fixture(
      testDescription: "palette with tRNS",
      bytes: png(
        noise(8 * 2, seed: 3), width: 8, height: 8,
        PNGSettings(colour: .palette, bitDepth: 2, palette: noise(12, seed: 4), paletteAlpha: [0, 9]))),
  ]

  @Test(arguments: jpegs) func `every prefix of a JPEG is truncated`(_ fixture: Fixture) throws {
    #expect(fault(of: fixture.bytes) == nil)
    for count in 0..<fixture.bytes.count {
      let fault = fault(of: Array(fixture.bytes.prefix(count)))
      switch count {
      case 0: #expect(fault == .empty)
      case 1...2: #expect(fault == .notAnImage)
      default: #expect(fault?.kind == "truncated", "\(count) of \(fixture.bytes.count) bytes")
      }
    }
  }

  /// Bytes of the chunk that ends a PNG and holds nothing.
  private static let endByteCount = 12

  @Test(arguments: pngs) func `every prefix of a PNG is truncated, as long as pixels are missing`(
    _ fixture: Fixture
  ) throws {
    let whole = try ImageDecoder.decode(fixture.bytes).pixels
    for count in 0..<fixture.bytes.count {
      let prefix = Array(fixture.bytes.prefix(count))
      guard count < fixture.bytes.count - Self.endByteCount else {
        #expect(try ImageDecoder.decode(prefix).pixels == whole, "\(count) of \(fixture.bytes.count) bytes")
        continue
      }
      let fault = fault(of: prefix)
      switch count {
      case 0: #expect(fault == .empty)
      case 1...7: #expect(fault == .notAnImage)
      default: #expect(fault?.kind == "truncated", "\(count) of \(fixture.bytes.count) bytes")
      }
    }
  }

  /// Check sums cover every byte of a PNG but the lengths, and a wrong length moves a check sum.
  ///
  /// The end says nothing of the picture: where it is not known as such the file is one without it.
  @Test(arguments: pngs) func `no byte of a PNG can change unnoticed, but for its end`(_ fixture: Fixture) {
    for index in fixture.bytes.indices.dropLast(Self.endByteCount) {
      for mask: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
        var bytes = fixture.bytes
        bytes[index] ^= mask
        #expect(fault(of: bytes) != nil, "byte \(index) ^ \(mask)")
      }
    }
  }

  /// JPEG has no check sums, so that a changed byte may give another picture.
  ///
  /// What comes back must be a whole one.
  @Test(arguments: jpegs) func `a JPEG with a changed byte gives a fault or a whole picture`(_ fixture: Fixture) throws
  {
    var faultCount = 0
    // Small limits, as a changed header may declare 65,535 rows.
    var limits = ImageLimits()
    limits.maximumPixelCount = 1 << 14
    for index in fixture.bytes.indices {
      for mask: UInt8 in [0x01, 0x10, 0x80, 0xFF] {
        var bytes = fixture.bytes
        bytes[index] ^= mask
        do throws(ImageFault) {
          let image = try ImageDecoder.decode(bytes, limits: limits)
          #expect(image.pixels.count == image.width * image.height * 4)
          let plane = LumaPlane(image, reducedBy: 3)
          #expect(plane.samples.allSatisfy { (0...255).contains($0) })
        } catch { faultCount += 1 }
      }
    }
    #expect(faultCount > fixture.bytes.count / 4)
  }

  @Test func `a JPEG without its end marker is truncated though every row is there`() {
    let file = Self.jpegs[0].bytes
    #expect(file.suffix(2) == [0xFF, 0xD9])
    #expect(fault(of: Array(file.dropLast(2)))?.kind == "truncated")
  }

  /// libjpeg alone fills the missing rows with grey and warns.
  @Test func `a JPEG whose data ends at an early end marker is corrupt`() {
    let file = Self.jpegs[0].bytes
    let cut = Array(file[..<(file.count - 40)]) + [0xFF, 0xD9]
    #expect(fault(of: cut)?.kind == "corrupt")
  }

  @Test func `a PNG with a wrong check sum over its pixels is corrupt though every chunk is sound`() throws {
    // A stored deflate block of one black pixel: filter byte, one grey byte, and an Adler-32 sum that is off by one.
    let stream: (UInt8) -> [UInt8] = { [0x78, 0x01, 0x01, 0x02, 0x00, 0xFD, 0xFF, 0x00, 0x00, 0x00, 0x02, 0x00, $0] }
    let file: (UInt8) -> [UInt8] = {
      [0x89] + Array("PNG\r\n\u{1A}\n".utf8) + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
        + chunk("IDAT", stream($0)) + chunk("IEND", [])
    }
    #expect(try ImageDecoder.decode(file(1)).pixels == [0, 0, 0, 255])
    #expect(fault(of: file(2))?.kind == "corrupt")
  }

  @Test func `a text with a wrong check sum is skipped, anything that could matter is not`() throws {
    let (file, whole) = (Self.pngs[2].bytes, try ImageDecoder.decode(Self.pngs[2].bytes).pixels)
    let data = try #require(file.firstRange(of: Array("IDAT".utf8))).lowerBound - 4
    func inserting(_ type: String) -> [UInt8] {
      var bad = chunk(type, Array("k\0v".utf8))
      bad[bad.count - 1] ^= 1
      return Array(file[..<data]) + bad + file[data...]
    }
    for type in ["tEXt", "zTXt", "iTXt", "tIME", "iCCP", "eXIf", "pHYs"] {
      let image = try ImageDecoder.decode(inserting(type))
      #expect(image.pixels == whole, "\(type)")
      #expect(image.repairs == .checkSum, "\(type)")
    }
    for type in ["tRNs", "uRNS", "abCd", "PLTe", "idAT"] {
      #expect(fault(of: inserting(type))?.kind == "corrupt", "\(type)")
    }
  }

  @Test func `a PNG without its end is read, and so is one that is damaged twice, and both are told`() throws {
    let file = Self.pngs[2].bytes
    let whole = try ImageDecoder.decode(file)
    #expect(whole.repairs == [])
    for missing in [1, 4, 12] {
      let image = try ImageDecoder.decode(Array(file.dropLast(missing)))
      #expect(image.pixels == whole.pixels)
      #expect(image.repairs == .end)
      #expect(image.repairs.reasons == ["no IEND chunk at the end"])
    }
    var text = chunk("tEXt", Array("k\0v".utf8))
    text[text.count - 1] ^= 1
    #expect(try ImageDecoder.decode(Array(file.dropLast(12)) + text).repairs == [.checkSum, .end])
  }

  @Test func `faults speak in one voice`() throws {
    let reason = try #require(fault(of: Array(Self.jpegs[0].bytes.dropLast(60)))).description
    #expect(reason == "truncated: premature end of JPEG file")
    var bytes = Self.pngs[0].bytes
    bytes[bytes.count - 13] ^= 1  // The check sum of the pixels, before the twelve bytes of IEND.
    #expect(try #require(fault(of: bytes)).description == "corrupt: IDAT: CRC error")
  }
}
