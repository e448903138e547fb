internal import SplitSealBase
internal import SplitSealSystem

/// Points in time as ssh-keygen writes them: `YYYYMMDD[HHMM[SS]][Z]`.
enum SignerTime {
  /// Seconds since 1970-01-01T00:00:00Z; `nil` for a text that is no time, a day that no month has, or before 1970.
  ///
  /// Without a `Z` at its end (or `UTC`), a time is local, in the zone that `TZ` or the system names. In summer it is
  /// standard time all the same, as for ssh-keygen: both must call one key expired.
  ///
  /// - Source: ssh-keygen(1), ALLOWED SIGNERS; OpenSSH, misc.c, `parse_absolute_time`.
  static func unixSeconds(_ text: String) -> Int? {
    var digits = Array(text.utf8)
    var isUTC = false
    for suffix in ["Z", "z", "UTC", "utc"] where digits.count > suffix.utf8.count && digits.ends(with: suffix.utf8) {
      isUTC = true
      digits.removeLast(suffix.utf8.count)
      break
    }
    guard [8, 12, 14].contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    func number(_ range: Range<Int>) -> Int {
      digits.count < range.upperBound ? 0 : digits[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    let year = number(0..<4)
    guard let days = TimeText.days(toYear: year, month: number(4..<6), day: number(6..<8)),
      number(8..<10) < 24, number(10..<12) < 60, number(12..<14) < 60
    else { return nil }
    let seconds = number(8..<10) * 3_600 + number(10..<12) * 60 + number(12..<14)
    guard !isUTC else { return days * 86_400 + seconds }
    var time = unsafe tm()
    unsafe time.tm_year = Int32(year - 1_900)
    unsafe time.tm_mon = Int32(number(4..<6) - 1)
    unsafe time.tm_mday = Int32(number(6..<8))
    unsafe time.tm_hour = Int32(number(8..<10))
    unsafe time.tm_min = Int32(number(10..<12))
    unsafe time.tm_sec = Int32(number(12..<14))
    let local = unsafe mktime(&time)
    return local < 0 ? nil : Int(local)
  }

  /// The text for a number of seconds since 1970, in UTC.
  static func text(unixSeconds seconds: Int) -> String {
    TimeText.text(unixSeconds: seconds).filter { $0.isNumber } + "Z"
  }
}

extension [UInt8] {
  fileprivate func ends(with other: some BidirectionalCollection<UInt8>) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
