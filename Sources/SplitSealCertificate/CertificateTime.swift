/// Points in time as certificates write them: `2026-11-23T08:00:00Z`.
enum CertificateTime {
  /// The seconds from 1970 to the end of the year 9999.
  static let range = 0...253_402_300_799

  /// The text for a number of seconds since 1970-01-01T00:00:00Z.
  ///
  /// - Precondition: `seconds` lies in ``range``.
  /// - Source: RFC 3339, section 5.6; the calendar is Howard Hinnant's `civil_from_days`.
  static func text(unixSeconds seconds: Int) -> String {
    precondition(range.contains(seconds), "the year is 1970...9999")
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    // Years start in March here, so that the leap day is the last of its year; eras have 400 years of 146,097 days.
    let shifted = days + 719_468
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
      + "T\(digits(second / 3_600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
  }

  /// Whether a text has the form that ``text(unixSeconds:)`` writes.
  static func isValid(_ text: String) -> Bool {
    let form = "dddd-dd-ddTdd:dd:ddZ"
    return text.utf8.count == form.utf8.count
      && zip(text.utf8, form.utf8).allSatisfy { byte, expected in
        expected == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == expected
      }
  }

  /// Days from 1970-01-01 to a day; `nil` for a day that no month has, and for years before 1970 and after 9999.
  ///
  /// - Source: Howard Hinnant's `days_from_civil`.
  static func days(toYear year: Int, month: Int, day: Int) -> Int? {
    guard (1970...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeapYear = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let marchYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = marchYear.quotientAndRemainder(dividingBy: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
