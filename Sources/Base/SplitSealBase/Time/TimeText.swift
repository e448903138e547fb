/// Points in time as certificates and decisions write them, in UTC to the second: `2026-11-23T08:00:00Z`.
package enum TimeText {
  /// The seconds from 1970 to the end of the year 9999.
  package static let range = 0...253_402_300_799

  /// The text for a number of seconds since 1970-01-01T00:00:00Z.
  ///
  /// - Precondition: `seconds` lies in ``range``.
  /// - Source: RFC 3339, section 5.6.
  package static func text(unixSeconds seconds: Int) -> String {
    precondition(range.contains(seconds), "the year is 1970...9999")
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    return "\(CalendarDate(unixSeconds: days * 86_400))"
      + "T\(digits(second / 3_600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
  }

  /// Whether a text is a second of some day in UTC, as RFC 3339 writes it, without a fraction.
  package static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard isValid(text), CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)) != nil else { return false }
    func isNumber(_ start: Int, below limit: UInt8) -> Bool {
      (bytes[start] - 48) * 10 + (bytes[start + 1] - 48) < limit
    }
    return isNumber(11, below: 24) && isNumber(14, below: 60) && isNumber(17, below: 60)
  }

  /// Whether a text has the form that ``text(unixSeconds:)`` writes.
  package static func isValid(_ text: String) -> Bool {
    let form = "dddd-dd-ddTdd:dd:ddZ"
    return text.utf8.count == form.utf8.count
      && zip(text.utf8, form.utf8).allSatisfy { byte, expected in
        expected == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == expected
      }
  }

  /// Days from 1970-01-01 to a day; `nil` for a day that no month has, and for years before 1970 and after 9999.
  package static func days(toYear year: Int, month: Int, day: Int) -> Int? {
    CalendarDate(year: year, month: month, day: day).map(\.daysSince1970).flatMap { $0 < 0 ? nil : $0 }
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
