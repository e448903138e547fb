internal import SplitSealBase
internal import SplitSealManifest

/// Text on charts, whose width can only be guessed: whoever shows the picture chooses the font.
enum ChartText {
  /// Height of the letters' line in points.
  static let size = 8.0
  /// Height of a note's line in points.
  static let noteSize = 7.0

  /// About how wide a text is, in points, in Helvetica and its likes; rather too wide than too narrow.
  static func width(_ text: String, size: Double = size) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance($1) } * size
  }

  /// The advance of a letter as a part of the text's height.
  private static func advance(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "|", "'", ".", ",", ":", ";", "!": 0.28
    case "f", "t", "r", "I", "(", ")", "[", "]", "/", "\\", " ", "-": 0.36
    case "m", "w", "M", "W", "%", "@", "…": 1
    case "A"..."Z": 0.74
    case "\u{1100}"...: 1.1
    default: 0.58
    }
  }

  /// A name from the dataset, printable and no wider than `limit` points: its middle goes, as names of one kind often
  /// differ at their ends.
  static func label(_ name: String, limit: Double) -> String {
    let text = printable(name)
    guard width(text) > limit else { return text }
    let scalars = Array(text.unicodeScalars)
    var (head, tail) = (0, 0)
    var room = limit - advance("…") * size
    while head + tail < scalars.count {
      // The end is as telling as the beginning.
      let isHead = head <= tail
      let next = isHead ? scalars[head] : scalars[scalars.count - 1 - tail]
      room -= advance(next) * size
      guard room >= 0 else { break }
      if isHead { head += 1 } else { tail += 1 }
    }
    var label = String.UnicodeScalarView()
    label.append(contentsOf: scalars[..<head])
    label.append("…")
    label.append(contentsOf: scalars[(scalars.count - tail)...])
    return String(label)
  }

  /// A sentence in lines no wider than `limit` points, broken between words.
  static func lines(_ sentence: String, limit: Double, size: Double = noteSize) -> [String] {
    var lines: [String] = []
    for word in sentence.split(separator: " ") {
      if let last = lines.last, width("\(last) \(word)", size: size) <= limit {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
