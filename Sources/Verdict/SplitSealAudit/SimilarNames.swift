internal import SplitSealBase
internal import SplitSealManifest

/// Names that differ only in blanks, case or leading zeros, and so may be one name, written in several ways.
enum SimilarNames {
  /// The sets of such names.
  ///
  /// - Parameter names: Distinct names.
  /// - Returns: Indices of names, ascending, two or more in each set; the sets by their first.
  /// - Complexity: O(*n*) on average for *n* bytes of names.
  static func sets(of names: [String]) -> [[Int]] {
    let sets = Dictionary(grouping: names.indices) { plain(names[$0]) }
    return sets.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  /// The name without what may differ.
  ///
  /// Strings that look alike are equal: composed and decomposed letters are one.
  private static func plain(_ name: String) -> String {
    var text = ""
    var isInNumber = false
    var zeros = ""
    // Upper case first folds what has no single lower case: the German sharp s.
    for character in name.uppercased().lowercased() where !character.isWhitespace {
      let isDigit = character.isASCII && character.isNumber
      if isDigit, character == "0", !isInNumber, text.last != ".", text.last != "," {
        zeros = "0"
        continue
      }
      // A zero that no other digit follows is a number of its own.
      if !isDigit { text += zeros }
      zeros = ""
      isInNumber = isDigit
      text.append(character)
    }
    return text + zeros
  }

  /// The sets for a sentence: `'p07' and 'P07 '`.
  static func sentence(_ sets: [[Int]], _ name: (Int) -> String) -> String {
    enumeration(sets.map { set in set.prefix(4).map(name).joined(separator: " = ") })
  }
}
