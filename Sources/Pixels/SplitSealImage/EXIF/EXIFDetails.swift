internal import SplitSealBase

/// What EXIF says of how a picture was taken: the camera and the time.
///
/// Written by strangers: whatever is not as EXIF wants it is taken as absent. Two directories are looked at, the first
/// and the one of EXIF.
/// - Source: EXIF 2.32, tags 0x010F, 0x0110, 0x0132, 0x8769, 0x9003, 0x9290 and 0x9291.
public struct EXIFDetails: Hashable, Sendable {
  /// Most bytes of a camera's name.
  public static let longestCamera = 64

  /// Every time that EXIF can write, years 1...9999, in milliseconds since 1970.
  package static let times: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// Make and model in printable ASCII, 1...64 bytes: the model alone where it begins with the make.
  public let camera: String?
  /// When the picture was taken, or else when the file was written, in milliseconds since 1970.
  ///
  /// EXIF tells local time without a zone; it is taken as if it were UTC, so that differences are right where the zone
  /// is the same.
  public let captureTime: Int64?

  /// Nothing is known.
  public static let none = EXIFDetails(camera: nil, captureTime: nil)

  private init(camera: String?, captureTime: Int64?) {
    self.camera = camera
    self.captureTime = captureTime
  }

  /// Reads a TIFF header and what follows it.
  init(_ bytes: ArraySlice<UInt8>) {
    guard let header = TIFFHeader(bytes), let first = header.directory(at: header.firstDirectory) else {
      self = .none
      return
    }
    func text(_ tag: TIFFHeader.Tag, in directory: [TIFFHeader.Entry]) -> ArraySlice<UInt8>? {
      directory.first { $0.tag == tag }.flatMap { header.text(of: $0, limit: Self.longestCamera) }
    }
    camera = Self.camera(make: text(.make, in: first), model: text(.model, in: first))
    let exif =
      first.first { $0.tag == .exifDirectory }.flatMap { header.long(of: $0) }
      .flatMap { header.directory(at: $0) } ?? []
    captureTime =
      text(.dateTimeOriginal, in: exif).flatMap {
        Self.milliseconds(dateTime: $0, fraction: text(.fractionOfDateTimeOriginal, in: exif))
      }
      ?? text(.dateTime, in: first).flatMap {
        Self.milliseconds(dateTime: $0, fraction: text(.fractionOfDateTime, in: exif))
      }
  }

  private static func camera(make: ArraySlice<UInt8>?, model: ArraySlice<UInt8>?) -> String? {
    let make = trimmed(make ?? []), model = trimmed(model ?? [])
    let isNamed = model.count >= make.count && zip(model, make).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    let words = isNamed || model.isEmpty ? [model.isEmpty ? make : model] : [make, model]
    let name = trimmed(Array(words.filter { !$0.isEmpty }.joined(separator: [0x20]))[...].prefix(longestCamera))
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  /// Printable ASCII without blanks around it; other bytes become question marks.
  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = Array(text.drop { $0 <= 0x20 })
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
  }

  /// Reads `2024:02:29 23:59:58`, and the digits after the decimal point of the seconds.
  ///
  /// - Parameters:
  ///   - text: Date and time.
  ///   - fraction: Digits; whatever else is taken as none.
  /// - Returns: Milliseconds since 1970; `nil` where there is no such time.
  /// - Source: EXIF 2.32 section 4.6.5 F.
  static func milliseconds(dateTime text: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>?) -> Int64? {
    let bytes = Array(text)
    guard bytes.count == 19 else { return nil }
    for (place, mark) in [(4, ":"), (7, ":"), (10, " "), (13, ":"), (16, ":")] as [(Int, Unicode.Scalar)] {
      guard bytes[place] == UInt8(ascii: mark) else { return nil }
    }
    let starts = [(0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2)]
    let numbers = starts.compactMap { start, length in number(bytes[start..<start + length]) }
    guard numbers.count == starts.count, let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]),
      numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
    else { return nil }
    let seconds = ((date.daysSince1970 * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
    let digits = Array(trimmed(fraction ?? []).prefix(3))
    let thousandths = digits.isEmpty ? 0 : number((digits + [0x30, 0x30]).prefix(3)) ?? 0
    return Int64(seconds * 1000 + thousandths)
  }

  /// A number of decimal digits and nothing else.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0) { value, digit in
      (0x30...0x39).contains(digit) ? value.map { $0 * 10 + Int(digit - 0x30) } : nil
    }
  }
}
