/// A path as the place of a frame in a sequence: the last number of the file's name, and everything else.
///
/// `train/walk/frame_0012.jpg` in the split `train` is frame 12 of `walk/frame_#.jpg`. Digits of hashes, UUIDs and ids of
/// web sites are no numbers of frames: `walk_0012_jpg.rf.3f9a...c1.jpg` is frame 12 of `walk_#_jpg.rf.*.jpg`, and
/// `3385593926_0dfa12bb3c_b.jpg` is no frame.
struct FrameName {
  /// The path with `#` for the number and `*` for what names one file behind it, without the folders that are named like
  /// the sample's split.
  let sequence: [UInt8]
  /// The number.
  let number: Int64

  /// Digits of the longest number.
  private static let maximumDigitCount = 15
  /// Digits, without leading zeros, of the longest number that is taken as it is; a longer one is an id unless it is a
  /// time.
  private static let plainDigitCount = 8

  /// Reads a path; `nil` when the file's name has no number of a frame.
  ///
  /// - Parameters:
  ///   - path: The sample's path.
  ///   - split: Name of its split.
  init?(_ path: String, split: String) {
    let bytes = Array(path.utf8)
    let nameStart = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let dot = bytes[nameStart...].lastIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let stemEnd = dot > nameStart ? dot : bytes.count
    let words = Self.words(bytes, nameStart..<stemEnd)
    guard let (place, digits) = Self.frameNumber(bytes, words) else { return nil }

    var number: Int64 = 0
    for byte in bytes[digits] { number = number * 10 + Int64(byte - UInt8(ascii: "0")) }
    var sequence: [UInt8] = []
    sequence.reserveCapacity(bytes.count)
    var start = 0
    while start < nameStart {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? nameStart
      if !bytes[start..<end].elementsEqual(split.utf8) { sequence += bytes[start...end] }
      start = end + 1
    }
    sequence += bytes[nameStart..<digits.lowerBound]
    sequence.append(UInt8(ascii: "#"))
    var written = digits.upperBound
    // What stands behind the number and names this one file; what stands before it may name the film.
    for word in words[(place + 1)...] where word.isHash(bytes) {
      sequence += bytes[written..<word.range.lowerBound]
      sequence.append(UInt8(ascii: "*"))
      written = word.range.upperBound
    }
    sequence += bytes[written...]
    (self.sequence, self.number) = (sequence, number)
  }

  /// Letters and digits that stand together.
  private struct Word {
    let range: Range<Int>
    /// Whether it is a UUID, hyphens and all.
    var isUUID = false

    /// Whether it is what a program draws up and nobody counts: hexadecimal or base 32, 58, 62 digits in no order.
    ///
    /// A name with a number changes from letters to digits once or twice: `frame0012`, `cam2frame12`.
    func isHash(_ bytes: [UInt8]) -> Bool {
      if isUUID { return true }
      guard range.count >= 8 else { return false }
      let word = bytes[range]
      let changes = zip(word, word.dropFirst()).count { isDigit($0) != isDigit($1) }
      guard changes > 0 else { return false }
      if word.allSatisfy(isHexadecimal) { return range.count >= 16 || changes >= 3 }
      let hasBothCases = word.contains { (65...90).contains($0) } && word.contains { (97...122).contains($0) }
      return (range.count >= 20 && changes >= 6) || (range.count >= 16 && changes >= 4 && hasBothCases)
    }
  }

  private static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Word] {
    var words: [Word] = []
    var start = range.lowerBound
    while start < range.upperBound {
      guard isAlphanumeric(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < range.upperBound, isAlphanumeric(bytes[end]) { end += 1 }
      words.append(Word(range: start..<end))
      start = end
    }
    return joiningUUIDs(words, bytes)
  }

  /// Puts the five parts of a UUID together.
  private static func joiningUUIDs(_ words: [Word], _ bytes: [UInt8]) -> [Word] {
    let lengths = [8, 4, 4, 4, 12]
    var joined: [Word] = []
    var place = 0
    while place < words.count {
      let parts = words[place...].prefix(lengths.count)
      let isUUID =
        parts.map(\.range.count) == lengths
        && parts.allSatisfy { bytes[$0.range].allSatisfy(isHexadecimal) }
        && zip(parts, parts.dropFirst()).allSatisfy { before, after in
          before.range.upperBound + 1 == after.range.lowerBound && bytes[before.range.upperBound] == UInt8(ascii: "-")
        }
      if isUUID, let first = parts.first, let last = parts.last {
        joined.append(Word(range: first.range.lowerBound..<last.range.upperBound, isUUID: true))
        place += lengths.count
      } else {
        joined.append(words[place])
        place += 1
      }
    }
    return joined
  }

  /// The last number that may be that of a frame, and the word that it stands in.
  private static func frameNumber(_ bytes: [UInt8], _ words: [Word]) -> (place: Int, digits: Range<Int>)? {
    for (place, word) in words.enumerated().reversed() where !word.isHash(bytes) {
      var end = word.range.upperBound
      while let last = bytes[word.range.lowerBound..<end].lastIndex(where: isDigit) {
        var first = last
        while first > word.range.lowerBound, isDigit(bytes[first - 1]) { first -= 1 }
        if isFrameNumber(bytes[first...last]) { return (place, first..<last + 1) }
        end = first
      }
    }
    return nil
  }

  private static func isFrameNumber(_ digits: ArraySlice<UInt8>) -> Bool {
    guard digits.count <= maximumDigitCount else { return false }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    return significant.count <= plainDigitCount || isTime(significant.map { Int64($0 - UInt8(ascii: "0")) })
  }

  /// Whether digits are a time of 2000 to 2039: seconds or milliseconds since 1970, or year to minute or second.
  private static func isTime(_ digits: [Int64]) -> Bool {
    func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
    switch digits.count {
    case 10, 13: return (946_684_800..<2_208_988_800).contains(number(0..<10))
    case 12, 14:
      return (2000..<2040).contains(number(0..<4)) && (1...12).contains(number(4..<6))
        && (1...31).contains(number(6..<8)) && number(8..<10) < 24 && number(10..<12) < 60
        && (digits.count == 12 || number(12..<14) < 60)
    default: return false
    }
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Whether a byte is an ASCII letter or digit.
private func isAlphanumeric(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}
