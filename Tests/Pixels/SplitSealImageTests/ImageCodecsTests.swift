import Testing

@testable import SplitSealImage

/// The catalogue of formats and codecs.
@Suite struct ImageCodecsTests {
  @Test func `a format's description is that of the format`() {
    for format in ImageFormat.allCases { #expect(ImageFormats.description(of: format).format == format) }
    #expect(ImageFormats.all.map(\.format) == ImageFormat.allCases)
  }

  /// The numbers that docs/shards.md lists.
  @Test func `numbers of formats in coded files stay what they are`() {
    let numbers: [ImageFormat: UInt8] = [
      .jpeg: 0, .png: 1, .webp: 2, .gif: 3, .tiff: 4, .bmp: 5, .heic: 6, .avif: 7,
    ]
    for format in ImageFormat.allCases { #expect(format.wireCode == numbers[format], "\(format)") }
  }

  @Test(arguments: ImageFormatTests.signatures)
  func `first bytes are those of one format only, so that the order in which formats are tried does not matter`(
    _ name: String, _ bytes: [UInt8], _ format: ImageFormat
  ) {
    #expect(ImageFormats.all.filter { $0.recognises(FileStart(bytes)) }.map(\.format) == [format])
  }

  @Test func `formats are decoded that have a codec`() {
    #expect(ImageDecoder.formats == [.jpeg, .png])
    #expect(ImageDecoder.fileExtensions == ["jpg", "jpeg", "png"])
    #expect(ImageDecoder.libraries == "\(JPEGCodec().libraryVersion), \(PNGCodec().libraryVersion)")
  }

  @Test func `JPEG alone is lossy and holds luma by itself`() {
    #expect(ImageFormat.allCases.filter(\.isLossy) == [.jpeg])
    #expect(ImageFormat.allCases.filter(\.holdsLuma) == [.jpeg])
  }
}
