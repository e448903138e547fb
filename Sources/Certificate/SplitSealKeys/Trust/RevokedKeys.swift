internal import SplitSealBase

/// Keys whose signatures count no more, whenever they were made.
///
/// A text of one key a line: its fingerprint, or its OpenSSH line. Empty lines and what follows a `#` are comments.
public struct RevokedKeys: Hashable, Sendable {
  /// Where each key is named: its file and line, for messages.
  private var places: [KeyFingerprint: String] = [:]

  /// No keys.
  public init() {}

  /// Reads a list.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: Its name, for errors and reasons.
  /// - Throws: ``CertificateError`` with code `badTrustFile` and the line: a line that is not understood could be the
  ///   one that matters.
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CertificateError) {
    guard !bytes.starts(with: "SSHKRL\n\0".utf8) else {
      throw CertificateError(
        .badTrustFile, "a revocation list in OpenSSH's binary form is not read",
        hint: "list the fingerprints, one a line, as 'ssh-keygen -lf' shows them", file: file)
    }
    for (number, line) in VerificationKey.lines(of: bytes) {
      let words = line.wordsBetweenBlanks
      let place = [file.map { $0.quoted }, "line \(number)"].compactMap(\.self).joined(separator: ", ")
      if let fingerprint = KeyFingerprint(words[0]), words.count == 1 || words[1].hasPrefix("#") {
        places[fingerprint] = places[fingerprint] ?? place
        continue
      }
      // Keys of other kinds sign no certificates, revoked or not.
      if words.count >= 2, AlgorithmName.keyKind(openSSH: words[0]) != nil { continue }
      guard words.count >= 2, let key = try? VerificationKey(openSSHType: words[0], base64: words[1]) else {
        throw CertificateError(
          .badTrustFile, "neither a fingerprint nor a public key of OpenSSH",
          hint: "a line is SHA256: and 43 characters of base64, or ssh-ed25519 AAAA...", file: file, line: number)
      }
      places[key.fingerprint] = places[key.fingerprint] ?? place
    }
  }

  /// Reads a file of at most 1 MiB.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badTrustFile`.
  public static func load(from path: String) throws(CertificateError) -> RevokedKeys {
    let hint = "name a file of fingerprints, one a line"
    return try RevokedKeys(parsing: FileBytes.read(path, limit: 1 << 20, missingHint: hint).bytes, file: path)
  }

  /// Adds the keys of another list.
  public mutating func formUnion(_ other: RevokedKeys) { places.merge(other.places) { first, _ in first } }

  /// Where a key is revoked, its file and line; `nil` when it is not.
  public func place(of key: KeyFingerprint) -> String? { places[key] }
}
