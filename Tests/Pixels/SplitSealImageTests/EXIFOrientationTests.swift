import Testing

@testable import SplitSealImage

@Suite struct EXIFOrientationTests {
  @Test(arguments: Orientation.allCases, [false, true])
  func `a JPEG's orientation is read in both byte orders`(_ orientation: Orientation, _ bigEndian: Bool) throws {
    let settings = JPEGSettings(orientation: UInt16(orientation.rawValue), bigEndianEXIF: bigEndian)
    let image = try ImageDecoder.decode(jpeg(ramps(width: 9, height: 5, channels: 3), width: 9, height: 5, settings))
    #expect(image.orientation == orientation)
    #expect(image.width == 9 && image.height == 5)
  }

  @Test(arguments: [9, 0x0600, 0xFFFF] as [UInt16], [false, true])
  func `a value outside 1...8 is no orientation`(_ value: UInt16, _ bigEndian: Bool) throws {
    let settings = JPEGSettings(orientation: value, bigEndianEXIF: bigEndian)
    let file = jpeg(ramps(width: 8, height: 8, channels: 3), width: 8, height: 8, settings)
    #expect(try ImageDecoder.decode(file).orientation == .identity)
  }

  @Test(arguments: [true, false]) func `a PNG's orientation is read before and after the pixels`(_ before: Bool) throws
  {
    let file = png(noise(9, seed: 1), width: 3, height: 1)
    let position = before ? 33 : file.count - 12
    let oriented = Array(file[..<position]) + chunk("eXIf", tiff()) + Array(file[position...])
    #expect(try ImageDecoder.decode(oriented).orientation == .turn90)
    #expect(try ImageDecoder.decode(file).orientation == .identity)
  }

  @Test func `the tag is found among others`() {
    let make: [UInt8] = [0x0F, 0x01, 2, 0, 4, 0, 0, 0, 65, 66, 67, 0]
    #expect(orientation(ofEXIF: tiff(before: make)[...]) == .turn90)
  }

  @Test func `slices that do not begin at zero are read from their beginning`() {
    #expect(orientation(ofEXIF: ([7, 7, 7] + tiff())[3...]) == .turn90)
  }

  /// Each case changes bytes of a sound header: (offset, new bytes).
  @Test(
    arguments: [
      (0, Array("MM".utf8)), (2, [43]), (4, [0xFF, 0xFF, 0xFF, 0xFF]), (4, [30]), (8, [0, 0]), (12, [4]), (14, [0]),
      (14, [2]), (14, [1, 0, 0, 1]), (18, [0]), (18, [9]), (18, [6, 1]),
    ] as [(Int, [UInt8])]) func `an odd header is no orientation`(_ offset: Int, _ bytes: [UInt8])
  {
    var header = tiff()
    #expect(orientation(ofEXIF: header[...]) == .turn90)
    header.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    #expect(orientation(ofEXIF: header[...]) == .identity)
  }

  @Test func `no prefix and no changed byte crashes the reader`() {
    let header = tiff(before: [0x0F, 0x01, 2, 0, 4, 0, 0, 0, 65, 66, 67, 0])
    // The value's second byte is the last that counts.
    let end = 8 + 2 + 12 + 10
    for count in 0...header.count {
      #expect(orientation(ofEXIF: header.prefix(count)) == (count >= end ? .turn90 : .identity))
    }
    for index in header.indices {
      for value in UInt8.min...UInt8.max {
        var changed = header
        changed[index] = value
        #expect(Orientation.allCases.contains(orientation(ofEXIF: changed[...])))
      }
    }
  }

  @Test func `segments that are not EXIF, cut off or of senseless length do not crash the walk`() {
    let exif = [0xFF, 0xE1, 0, 34] + Array("Exif\0\0".utf8) + tiff()
    let other: [UInt8] = [0xFF, 0xE1, 0, 9] + Array("http://".utf8)
    let file: [UInt8] = [0xFF, 0xD8] + other + exif
    #expect(JPEGMarkers(file).exif == 23..<49)
    for count in 0...file.count {
      for tail: [UInt8] in [
        [], [0xFF], [0xFF, 0xE1], [0xFF, 0xE1, 0, 0], [0xFF, 0xE1, 0, 2], [0xFF, 0xE1, 0xFF, 0xFF],
      ] {
        let markers = JPEGMarkers(Array(file.prefix(count)) + tail)
        if let exif = markers.exif { #expect(exif.upperBound <= count + tail.count) }
      }
    }
    #expect(JPEGMarkers([0xFF, 0xD8, 0xFF, 0xDA] + exif).exif == nil)
  }

  /// A little-endian TIFF header whose one directory says 6, turned by 90 degrees.
  private func tiff(before: [UInt8] = []) -> [UInt8] {
    let count = UInt8(1 + before.count / 12)
    return Array("II*\0".utf8) + [8, 0, 0, 0, count, 0] + before + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
      + [0, 0, 0, 0]
  }
}
