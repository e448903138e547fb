import SplitSealTestSupport
import Testing

@testable import SplitSealImage

/// The images that Tests/fuzz.sh starts from are drawn here: noise of a few pixels, one for each way of coding.
@Suite struct ImageCorpusTests {
  private static let rgb = png(noise(16 * 16 * 3, seed: 1), width: 16, height: 16)

  private static var pngs: [(name: String, bytes: [UInt8])] {
    func drawn(_ settings: PNGSettings, side: Int = 16, seed: UInt64) -> [UInt8] {
      let rowLength = (side * settings.colour.channels * settings.bitDepth + 7) / 8
      return png(noise(side * rowLength, seed: seed), width: side, height: side, settings)
    }
    var text = chunk("tEXt", Array("k\0v".utf8))
    text[text.count - 1] ^= 1
    return [
      ("rgb.png", rgb), ("alpha.png", drawn(PNGSettings(colour: .rgba), seed: 2)),
      ("bits.png", drawn(PNGSettings(colour: .grey, bitDepth: 1), seed: 3)),
      ("grey16.png", drawn(PNGSettings(colour: .grey, bitDepth: 16), side: 8, seed: 4)),
      (
        "palette.png",
        drawn(
          PNGSettings(colour: .palette, palette: noise(768, seed: 5), paletteAlpha: noise(20, seed: 6)), seed: 7)
      ),
      ("interlaced.png", drawn(PNGSettings(colour: .rgb, interlaced: true, transparent: (1, 2, 3)), seed: 8)),
      ("no-end.png", Array(rgb.dropLast(12))),
      ("check-sum.png", Array(rgb.prefix(33)) + text + rgb.dropFirst(33)),
    ]
  }

  private static var jpegs: [(name: String, bytes: [UInt8])] {
    func drawn(_ settings: JPEGSettings, seed: UInt64) -> [UInt8] {
      jpeg(noise(24 * 24 * settings.space.channels, seed: seed), width: 24, height: 24, settings)
    }
    return [
      ("baseline.jpg", drawn(JPEGSettings(quality: 60, sampling: (2, 2)), seed: 11)),
      ("progressive.jpg", drawn(JPEGSettings(quality: 60, progressive: true), seed: 12)),
      ("cmyk.jpg", drawn(JPEGSettings(space: .cmyk, quality: 40), seed: 13)),
      ("exif.jpg", drawn(JPEGSettings(space: .grey, quality: 60, orientation: 6, bigEndianEXIF: true), seed: 14)),
      ("restart.jpg", drawn(JPEGSettings(quality: 60, restartInterval: 1), seed: 15)),
    ]
  }

  /// A picture of another format: two pixels, black and white.
  private static let gif: [UInt8] =
    Array("GIF87a".utf8) + [2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
    + [0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0A, 0, 0x3B]

  @Test func `the images of the corpus are those that are drawn here`() throws {
    for (name, bytes) in Self.pngs + Self.jpegs + [("gif.gif", Self.gif)] {
      let file = CorpusFile("image/\(name)")
      if CorpusFile.isWritten {
        try file.write(bytes)
        continue
      }
      // Other versions of the codecs write other bytes of the same picture.
      if name.hasSuffix(".jpg") {
        let (kept, drawn) = (try ImageDecoder.decode(file.bytes()), try ImageDecoder.decode(bytes))
        #expect((kept.width, kept.height) == (drawn.width, drawn.height), "\(name)")
        #expect(kept.orientation == drawn.orientation, "\(name)")
      } else if name.hasSuffix(".png") {
        let (kept, drawn) = (try ImageDecoder.decode(file.bytes()), try ImageDecoder.decode(bytes))
        #expect(kept.pixels == drawn.pixels && kept.repairs == drawn.repairs, "\(name)")
      } else {
        #expect(try file.bytes() == bytes, "\(name)")
      }
    }
    if CorpusFile.isWritten { Issue.record("the corpus was written anew, not compared") }
  }
}
