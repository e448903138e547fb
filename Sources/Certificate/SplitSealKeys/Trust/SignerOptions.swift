internal import SplitSealBase

/// What stands between the name and the key of a line of `allowed_signers`.
///
/// - Source: ssh-keygen(1), ALLOWED SIGNERS; OpenSSH, sshsig.c, `sshsigopt_parse`.
struct SignerOptions {
  var namespaces: SignerPatterns?
  var validAfter: Int?
  var validBefore: Int?
  var isCertificateAuthority = false

  init() {}

  /// Reads options with commas between them, each at most once.
  ///
  /// An option that is not known is refused: it may well be one that narrows what the key is good for.
  init(parsing text: String) throws(AllowedSigners.Entry.Fault) {
    var rest = text[...].unicodeScalars
    repeat {
      let word = rest.prefix { $0 != "=" && $0 != "," }
      let name = String(word)
      rest = rest[word.endIndex...]
      var value: String?
      if rest.first == "=" { value = try Self.quoted(&rest, name) }
      try take(name, value)
      guard rest.first == "," else { break }
      rest = rest.dropFirst()
      guard !rest.isEmpty else { throw .init(reason: "the options end with a comma") }
    } while true
    guard rest.isEmpty else { throw .init(reason: "there is no comma behind an option") }
    if let validAfter, let validBefore, validBefore <= validAfter {
      throw .init(reason: "'valid-before' is not later than 'valid-after'")
    }
  }

  private mutating func take(_ name: String, _ value: String?) throws(AllowedSigners.Entry.Fault) {
    let twice = AllowedSigners.Entry.Fault(reason: "the option \(name.quoted) is given twice")
    switch (name.lowercased(), value) {
    case ("cert-authority", nil): isCertificateAuthority = true
    case ("namespaces", let value?):
      guard namespaces == nil else { throw twice }
      guard let patterns = SignerPatterns(value) else { throw .init(reason: "'namespaces' is empty") }
      namespaces = patterns
    case ("valid-after", let value?):
      guard validAfter == nil else { throw twice }
      validAfter = try Self.time(value, name)
    case ("valid-before", let value?):
      guard validBefore == nil else { throw twice }
      validBefore = try Self.time(value, name)
    default: throw .init(reason: "the option \(name.quoted) is not known, or there is no key")
    }
  }

  private static func time(_ text: String, _ name: String) throws(AllowedSigners.Entry.Fault) -> Int {
    guard let seconds = SignerTime.unixSeconds(text) else {
      throw .init(reason: "\(name.quoted) is no time like 20261231 or 202612312359Z: \(text.quoted)")
    }
    return seconds
  }

  /// Takes `="..."`; a quotation mark inside has a backslash in front.
  private static func quoted(
    _ rest: inout Substring.UnicodeScalarView, _ name: String
  ) throws(AllowedSigners.Entry.Fault) -> String {
    rest = rest.dropFirst()
    guard rest.first == "\"" else { throw .init(reason: "the value of \(name.quoted) is not in quotation marks") }
    rest = rest.dropFirst()
    var value = "".unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return String(value) }
      if scalar == "\\", rest.first == "\"" {
        value.append("\"")
        rest = rest.dropFirst()
      } else {
        value.append(scalar)
      }
    }
    throw .init(reason: "a quotation mark is not closed")
  }
}
