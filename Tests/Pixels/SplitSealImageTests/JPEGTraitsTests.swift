import Testing

@testable import SplitSealImage

@Suite struct JPEGTraitsTests {
  private func traits(_ settings: JPEGSettings) throws -> JPEGTraits {
    let pixels = ramps(width: 40, height: 24, channels: settings.space.channels)
    return try #require(ImageMetadata(ofFile: jpeg(pixels, width: 40, height: 24, settings)).jpeg)
  }

  /// libjpeg writes the tables.
  @Test(arguments: 1...100) func `the quality of a file that libjpeg wrote is told`(quality: Int) throws {
    #expect(try traits(JPEGSettings(quality: Int32(quality))).quality == quality)
    #expect(try traits(JPEGSettings(space: .grey, quality: Int32(quality), progressive: true)).quality == quality)
  }

  /// By hand: at quality 100 all are 1, and 99 has larger ones; at quality 1 all are 255.
  @Test func `tables that libjpeg does not write get the quality of the nearest`() {
    let flat = Array(repeating: UInt16(1), count: 64)
    #expect(JPEGQuality.nearest(toZigzagLuma: flat) == 100)
    #expect(JPEGQuality.nearest(toZigzagLuma: [2] + flat.dropFirst()) == 100)
    #expect(JPEGQuality.nearest(toZigzagLuma: Array(repeating: 255, count: 64)) == 1)
    #expect(JPEGQuality.nearest(toZigzagLuma: Array(repeating: 65_535, count: 64)) == 1)
  }

  @Test(
    arguments: [
      ((1, 1), .full), ((2, 1), .halfAcross), ((2, 2), .halfBoth), ((1, 2), .halfDown), ((4, 1), .quarterAcross),
      ((4, 2), .quarterAcrossHalfDown), ((1, 4), .other), ((3, 1), .other),
    ] as [((Int32, Int32), ChromaSubsampling)])
  func `the subsampling is told by its usual name`(_ sampling: (Int32, Int32), _ name: ChromaSubsampling) throws {
    #expect(try traits(JPEGSettings(sampling: sampling)).subsampling == name)
    #expect(try traits(JPEGSettings(sampling: sampling, progressive: true)).subsampling == name)
  }

  @Test func `grey, RGB, CMYK and YCCK have a subsampling, too`() throws {
    #expect(try traits(JPEGSettings(space: .grey)).subsampling == .grey)
    #expect(try traits(JPEGSettings(space: .rgb)).subsampling == .full)
    #expect(try traits(JPEGSettings(space: .cmyk)).subsampling == .full)
    #expect(try traits(JPEGSettings(space: .ycck, sampling: (2, 2))).subsampling == .halfBoth)
  }

  @Test func `progressive files are told from others`() throws {
    #expect(try traits(JPEGSettings(progressive: true)).isProgressive)
    #expect(try !traits(JPEGSettings()).isProgressive)
  }

  @Test func `the quantisers are those of all components, in order`() throws {
    let (a, b) = (try traits(JPEGSettings(quality: 75)), try traits(JPEGSettings(quality: 76)))
    #expect(a.quantisers.count == 3 * 128 && a.quantisers != b.quantisers)
    // Table K.1 at quality 75, half of 16, 11, 12 and 14 rounded up, and of K.2's 17 and 18.
    #expect(a.quantisers.prefix(8) == [0, 8, 0, 6, 0, 6, 0, 7])
    #expect(a.quantisers[128..<132] == [0, 9, 0, 9])
    #expect(try traits(JPEGSettings(space: .grey)).quantisers.count == 128)
  }

  @Test func `no cut and no changed byte of a header crashes the reader`() {
    let file = jpeg(ramps(width: 8, height: 8, channels: 3), width: 8, height: 8, JPEGSettings(sampling: (2, 2)))
    let header = Array(file.prefix(700))
    for count in 0...header.count { _ = ImageMetadata(ofFile: Array(header.prefix(count))) }
    for index in header.indices {
      for value in [UInt8(0), 1, 4, 0x10, 0x7F, 0x80, 0xFE, 0xFF] {
        var changed = header
        changed[index] = value
        if let jpeg = ImageMetadata(ofFile: changed).jpeg { #expect((1...100).contains(jpeg.quality)) }
      }
    }
  }

  @Test func `without a frame or with a table missing there is nothing to tell`() throws {
    let file = jpeg(ramps(width: 8, height: 8, channels: 3), width: 8, height: 8)
    let table = try #require(file.indices.first { file[$0] == 0xFF && file[$0 + 1] == 0xDB })
    var changed = file
    changed[table + 1] = 0xFE
    #expect(ImageMetadata(ofFile: changed).jpeg == nil)
    #expect(ImageMetadata(ofFile: Array(file.prefix(20))).jpeg == nil)
  }
}
