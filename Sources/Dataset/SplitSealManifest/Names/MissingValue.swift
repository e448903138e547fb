internal import SplitSealBase

/// Texts that tables hold where a value is missing: no patient is called `nan`.
enum MissingValue {
  /// What programs write: pandas, R, spreadsheets, databases.
  private static let ofPrograms: Set<String> = ["nan", "<na>", "nat", "#n/a", "null"]
  /// What people write: `none` may be a class of images, but it is no subject.
  private static let ofPeople: Set<String> = [
    "na", "n/a", "n.a.", "none", "nil", "-", "--", "?", "unknown", "undefined", "missing", "not available",
  ]
  private static let longest = 13

  /// Whether a cell of a column of groups says that there is none.
  static func isNoGroup(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let text = short(cell) else { return false }
    return text.isEmpty || ofPrograms.contains(text) || ofPeople.contains(text)
  }

  /// Whether a cell of a column of labels says that there is none.
  static func isNoLabel(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let text = short(cell) else { return false }
    return text.isEmpty || ofPrograms.contains(text)
  }

  /// The text without blanks around it, in lower case; `nil` where it is longer than any of these.
  private static func short(_ cell: ArraySlice<UInt8>) -> String? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = cell.firstIndex(where: { !isBlank($0) }), let last = cell.lastIndex(where: { !isBlank($0) })
    else {
      return ""
    }
    guard last - first < longest else { return nil }
    return lowercasedASCII(String(decoding: cell[first...last], as: UTF8.self))
  }
}
