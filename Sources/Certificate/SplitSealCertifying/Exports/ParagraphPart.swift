internal import SplitSealBase
internal import SplitSealManifest

/// A stretch of a paragraph.
enum ParagraphPart {
  /// Words of ours, without a character that means something in Markdown or LaTeX.
  case words(String)
  /// A text of the certificate: anything may stand in it.
  case name(String)
  /// A digest or a fingerprint, to be compared letter by letter.
  case code(String)

  func text(_ markup: CertificateParagraph.Markup) -> String {
    switch (self, markup) {
    case (.words(let words), _): words
    case (.name(let name), .markdown): Self.markdown(name)
    case (.name(let name), .latex): Self.latex(name)
    // Base64 and hexadecimal digits have no backtick.
    case (.code(let code), .markdown): "`\(code)`"
    // `\allowbreak` lets a line end within 64 digits.
    case (.code(let code), .latex):
      "\\texttt{\(Self.broken(code).map { Self.latex($0) }.joined(separator: "\\allowbreak{}"))}"
    }
  }

  /// Characters that CommonMark, GitHub, Pandoc and HTML give a meaning, each after a backslash.
  ///
  /// - Source: CommonMark 0.31, section 2.4: any ASCII punctuation may be escaped so.
  private static func markdown(_ text: String) -> String {
    let special = Set("\\`*_{}[]()<>#+!|~&$^@".unicodeScalars)
    return escaped(text) { special.contains($0) ? "\\\($0)" : nil }
  }

  /// Characters that LaTeX gives a meaning, as commands.
  ///
  /// - Source: L. Lamport, LaTeX, 2nd edition, section 2.2.1; `textcomp` is in every LaTeX since 2020.
  private static func latex(_ text: String) -> String {
    var text = escaped(text) { scalar in
      switch scalar {
      case "\\": "\\textbackslash{}"
      case "{", "}", "$", "&", "#", "%", "_": "\\\(scalar)"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "<": "\\textless{}"
      case ">": "\\textgreater{}"
      case "|": "\\textbar{}"
      case "\"": "\\textquotedbl{}"
      case "'": "\\textquotesingle{}"
      case "`": "\\textasciigrave{}"
      default: nil
      }
    }
    // Two hyphens would be joined to a dash.
    while text.contains("--") { text = text.replacing("--", with: "-{}-") }
    return text
  }

  private static func escaped(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in printable(text).unicodeScalars {
      if let replacement = replacement(scalar) {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in pieces of 8 characters.
  private static func broken(_ text: String) -> [String] {
    var pieces: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(8)))
      rest = rest.dropFirst(8)
    }
    return pieces
  }
}
