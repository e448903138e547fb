/// Colours of a terminal, or none.
public struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences are written.
  public let isColored: Bool

  /// Makes a style.
  public init(isColored: Bool) { self.isColored = isColored }

  /// Bold text: headings.
  public func bold(_ text: String) -> String { wrapped(text, "1") }
  /// Green text: what is in order.
  public func good(_ text: String) -> String { wrapped(text, "32") }
  /// Yellow text: what to look at.
  public func doubtful(_ text: String) -> String { wrapped(text, "33") }
  /// Red text: what fails.
  public func bad(_ text: String) -> String { wrapped(text, "1;31") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
