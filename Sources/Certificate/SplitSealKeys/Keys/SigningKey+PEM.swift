internal import SplitSealBase

extension SigningKey {
  /// Reads a private key in PEM: PKCS#8 (`PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` with its passphrase), SEC 1
  /// (`EC PRIVATE KEY`), or OpenSSH's own format without encryption.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - passphrase: What opens an encrypted key; `nil` when there is none. Other keys do not need it.
  ///   - file: The file's name, for errors.
  /// - Throws: ``CertificateError``: `passphraseNeeded`, `wrongPassphrase`, or `badKey`, whose hint says how to convert
  ///   what is not supported.
  public init(pem bytes: [UInt8], passphrase: [UInt8]? = nil, file: String? = nil) throws(CertificateError) {
    guard !Self.hasLegacyEncryption(bytes) else {
      throw CertificateError(
        .badKey, "the key is encrypted in OpenSSL's old way",
        hint: "convert a copy with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out COPY", file: file)
    }
    let blocks = PEM.blocks(of: bytes).filter { $0.label.hasSuffix("PRIVATE KEY") }
    guard let block = blocks.first, blocks.count == 1 else {
      throw CertificateError(
        .badKey, "there is not exactly one private key in PEM", hint: Self.makingHint, file: file)
    }
    switch block.label {
    case "PRIVATE KEY": try self.init(pkcs8: block.bytes, file: file)
    case "EC PRIVATE KEY": try self.init(sec1: block.bytes, file: file)
    case "OPENSSH PRIVATE KEY": try self.init(openSSH: block.bytes, file: file)
    case "ENCRYPTED PRIVATE KEY":
      let encrypted = try PBES2(parsing: block.bytes, file: file)
      guard let passphrase else {
        throw CertificateError(.passphraseNeeded, "the key is encrypted", hint: "give --passphrase-file", file: file)
      }
      guard let der = encrypted.decrypted(with: passphrase) else { throw Self.wrongPassphrase(file) }
      // By chance, one wrong passphrase in 256 leaves bytes whose padding looks right.
      guard (try? DERReader(der: der)) != nil else { throw Self.wrongPassphrase(file) }
      try self.init(pkcs8: der, file: file)
    default:
      throw CertificateError(
        .badKey, "a \(block.label.quoted) is not a key that signs certificates", hint: Self.makingHint, file: file)
    }
  }

  /// The key as PKCS#8 in PEM, with a final newline: secret.
  public var pem: String { PEM(label: "PRIVATE KEY", bytes: pkcs8).text }

  /// The key as encrypted PKCS#8 in PEM, with a final newline.
  ///
  /// - Parameter passphrase: What opens it; not empty.
  /// - Returns: The text.
  /// - Throws: ``CertificateError`` with code `selfCheckFailed` when the key cannot be read back.
  public func encryptedPEM(passphrase: [UInt8]) throws(CertificateError) -> String {
    precondition(!passphrase.isEmpty, "a key is not encrypted with nothing")
    let encrypted = try PBES2(encrypting: pkcs8, with: passphrase)
    let pem = PEM(label: "ENCRYPTED PRIVATE KEY", bytes: try encrypted.der).text
    guard try SigningKey(pem: Array(pem.utf8), passphrase: passphrase).pkcs8 == pkcs8 else {
      throw CertificateError(.selfCheckFailed, "the key that was just encrypted cannot be read")
    }
    return pem
  }

  private static func wrongPassphrase(_ file: String?) -> CertificateError {
    CertificateError(
      .wrongPassphrase, "the passphrase does not open the key",
      hint: "a passphrase file holds it in its first line, exactly as it was typed", file: file)
  }

  /// RFC 1421 headers, which OpenSSL's formats of old wrote into the block.
  private static func hasLegacyEncryption(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains("\nProc-Type: 4,ENCRYPTED")
  }
}
