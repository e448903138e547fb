internal import SplitSealBase
internal import Crypto

extension VerificationKey {
  /// Reads a public key: a SubjectPublicKeyInfo in PEM, or one OpenSSH line (`ssh-ed25519 AAAA... comment`).
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: Its name, for errors.
  /// - Throws: ``CertificateError`` with code `badKey` when there is not exactly one key of a kind that signs
  ///   certificates.
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    let lines = Self.lines(of: bytes)
    guard let line = lines.first, lines.count == 1, !line.text.hasPrefix("-----") else {
      try self.init(pem: bytes, file: file)
      return
    }
    let words = line.text.wordsBetweenBlanks
    guard words.count >= 2 else {
      throw CertificateError(
        .badKey, "not a public key", hint: "give the .pub file that keygen or ssh-keygen wrote", file: file)
    }
    do { try self.init(openSSHType: words[0], base64: words[1]) } catch {
      throw CertificateError(.badKey, error.message, hint: error.hint, file: file, line: line.number)
    }
  }

  /// The lines of a text that are neither empty nor comments, with their numbers from 1.
  static func lines(of bytes: [UInt8]) -> [(number: Int, text: String)] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      guard let text = String(validating: line, as: UTF8.self) else { return (index + 1, "?") }
      let trimmed = text.trimmedOfBlanks
      return trimmed.isEmpty || trimmed.hasPrefix("#") ? nil : (index + 1, trimmed)
    }
  }

  /// Reads the two words of an OpenSSH public key.
  ///
  /// - Parameters:
  ///   - type: `ssh-ed25519` or `ecdsa-sha2-nistp256`.
  ///   - base64: The key in OpenSSH's wire format.
  /// - Throws: ``CertificateError`` with code `badKey`.
  /// - Source: RFC 5656, section 3.1; RFC 8709, section 4.
  init(openSSHType type: String, base64: String) throws(CertificateError) {
    if let kind = AlgorithmName.keyKind(openSSH: type) {
      throw CertificateError(
        .badKey, "\(kind) signs no certificates", hint: "certificates are signed with ECDSA P-256 or Ed25519")
    }
    guard let bytes = Base64.decode(base64), let key = Self.key(wireFormat: bytes, type: type) else {
      throw CertificateError(
        .badKey, "not a public key of OpenSSH: \(type.quoted)",
        hint: "a line starts with 'ssh-ed25519' or 'ecdsa-sha2-nistp256'")
    }
    self = key
  }

  private static func key(wireFormat bytes: [UInt8], type: String) -> VerificationKey? {
    var reader = OpenSSHReader(bytes)
    guard let inner = try? reader.text(), inner.hasSameBytes(as: type) else { return nil }
    let key: VerificationKey?
    switch type {
    case "ssh-ed25519":
      key = (try? reader.field())
        .flatMap { try? Curve25519.Signing.PublicKey(rawRepresentation: $0) }.map { VerificationKey($0) }
    case "ecdsa-sha2-nistp256":
      guard let curve = try? reader.text(), curve.hasSameBytes(as: "nistp256") else { return nil }
      guard let point = try? reader.field(), point.count == 65, point.first == 4 else { return nil }
      key = (try? P256.Signing.PublicKey(x963Representation: point)).map { VerificationKey($0) }
    default: return nil
    }
    return reader.isAtEnd ? key : nil
  }
}
