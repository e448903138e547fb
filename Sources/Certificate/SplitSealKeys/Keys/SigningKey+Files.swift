extension SigningKey {
  /// A key that was read from a file.
  public struct Loaded: Sendable {
    /// The key.
    public let key: SigningKey
    /// Whether the file's mode lets its group or everybody read it, which deserves a warning.
    public let isReadableByOthers: Bool
  }

  /// Reads a private key from a file of at most 64 KiB.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - passphrase: What opens an encrypted key; `nil` when there is none.
  /// - Returns: The key, and whether others can read the file.
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badKey`, `passphraseNeeded`,
  ///   `wrongPassphrase`.
  public static func load(from path: String, passphrase: [UInt8]? = nil) throws(CertificateError) -> Loaded {
    let file = try FileBytes.read(path, limit: 64 << 10, missingHint: makingHint)
    return Loaded(
      key: try SigningKey(pem: file.bytes, passphrase: passphrase, file: path),
      isReadableByOthers: file.mode & 0o077 != 0)
  }

  /// Reads a passphrase: the first line of a file of at most 4 KiB, without its end.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`; `badKey` when the line is empty.
  public static func passphrase(inFile path: String) throws(CertificateError) -> [UInt8] {
    let bytes = try FileBytes.read(path, limit: 4 << 10, missingHint: "name a file that holds the passphrase").bytes
    var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    guard !line.isEmpty else { throw CertificateError(.badKey, "the passphrase is empty", file: path) }
    return Array(line)
  }

  /// Writes `NAME.key` (mode 0600) and `NAME.pub` (mode 0644).
  ///
  /// Neither may be there already.
  ///
  /// - Parameters:
  ///   - name: Path of both files without their suffix.
  ///   - passphrase: What is to open the private key, not empty; `nil` leaves it readable.
  /// - Throws: ``CertificateError``: `alreadyExists`, `inputOutput`. After an error neither file has been added.
  public func write(to name: String, passphrase: [UInt8]? = nil) throws(CertificateError) {
    let pem = if let passphrase { try encryptedPEM(passphrase: passphrase) } else { pem }
    try FileBytes.create(name + ".key", Array(pem.utf8), mode: 0o600)
    do {
      try FileBytes.create(name + ".pub", Array(verificationKey.pem.utf8), mode: 0o644)
    } catch {
      FileBytes.remove(name + ".key")
      throw error
    }
  }
}

extension VerificationKey {
  /// Reads a public key from a file of at most 64 KiB: PEM or one OpenSSH line.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badKey`.
  public static func load(from path: String) throws(CertificateError) -> VerificationKey {
    let missingHint = "give the .pub file that the signer published"
    return try VerificationKey(
      parsing: FileBytes.read(path, limit: 64 << 10, missingHint: missingHint).bytes, file: path)
  }
}
