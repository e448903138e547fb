import SplitSealBase
import Testing

@testable import SplitSealImage

@Suite struct EXIFDetailsTests {
  @Test(arguments: [false, true])
  func `camera and time are read in both byte orders`(isBigEndian: Bool) {
    let block = EXIFBlock(
      isBigEndian: isBigEndian,
      first: [.text(0x010F, "ACME"), .text(0x0110, "Eye 9"), .text(0x0132, "2020:01:01 00:00:00")],
      exif: [.text(0x9003, "2024:02:29 23:59:58"), .text(0x9291, "25")])
    let details = EXIFDetails(block.bytes[...])
    #expect(details.camera == "ACME Eye 9")
    // Python: datetime(2024, 2, 29, 23, 59, 58, tzinfo=utc).timestamp() is 1709251198.
    #expect(details.captureTime == 1_709_251_198_250)
  }

  @Test(
    arguments: [
      ("Canon", "Canon EOS 5D", "Canon EOS 5D"), ("NIKON CORPORATION", "NIKON D90", "NIKON CORPORATION NIKON D90"),
      ("canon", "CANON X", "CANON X"), ("  ACME \0junk", " Eye\t", "ACME Eye"), ("", "Eye", "Eye"),
      ("ACME", "", "ACME"),
      ("Ap\u{1B}[31m", "x", "Ap?[31m x"), ("Ä", "", "??"), ("", "", nil), ("   ", "\t", nil),
    ] as [(String, String, String?)])
  func `a camera is make and model, trimmed and printable`(_ make: String, _ model: String, _ camera: String?) {
    let block = EXIFBlock(first: [.text(0x010F, make), .text(0x0110, model)])
    #expect(EXIFDetails(block.bytes[...]).camera == camera)
  }

  @Test func `a camera takes 64 bytes at most`() {
    let block = EXIFBlock(
      first: [.text(0x010F, String(repeating: "m", count: 60)), .text(0x0110, String(repeating: "e", count: 60_000))])
    #expect(
      EXIFDetails(block.bytes[...]).camera == String(repeating: "m", count: 60) + " " + String(repeating: "e", count: 3)
    )
  }

  /// Milliseconds are those of Python's `datetime`.
  @Test(
    arguments: [
      ("1970:01:01 00:00:00", nil, 0), ("1969:12:31 23:59:59", nil, -1_000),
      ("1900:02:28 12:00:00", nil, -2_203_934_400_000),
      ("2000:02:29 00:00:00", "7", 951_782_400_700), ("2000:02:29 00:00:00", "123456", 951_782_400_123),
      ("2000:02:29 00:00:00", " 05 ", 951_782_400_050), ("2000:02:29 00:00:00", "x", 951_782_400_000),
      ("2000:02:29 00:00:00", "", 951_782_400_000), ("0001:01:01 00:00:00", nil, -62_135_596_800_000),
      ("9999:12:31 23:59:59", "999", 253_402_300_799_999),
    ] as [(String, String?, Int64)])
  func `times are milliseconds since 1970`(_ text: String, _ fraction: String?, _ time: Int64) {
    let block = EXIFBlock(
      first: [], exif: [.text(0x9003, text)] + (fraction.map { [.text(0x9291, $0)] } ?? []))
    #expect(EXIFDetails(block.bytes[...]).captureTime == time)
  }

  @Test(
    arguments: [
      "0000:00:00 00:00:00", "2023:02:29 00:00:00", "1900:02:29 00:00:00", "2024:13:01 00:00:00", "2024:00:01 00:00:00",
      "2024:04:31 00:00:00", "2024:04:00 00:00:00", "2024:04:01 24:00:00", "2024:04:01 00:60:00", "2024:04:01 00:00:60",
      "2024-04-01 00:00:00", "2024:04:01T00:00:00", "2024:04:01 00:00:0", "    :  :     :  :  ", "+024:04:01 00:00:00",
      "2024:04:01 00:00:00Z", "",
    ])
  func `what is no time is absent, and the time of the file stands in`(text: String) {
    let exif = [EXIFBlock.Field.text(0x9003, text), .text(0x9291, "999"), .text(0x9290, "5")]
    #expect(EXIFDetails(EXIFBlock(first: [], exif: exif).bytes[...]).captureTime == nil)
    let dated = EXIFBlock(first: [.text(0x0132, "1970:01:01 00:00:01")], exif: exif)
    #expect(EXIFDetails(dated.bytes[...]).captureTime == 1_500)
  }

  @Test func `fields of another type, and offsets that leave the bytes, are absent`() {
    let wrongType = EXIFBlock(first: [.init(tag: 0x010F, type: 7, bytes: Array("ACME".utf8))])
    #expect(EXIFDetails(wrongType.bytes[...]) == .none)
    var block = EXIFBlock(first: [.text(0x010F, "ACME corp")]).bytes
    #expect(EXIFDetails(block[...]).camera == "ACME corp")
    for offset in [block.count - 9, Int(UInt32.max)] {
      block.replaceSubrange(18..<22, with: (0..<4).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) })
      #expect(EXIFDetails(block[...]) == .none)
    }
  }

  @Test func `a directory that leads to itself is read once`() {
    var block = EXIFBlock(first: [.text(0x0110, "Eye")], exif: [.text(0x9003, "1970:01:01 00:00:01")]).bytes
    // The pointer to the second directory is the last entry of the first.
    block.replaceSubrange(8 + 2 + 12 + 8..<8 + 2 + 12 + 12, with: [8, 0, 0, 0])
    #expect(EXIFDetails(block[...]).camera == "Eye")
    #expect(EXIFDetails(block[...]).captureTime == nil)
  }

  @Test func `no prefix and no changed byte crashes the reader`() {
    let block = EXIFBlock(
      first: [.text(0x010F, "ACME corp"), .text(0x0132, "2020:01:01 00:00:00")],
      exif: [.text(0x9003, "2024:02:29 23:59:58")]
    ).bytes
    for count in 0...block.count { _ = EXIFDetails(block.prefix(count)) }
    for index in block.indices {
      for value in UInt8.min...UInt8.max {
        var changed = block
        changed[index] = value
        let details = EXIFDetails(changed[...])
        #expect((details.camera ?? "").utf8.allSatisfy { (0x20...0x7E).contains($0) })
      }
    }
  }

  @Test func `JPEG and PNG hold the same block`() {
    let block = EXIFBlock(first: [.text(0x0110, "Eye")]).bytes
    let picture = ramps(width: 8, height: 8, channels: 3)
    let file = jpeg(picture, width: 8, height: 8)
    let segment = Array("Exif\0\0".utf8) + block
    let length = segment.count + 2
    let tagged = file[..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + segment + file[2...]
    #expect(ImageMetadata(ofFile: Array(tagged)).exif.camera == "Eye")
    #expect(ImageMetadata(ofFile: file).exif == .none)
    let image = png(picture, width: 8, height: 8)
    let chunked = image[..<33] + chunk("eXIf", block) + image[33...]
    #expect(ImageMetadata(ofFile: Array(chunked)).exif.camera == "Eye")
    #expect(ImageMetadata(ofFile: Array(chunked)).jpeg == nil)
    #expect(ImageMetadata(ofFile: []) == .none)
  }
}

/// A TIFF header with one directory, and behind it that of EXIF.
struct EXIFBlock {
  /// An entry whose values are bytes.
  struct Field {
    var tag: Int
    var type: Int
    var bytes: [UInt8]

    static func text(_ tag: Int, _ text: String) -> Field { Field(tag: tag, type: 2, bytes: Array(text.utf8) + [0]) }
  }

  var isBigEndian = false
  var first: [Field]
  var exif: [Field]?

  /// As EXIF lays it out: header, directory, its values, directory of EXIF, its values.
  var bytes: [UInt8] {
    let header = isBigEndian ? Array("MM\0*".utf8) : Array("II*\0".utf8)
    let count = first.count + (exif == nil ? 0 : 1)
    let valueCount = first.reduce(0) { $0 + ($1.bytes.count > 4 ? $1.bytes.count : 0) }
    let second = 8 + 2 + 12 * count + 4 + valueCount
    let pointer = exif == nil ? [] : number(0x8769, 2) + number(4, 2) + number(1, 4) + number(second, 4)
    return header + number(8, 4) + directory(first, pointer: pointer, at: 8)
      + (exif.map { directory($0, pointer: [], at: second) } ?? [])
  }

  private func directory(_ fields: [Field], pointer: [UInt8], at offset: Int) -> [UInt8] {
    let count = fields.count + (pointer.isEmpty ? 0 : 1)
    var entries = number(count, 2), values: [UInt8] = []
    for field in fields {
      entries += number(field.tag, 2) + number(field.type, 2) + number(field.bytes.count, 4)
      if field.bytes.count <= 4 {
        entries += field.bytes + Array(repeating: 0, count: 4 - field.bytes.count)
      } else {
        entries += number(offset + 2 + 12 * count + 4 + values.count, 4)
        values += field.bytes
      }
    }
    return entries + pointer + number(0, 4) + values
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    let bytes = (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? bytes.reversed() : bytes
  }
}
