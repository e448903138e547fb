internal import SplitSealBase

/// When samples were taken, as a column of the manifest says: 8 bytes a sample.
public struct SampleTimes: Hashable, Sendable {
  /// What the numbers count.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    /// Milliseconds since 1970-01-01T00:00:00 UTC; times without a zone are taken for UTC.
    case milliseconds
    /// Whatever the column counts: frames, seconds, days.
    case steps
  }

  /// The times that are taken: half of what 64 bits hold, so that the distance of any two is a number as well.
  public static let range: ClosedRange<Int64> = -Int64.max / 2...Int64.max / 2

  /// Name of the column.
  public let name: String
  /// What the numbers count.
  public let unit: Unit
  private let values: [Int64]

  private static let absent = Int64.min

  /// Makes a column of times, `nil` where a sample has none.
  ///
  /// - Precondition: the times are in ``range``.
  public init(name: String, unit: Unit, values: [Int64?]) {
    self.name = name
    self.unit = unit
    self.values = values.map { $0 ?? Self.absent }
  }

  /// The time of a sample; `nil` when it has none.
  public func time(of sample: Int) -> Int64? { values[sample] == Self.absent ? nil : values[sample] }

  /// The same for some of the samples, in another order.
  func picking(_ samples: [Int]) -> SampleTimes {
    SampleTimes(name: name, unit: unit, values: samples.map { time(of: $0) })
  }

  /// Samples that have a time.
  public var timedCount: Int { values.count { $0 != Self.absent } }
}

/// Reads the times that tables hold.
package enum TimeText {
  /// A whole number as it is, or a date as milliseconds since 1970: `2024-05-31`, `2024-05-31T12:30`,
  /// `2024-05-31 12:30:05.250+02:00`, EXIF's `2024:05:31 12:30:05`; `nil` for anything else.
  ///
  /// - Source: ISO 8601-1:2019, 5.2.2.1 and 5.4.2.1, extended format; EXIF 2.32, DateTimeOriginal.
  package static func parsed(_ bytes: ArraySlice<UInt8>) -> (value: Int64, unit: SampleTimes.Unit)? {
    var text = Scanner(bytes)
    if let number = text.wholeNumber() { return (number, .steps) }
    return text.date().map { ($0, .milliseconds) }
  }

  private struct Scanner {
    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      at = bytes.startIndex
    }

    mutating func wholeNumber() -> Int64? {
      guard bytes.count <= 20, let number = Int64(String(decoding: bytes, as: UTF8.self)),
        SampleTimes.range.contains(number)
      else { return nil }
      return number
    }

    mutating func date() -> Int64? {
      guard let year = digits(4), let separator = oneOf("-/:"), let month = digits(2), oneOf(separator) != nil,
        let day = digits(2), let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day))
      else { return nil }
      let midnight = Int64(date.daysSince1970) * 86_400_000
      if at == bytes.endIndex { return midnight }
      guard oneOf("T ") != nil, let clock = clock(), let offset = offset(), at == bytes.endIndex else { return nil }
      return midnight + clock - offset
    }

    private mutating func clock() -> Int64? {
      guard let hour = digits(2), hour < 24, oneOf(":") != nil, let minute = digits(2), minute < 60 else { return nil }
      var milliseconds = (hour * 60 + minute) * 60_000
      guard oneOf(":") != nil else { return milliseconds }
      guard let second = digits(2), second <= 60 else { return nil }
      milliseconds += second * 1000
      guard oneOf(".,") != nil else { return milliseconds }
      var weight: Int64 = 100
      var count = 0
      while at < bytes.endIndex, let digit = digit(bytes[at]), count < 9 {
        milliseconds += digit * weight
        weight /= 10
        count += 1
        at += 1
      }
      return count == 0 ? nil : milliseconds
    }

    /// What the clock is ahead of UTC, in milliseconds.
    private mutating func offset() -> Int64? {
      if at == bytes.endIndex || oneOf("Z") != nil { return 0 }
      guard let sign = oneOf("+-"), let hour = digits(2), hour < 24 else { return nil }
      let hasColon = oneOf(":") != nil
      let minute = at == bytes.endIndex && !hasColon ? 0 : digits(2)
      guard let minute, minute < 60 else { return nil }
      return (sign == "-" ? -1 : 1) * (hour * 60 + minute) * 60_000
    }

    private mutating func digits(_ count: Int) -> Int64? {
      guard bytes.endIndex - at >= count else { return nil }
      var number: Int64 = 0
      for byte in bytes[at..<at + count] {
        guard let digit = digit(byte) else { return nil }
        number = number * 10 + digit
      }
      at += count
      return number
    }

    private func digit(_ byte: UInt8) -> Int64? {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
    }

    private mutating func oneOf(_ characters: String) -> String? {
      guard at < bytes.endIndex, characters.utf8.contains(bytes[at]) else { return nil }
      at += 1
      return String(decoding: bytes[at - 1...at - 1], as: UTF8.self)
    }
  }
}

/// Collects the times of samples, one sample after the other.
package struct SampleTimesBuilder {
  /// Name of the column.
  package let name: String
  /// What the numbers count; `nil` as long as there is none.
  package private(set) var unit: SampleTimes.Unit?
  private var values: [Int64?] = []

  /// Begins a column of which `absentCount` samples are known to have no time.
  package init(name: String, absentCount: Int = 0) {
    self.name = name
    values = Array(repeating: nil, count: absentCount)
  }

  /// Adds the time of the next sample.
  ///
  /// - Returns: `false` when it counts something else than those before.
  package mutating func append(_ time: (value: Int64, unit: SampleTimes.Unit)?) -> Bool {
    values.append(time?.value)
    guard let time else { return true }
    unit = unit ?? time.unit
    return unit == time.unit
  }

  /// The times of the samples in a given order, of ranges that cover each sample once; `nil` where none has a time.
  package func times(inOrder order: [Range<Int>]? = nil) -> SampleTimes? {
    guard let unit else { return nil }
    return SampleTimes(name: name, unit: unit, values: order.map { Array($0.map { values[$0] }.joined()) } ?? values)
  }
}

extension SampleTimes {
  /// A time for a person: the number, or the date in UTC, with the time of day where it is not midnight.
  package static func text(of value: Int64, unit: Unit) -> String {
    guard unit == .milliseconds else { return "\(value)" }
    let dayLength: Int64 = 86_400_000
    let day = value >= 0 ? value / dayLength : -((dayLength - 1 - value) / dayLength)
    let rest = value - day * dayLength
    guard let date = CalendarDate(daysSince1970: Int(day)) else { return "\(value)" }
    guard rest > 0 else { return "\(date)" }
    let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(date)T" + clock + (rest.isMultiple(of: 1000) ? "" : "." + padded(rest % 1000, 3))
  }

  private static func padded(_ number: Int64, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
