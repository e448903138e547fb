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
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badKey`.
  public static func load(from path: String) throws(CertificateError) -> Loaded {
    let file = try FileBytes.read(path, limit: 64 << 10, missingHint: "make a key with: splitseal keygen -o NAME")
    return Loaded(key: try SigningKey(pem: file.bytes, file: path), isReadableByOthers: file.mode & 0o077 != 0)
  }

  /// Writes `NAME.key` (mode 0600) and `NAME.pub` (mode 0644).
  ///
  /// Neither may be there already.
  ///
  /// - Parameter name: Path of both files without their suffix.
  /// - Throws: ``CertificateError``: `alreadyExists`, `inputOutput`. After an error neither file has been added.
  public func write(to name: String) throws(CertificateError) {
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
  /// Reads a public key from a file of at most 64 KiB.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badKey`.
  public static func load(from path: String) throws(CertificateError) -> VerificationKey {
    let missingHint = "give the .pub file that the signer published"
    return try VerificationKey(pem: FileBytes.read(path, limit: 64 << 10, missingHint: missingHint).bytes, file: path)
  }
}
