import SplitSealImage
import Testing

@Suite struct ImageFormatTests {
  static let signatures: [(String, [UInt8], ImageFormat)] = [
    ("JFIF", [0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
    ("PNG", [0x89] + Array("PNG\r\n\u{1A}\n".utf8), .png),
    ("WebP", Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8), .webp),
    ("GIF87a", Array("GIF87a".utf8), .gif),
    ("GIF89a", Array("GIF89a".utf8), .gif),
    ("TIFF, little-endian", Array("II*\0".utf8), .tiff),
    ("TIFF, big-endian", Array("MM\0*".utf8), .tiff),
    ("BigTIFF, little-endian", Array("II+\0".utf8), .tiff),
    ("BigTIFF, big-endian", Array("MM\0+".utf8), .tiff),
    ("BMP", Array("BM".utf8) + [UInt8](repeating: 9, count: 12) + [40, 0, 0, 0], .bmp),
    ("HEIC", [0, 0, 0, 24] + Array("ftypheic\0\0\0\0mif1heic".utf8), .heic),
    ("HEIC sequence", [0, 0, 0, 20] + Array("ftyphevc\0\0\0\0msf1".utf8), .heic),
    ("HEIF of no named codec", [0, 0, 0, 20] + Array("ftypmif1\0\0\0\0mif1".utf8), .heic),
    ("AVIF", [0, 0, 0, 20] + Array("ftypavif\0\0\0\0avif".utf8), .avif),
    ("AVIF sequence", [0, 0, 0, 20] + Array("ftypavis\0\0\0\0avif".utf8), .avif),
    ("AVIF under the container's brand", [0, 0, 0, 24] + Array("ftypmif1\0\0\0\0mif1avif".utf8), .avif),
  ]

  @Test(arguments: signatures) func `a format is told by its first bytes`(
    _ name: String, _ bytes: [UInt8], _ format: ImageFormat
  ) {
    #expect(ImageFormat(sniffing: bytes) == format)
    #expect(ImageFormat(sniffing: bytes + [UInt8](repeating: 0xAB, count: 100)) == format)
  }

  @Test(arguments: [
    "", "B", "BM", "BMW is a maker of cars, and this is text", "\u{89}PNG", "GIF88a", "RIFF....WAVE", "II", "<svg>",
    "....ftypisom....mif1", "....ftyp", "path,split\na.jpg,train",
  ]) func `what begins otherwise is of no known format`(_ text: String) {
    #expect(ImageFormat(sniffing: Array(text.utf8)) == nil)
  }

  @Test func `brands behind the end of the box do not count`() {
    #expect(ImageFormat(sniffing: [0, 0, 0, 16] + Array("ftypmif1\0\0\0\0avif".utf8)) == .heic)
    #expect(ImageFormat(sniffing: [0, 0, 0, 8] + Array("ftypavif\0\0\0\0avif".utf8)) == nil)
  }

  @Test(arguments: [ImageFormat.webp, .gif, .tiff, .bmp, .heic, .avif])
  func `a format without a decoder is named, not called corrupt`(_ format: ImageFormat) throws {
    let bytes = try #require(Self.signatures.first { $0.2 == format }).1
    #expect(fault(of: bytes) == .unsupported(format, detail: nil))
  }
}
