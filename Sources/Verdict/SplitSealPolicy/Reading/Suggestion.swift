/// Finds the name that was meant.
enum Suggestion {
  /// The hint `did you mean 'x'?` for the nearest of some names; `nil` when none is near enough to have been meant.
  ///
  /// Near enough is a third of the longer name's length or fewer edits; of equally near names the first is taken.
  static func hint(for word: String, among names: [String]) -> String? {
    let word = Array(word.utf8.prefix(64))
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(word, Array(name.utf8))
      guard distance * 3 <= max(word.count, name.utf8.count), distance < (best?.distance ?? .max) else { continue }
      best = (name, distance)
    }
    return best.map { "did you mean '\($0.name)'?" }
  }

  /// The least number of insertions, removals, replacements and swaps of neighbours that turn one text into the other, no
  /// part being edited twice.
  ///
  /// - Source: Damerau, "A technique for computer detection and correction of spelling errors", CACM 7 (1964); the
  ///   restricted form, "optimal string alignment".
  /// - Complexity: O(*n* *m*).
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [Array(0...b.count)]
    for (i, byte) in a.enumerated() {
      var row = [i + 1]
      for (j, other) in b.enumerated() {
        var least = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (byte == other ? 0 : 1))
        if i > 0, j > 0, byte == b[j - 1], a[i - 1] == other { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
