internal import SplitSealBase

/// The signers that a user has chosen to trust: a file in the format of OpenSSH's `allowed_signers`, which ssh-keygen reads.
///
/// Only ``add(_:)`` adds to it.
public struct TrustStore: Hashable, Sendable {
  /// The file.
  public let path: String

  /// The file at a path.
  public init(path: String) { self.path = path }

  /// The user's own file: `SPLITSEAL_TRUST`, else `splitseal/allowed_signers` in `XDG_CONFIG_HOME`, else in `~/.config`;
  /// `nil` if none of these is set.
  ///
  /// - Source: XDG Base Directory Specification, which says to ignore relative paths.
  public static func standard(environment: [String: String]) -> TrustStore? {
    if let path = environment["SPLITSEAL_TRUST"], !path.isEmpty { return TrustStore(path: path) }
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return TrustStore(path: "\(folder)/splitseal/allowed_signers")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return TrustStore(path: "\(home)/.config/splitseal/allowed_signers")
  }

  /// Reads the signers; the list is empty if there is no file.
  ///
  /// - Throws: ``CertificateError``: `inputOutput`, `tooLarge`, or `badTrustFile`, also for a file that others may write to.
  public func signers() throws(CertificateError) -> AllowedSigners {
    try AllowedSigners(parsing: try bytes(), file: path)
  }

  /// A signer to add.
  public struct Addition: Hashable, Sendable {
    /// The key.
    public var key: VerificationKey
    /// Who signs with it, in one word.
    public var identity: String
    /// The time from which its signatures count, in seconds since 1970.
    public var validAfter: Int?
    /// The time until which they count, in seconds since 1970.
    public var validBefore: Int?

    /// Makes an addition.
    public init(key: VerificationKey, identity: String, validAfter: Int? = nil, validBefore: Int? = nil) {
      self.key = key
      self.identity = identity
      self.validAfter = validAfter
      self.validBefore = validBefore
    }

    /// The line for the file.
    var line: String {
      var options = ["namespaces=\"\(AllowedSigners.namespace)\""]
      if let validAfter { options.append("valid-after=\"\(SignerTime.text(unixSeconds: validAfter))\"") }
      if let validBefore { options.append("valid-before=\"\(SignerTime.text(unixSeconds: validBefore))\"") }
      return "\(identity) \(options.joined(separator: ",")) \(key.openSSHLine)"
    }
  }

  /// Adds a signer at the end of the file, and makes the file and its folder if they are missing.
  ///
  /// - Throws: ``CertificateError``: `alreadyExists` if the key is listed under this name; `badTrustFile` for a name
  ///   that is not one plain word; `inputOutput`, `tooLarge`.
  public func add(_ addition: Addition) throws(CertificateError) {
    try FileBytes.makeFolders(above: path)
    let lock = try lock()
    try write(addition, to: lock.file)
    lock.release()
  }

  private func write(_ addition: Addition, to target: String) throws(CertificateError) {
    let notPlain = CertificateError(
      .badTrustFile, "\(addition.identity.quoted) is not one plain word", hint: "an identity is like ann@example.org")
    guard !addition.identity.isEmpty,
      !addition.identity.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F || "*?!,\"".utf8.contains($0) })
    else {
      throw notPlain
    }
    let old = try bytes()
    let listed = try AllowedSigners(parsing: old, file: path).entries
    guard !listed.contains(where: { $0.key == addition.key && $0.identities.hasSameBytes(as: addition.identity) })
    else {
      throw CertificateError(
        .alreadyExists, "\(addition.identity.quoted) is listed with this key already",
        hint: "to change a line, remove it first: splitseal trust remove \(addition.identity)", file: path)
    }
    let lead = old.isEmpty || old.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]
    let new = old + lead + Array("\(addition.line)\n".utf8)
    // Read it back as every program will, so that a name that is a pattern or has a second word never gets in.
    let entries = try AllowedSigners(parsing: new, file: path).entries
    guard entries.count == listed.count + 1, let last = entries.last, last.key == addition.key,
      last.identities.hasSameBytes(as: addition.identity)
    else { throw notPlain }
    try FileBytes.replace(target, new, mode: 0o600)
  }

  /// Removes every line that has a name or a fingerprint; comments and other lines stay as they are.
  ///
  /// - Parameter name: The name as the line has it, or `SHA256:...`.
  /// - Returns: The lines that were removed.
  /// - Throws: ``CertificateError``: `notFound` if no line has it; `inputOutput`, `tooLarge`, `badTrustFile`.
  public func remove(_ name: String) throws(CertificateError) -> [AllowedSigners.Entry] {
    let lock = try lock()
    let removed = try rewrite(without: name, to: lock.file)
    lock.release()
    return removed
  }

  private func rewrite(without name: String, to target: String) throws(CertificateError) -> [AllowedSigners.Entry] {
    let old = try bytes()
    let fingerprint = KeyFingerprint(name)
    let removed = try AllowedSigners(parsing: old, file: path).entries.filter { entry in
      entry.identities.hasSameBytes(as: name) || fingerprint != nil && entry.key?.fingerprint == fingerprint
    }
    guard !removed.isEmpty else {
      throw CertificateError(
        .notFound, "\(name.quoted) is not listed", hint: "splitseal trust list shows who is", file: path)
    }
    let numbers = Set(removed.map(\.line))
    let lines = old.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let kept = lines.enumerated().filter { !numbers.contains($0.offset + 1) }.map(\.element)
    try FileBytes.replace(target, Array(kept.joined(separator: [UInt8(ascii: "\n")])), mode: 0o600)
    return removed
  }

  /// Held from reading the file to replacing it, so that two who change it at once do not undo each other's lines.
  ///
  /// Links are followed, and the file that they lead to is replaced: a link stays one.
  private func lock() throws(CertificateError) -> FolderLock {
    do throws(FolderLock.Failure) { return try FolderLock(around: path) } catch {
      throw CertificateError(.inputOutput, error.reason, hint: error.hint, file: path)
    }
  }

  private func bytes() throws(CertificateError) -> [UInt8] {
    do throws(CertificateError) {
      let file = try FileBytes.read(path, limit: 1 << 20)
      guard file.mode & 0o022 == 0 else {
        throw CertificateError(
          .badTrustFile, "others may write to this file: anybody could have added a key",
          hint: "check every line, then run: chmod 600 \(path)", file: path)
      }
      return file.bytes
    } catch {
      guard error.code == .notFound else { throw error }
      return []
    }
  }
}
