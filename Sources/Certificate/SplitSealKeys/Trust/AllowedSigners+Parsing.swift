internal import SplitSealBase

extension AllowedSigners {
  /// Reads the lines of a file.
  ///
  /// Lines with keys of other kinds, such as RSA, are kept and match nothing. What ssh-keygen would refuse is refused.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: Its name, for errors and reasons.
  /// - Throws: ``CertificateError`` with code `badTrustFile` and the line.
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    var entries: [Entry] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do { if let entry = try Entry(parsing: line, line: index + 1) { entries.append(entry) } } catch {
        throw CertificateError(
          .badTrustFile, error.reason,
          hint: #"a line is NAME namespaces="splitseal" ssh-ed25519 AAAA..., as keygen prints it"#, file: file,
          line: index + 1)
      }
    }
    self.file = file
    self.entries = entries
  }
}

extension AllowedSigners.Entry {
  /// Why a line is refused.
  struct Fault: Error { let reason: String }

  /// Most bytes of a line: an RSA key of 16,384 bits has 2,800.
  static let maximumLineByteCount = 16 << 10

  /// Reads one line; `nil` for an empty one and for a comment.
  init?(parsing bytes: ArraySlice<UInt8>, line: Int) throws(Fault) {
    guard bytes.count <= Self.maximumLineByteCount else {
      throw Fault(reason: "the line has more than \(Self.maximumLineByteCount) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault(reason: "the line is not UTF-8") }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" && $0 != "\r" || $0.value == 0x7F })
    else { throw Fault(reason: "the line has a control character") }
    var words = SignerWords(text.trimmedOfBlanks)
    guard !words.isAtEnd, words.first != "#" else { return nil }
    guard let principals = SignerPatterns(try words.principals()) else { throw Fault(reason: "the line names nobody") }
    guard !words.isAtEnd else { throw Fault(reason: "there is no key behind the name") }

    let options = Self.isKeyType(words.peek) ? SignerOptions() : try SignerOptions(parsing: words.options())
    let type = words.word()
    guard !type.isEmpty else { throw Fault(reason: "there is no key behind the name") }
    let base64 = words.word()
    self.line = line
    self.principals = principals
    namespaces = options.namespaces
    validAfter = options.validAfter
    validBefore = options.validBefore
    isCertificateAuthority = options.isCertificateAuthority
    keyType = type
    if AlgorithmName.keyKind(openSSH: type) != nil {
      guard Base64.decode(base64) != nil else { throw Fault(reason: "not a public key of OpenSSH: \(type.quoted)") }
      key = nil
    } else {
      do { key = try VerificationKey(openSSHType: type, base64: base64) } catch { throw Fault(reason: error.message) }
    }
  }

  private static func isKeyType(_ word: String) -> Bool {
    word == "ssh-ed25519" || word == "ecdsa-sha2-nistp256" || AlgorithmName.keyKind(openSSH: word) != nil
  }
}

/// The words of a line, with blanks and tabs between them.
///
/// Scalar by scalar, as ssh-keygen reads bytes: a mark that combines with a quotation mark or a blank hides neither.
struct SignerWords {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = text[...].unicodeScalars }

  var isAtEnd: Bool { rest.isEmpty }
  var first: Unicode.Scalar? { rest.first }

  /// Takes who may sign: one word, or what stands between quotation marks.
  mutating func principals() throws(AllowedSigners.Entry.Fault) -> String {
    guard rest.first == "\"" else { return word() }
    let body = rest.dropFirst()
    guard let end = body.firstIndex(of: "\"") else { throw .init(reason: "a quotation mark is not closed") }
    rest = body[body.index(after: end)...]
    skipBlanks()
    return String(body[..<end])
  }

  /// Takes the next word; empty at the end.
  mutating func word() -> String {
    let word = rest.prefix { !$0.isBlank }
    rest = rest[word.endIndex...]
    skipBlanks()
    return String(word)
  }

  /// The next word, which stays where it is.
  var peek: String {
    var copy = self
    return copy.word()
  }

  /// Takes the next word, in which blanks between quotation marks count as its own.
  mutating func options() throws(AllowedSigners.Entry.Fault) -> String {
    var isQuoted = false
    var isEscaped = false
    var end = rest.startIndex
    while end < rest.endIndex, isQuoted || !rest[end].isBlank {
      if rest[end] == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = rest[end] == "\\" && !isEscaped
      end = rest.index(after: end)
    }
    guard !isQuoted else { throw .init(reason: "a quotation mark is not closed") }
    defer {
      rest = rest[end...]
      skipBlanks()
    }
    return String(rest[..<end])
  }

  private mutating func skipBlanks() { rest = rest.drop { $0.isBlank } }
}

extension Unicode.Scalar {
  /// Whether it parts words: a blank or a tab.
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension String {
  /// The words between blanks and tabs.
  var wordsBetweenBlanks: [String] {
    unicodeScalars.split { $0.isBlank }.map { String($0) }
  }

  /// The text without blanks, tabs and carriage returns at its ends.
  var trimmedOfBlanks: String {
    var text = unicodeScalars[...].drop { $0.isBlank || $0 == "\r" }
    while let last = text.last, last.isBlank || last == "\r" { text.removeLast() }
    return String(text)
  }
}
