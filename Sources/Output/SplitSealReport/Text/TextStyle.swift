/// Colours of a terminal, or none, and its width.
public struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences are written.
  public let isColored: Bool
  /// Cells of a line, 1 or more; `nil` where lines may be as long as they are.
  public let width: Int?

  /// No colours, and lines as long as they are: what goes into files and pipes.
  public static let plain = TextStyle(isColored: false)

  /// Makes a style.
  ///
  /// - Parameters:
  ///   - isColored: Whether escape sequences are written.
  ///   - width: Cells of a line, 1 or more; `nil` for as many as it needs.
  public init(isColored: Bool, width: Int? = nil) {
    self.isColored = isColored
    self.width = width
  }

  /// What a colour says.
  enum Paint: String {
    /// Headings.
    case heading = "1"
    /// In order.
    case good = "32"
    /// To be looked at: warnings, scores that leave a doubt, what is not whole.
    case doubtful = "33"
    /// Fails: errors, scores that leave none, what leaked.
    case bad = "1;31"
    /// Worth knowing: notes.
    case note = "36"
    /// Beside the matter: identities, reasons.
    case faint = "2"
  }

  /// Bold text: headings.
  public func bold(_ text: String) -> String { painted(text, .heading) }
  /// Green text: what is in order.
  public func good(_ text: String) -> String { painted(text, .good) }
  /// Yellow text: what to look at.
  public func doubtful(_ text: String) -> String { painted(text, .doubtful) }
  /// Red text: what fails.
  public func bad(_ text: String) -> String { painted(text, .bad) }

  /// Lines in as many lines as the width asks for, broken between words.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - hanging: Cells by which what follows is indented more.
  /// - Returns: The lines, as they are where they may be as long as they are.
  package func fitted(_ lines: [String], hanging: Int = 4) -> [String] {
    guard let width else { return lines }
    return lines.flatMap { wrapped($0, to: width, hanging: hanging) }
  }

  /// A text in a colour; as it is where there are none.
  func painted(_ text: String, _ paint: Paint?) -> String {
    guard isColored, let paint, !text.isEmpty else { return text }
    return "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
  }
}

extension TextStyle.Paint {
  /// Red from the score on from which hardly a pair is chance, yellow below.
  init(score: Double) { self = score >= LeadingPairs.closeScore ? .bad : .doubtful }
}
