public import SplitSealImage

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How a terminal is given pictures to show between lines of text.
public enum InlinePictureProtocol: String, Hashable, Sendable, CaseIterable {
  /// kitty's graphics protocol: pixels in base64, in pieces.
  ///
  /// - Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/
  case kitty
  /// iTerm2's inline images: a file in base64.
  ///
  /// - Source: https://iterm2.com/documentation-images.html
  case iterm
  /// Sixel graphics of the VT340.
  ///
  /// - Source: VT330/VT340 Programmer Reference Manual, chapter 14.
  case sixel

  /// Characters of base64 in one piece, a multiple of 4: what every terminal of the protocol takes.
  private static let pieceLength = 4096

  /// The protocol that the environment of a terminal tells.
  ///
  /// - Parameter environment: The value of a variable; `nil` for one that is not set.
  /// - Returns: The protocol; `nil` where none is told, and within `tmux` or `screen`, which let no picture through.
  public static func told(by environment: (String) -> String?) -> InlinePictureProtocol? {
    func value(_ name: String) -> String { environment(name) ?? "" }
    guard !isMultiplexed(environment) else { return nil }
    let (term, program) = (value("TERM"), value("TERM_PROGRAM"))
    if !value("KITTY_WINDOW_ID").isEmpty || ["xterm-kitty", "xterm-ghostty"].contains(term) || program == "ghostty" {
      return .kitty
    }
    if ["iTerm.app", "WezTerm"].contains(program) || value("LC_TERMINAL") == "iTerm2" { return .iterm }
    return ["foot", "foot-extra", "mlterm", "yaft-256color", "contour"].contains(term) ? .sixel : nil
  }

  /// Whether a program between this one and the terminal lets no picture through.
  public static func isMultiplexed(_ environment: (String) -> String?) -> Bool {
    let term = environment("TERM") ?? ""
    return !(environment("TMUX") ?? "").isEmpty || !(environment("STY") ?? "").isEmpty
      || term.hasPrefix("tmux") || term.hasPrefix("screen")
  }

  /// Whether a terminal's answer to `ESC [ c` names sixel graphics: attribute 4.
  ///
  /// - Source: VT330/VT340 Programmer Reference Manual, Primary DA Response.
  public static func hasSixel(_ answer: [UInt8]) -> Bool {
    let text = String(decoding: answer, as: UTF8.self)
    guard let start = text.firstRange(of: "\u{1B}[?"), let end = text[start.upperBound...].firstIndex(of: "c") else {
      return false
    }
    return text[start.upperBound..<end].split(separator: ";").dropFirst().contains("4")
  }

  /// A picture as the terminal is given it, in one line of text.
  ///
  /// - Parameter picture: The picture, which is shown in its size.
  /// - Returns: Escape sequences; `nil` when memory does not suffice.
  public func sequence(_ picture: Preview) -> String? {
    switch self {
    case .kitty: Self.kitty(picture)
    case .iterm: Self.iterm(picture)
    case .sixel: SixelEncoder.sequence(picture)
    }
  }

  /// Whether a line is a picture and no text.
  static func isPicture(_ line: String) -> Bool {
    ["\u{1B}_G", "\u{1B}]1337;", "\u{1B}P"].contains { line.hasPrefix($0) }
  }

  private static func kitty(_ picture: Preview) -> String {
    let text = Array(Data(picture.pixels).base64EncodedString().utf8)
    var sequence = ""
    for start in stride(from: 0, to: text.count, by: pieceLength) {
      let end = min(start + pieceLength, text.count)
      let more = end < text.count ? "m=1" : "m=0"
      // q=2: the terminal answers nothing, as nobody waits for an answer.
      let keys = start == 0 ? "a=T,q=2,f=24,s=\(picture.width),v=\(picture.height),\(more)" : "q=2,\(more)"
      sequence += "\u{1B}_G\(keys);" + String(decoding: text[start..<end], as: UTF8.self) + "\u{1B}\\"
    }
    return sequence
  }

  private static func iterm(_ picture: Preview) -> String? {
    guard let file = try? picture.jpeg(quality: 90) else { return nil }
    return "\u{1B}]1337;File=size=\(file.count);width=\(picture.width)px;height=\(picture.height)px;inline=1:"
      + Data(file).base64EncodedString() + "\u{07}"
  }
}
