internal import SplitSealBase

/// A list of keys and of who signs with them: OpenSSH's `allowed_signers`.
///
/// - Source: ssh-keygen(1), ALLOWED SIGNERS.
public struct AllowedSigners: Hashable, Sendable {
  /// The namespace of certificates: a line that names namespaces must name this one.
  public static let namespace = "splitseal"

  /// One line.
  public struct Entry: Hashable, Sendable {
    /// Line in the file, from 1.
    public let line: Int
    let principals: SignerPatterns
    let namespaces: SignerPatterns?
    /// When the key's signatures begin to count, in seconds since 1970; `nil` for always.
    public let validAfter: Int?
    /// When they cease to count, in seconds since 1970; `nil` for never.
    public let validBefore: Int?
    /// Whether the key only vouches for other keys, which is nothing here.
    public let isCertificateAuthority: Bool
    /// The key; `nil` for one of a kind that signs no certificates.
    public let key: VerificationKey?
    /// The key's kind as OpenSSH calls it.
    public let keyType: String

    /// Who may sign, as it stands in the file.
    public var identities: String { principals.text }
  }

  /// The file; `nil` for text that came from none.
  public let file: String?
  /// The lines that hold keys, in order.
  public let entries: [Entry]

  /// Reads a file of at most 1 MiB.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`, `badTrustFile`.
  public static func load(from path: String) throws(CertificateError) -> AllowedSigners {
    let hint = "name a file in the form of ssh-keygen's allowed_signers"
    return try AllowedSigners(parsing: FileBytes.read(path, limit: 1 << 20, missingHint: hint).bytes, file: path)
  }

  /// The keys that sign certificates, each once, in order.
  public var keys: [VerificationKey] {
    var seen: Set<VerificationKey> = []
    return entries.compactMap { entry in
      guard let key = entry.key, !entry.isCertificateAuthority, seen.insert(key).inserted else { return nil }
      return key
    }
  }
}

extension AllowedSigners {
  /// What the list says of a key.
  public enum Decision: Hashable, Sendable {
    /// The key may sign for this identity.
    case allowed(identity: String)
    /// It may not; the reason is a sentence, lower case, without a full stop.
    case refused(String)
    /// It is not in the list.
    case unknown
  }

  /// Looks a key up.
  ///
  /// - Parameters:
  ///   - key: The key that made a signature.
  ///   - identity: Who is asked for; `nil` for anybody in the list.
  ///   - seconds: When the signature was made, in seconds since 1970.
  ///   - isTimestamped: Whether a timestamp says so; otherwise it is the time of the check.
  /// - Returns: The first line that allows it, else why the first line that comes closest does not.
  public func decision(
    on key: VerificationKey, identity: String?, at seconds: Int, isTimestamped: Bool = false
  ) -> Decision {
    let ofKey = entries.filter { $0.key == key }
    guard !ofKey.isEmpty else { return .unknown }
    var reasons: [(rank: Int, reason: String)] = []
    for entry in ofKey {
      switch refusal(of: entry, identity: identity, at: seconds, isTimestamped: isTimestamped) {
      case nil: return .allowed(identity: identity ?? entry.identities)
      case let refusal?: reasons.append(refusal)
      }
    }
    // The one that got furthest; of equals the first.
    let furthest = reasons.map(\.rank).max()
    return reasons.first { $0.rank == furthest }.map { .refused($0.reason) } ?? .unknown
  }

  /// Whether a line counts, leaving aside whom it names.
  public enum State: Hashable, Sendable {
    /// Its key may sign certificates.
    case valid
    /// It may not; the reason is a few words.
    case invalid(String)
  }

  /// Says whether a line's key may sign certificates at a time.
  ///
  /// - Parameters:
  ///   - entry: One of ``entries``.
  ///   - seconds: Seconds since 1970.
  /// - Returns: Whether it may, and why not.
  public func state(of entry: Entry, at seconds: Int) -> State {
    if entry.isCertificateAuthority { return .invalid("vouches for other keys only") }
    if let namespaces = entry.namespaces, !namespaces.matches(Self.namespace) {
      return .invalid("not for '\(Self.namespace)'")
    }
    if let after = entry.validAfter, seconds < after { return .invalid("not yet valid") }
    if let before = entry.validBefore, seconds > before { return .invalid("expired") }
    return .valid
  }

  /// Reads a time as a list of signers writes it, `YYYYMMDD[HHMM[SS]][Z]`; `nil` when it is none.
  ///
  /// - Returns: Seconds since 1970.
  public static func unixSeconds(_ text: String) -> Int? { SignerTime.unixSeconds(text) }

  /// Writes a time for people: `2026-12-31T00:00:00Z`.
  public static func text(unixSeconds seconds: Int) -> String { TimeText.text(unixSeconds: seconds) }

  private func refusal(
    of entry: Entry, identity: String?, at seconds: Int, isTimestamped: Bool
  ) -> (rank: Int, reason: String)? {
    let place = " (\([file.map { $0.quoted }, "line \(entry.line)"].compactMap(\.self).joined(separator: ", ")))"
    if let identity, !entry.principals.matches(identity) {
      return (0, "the key is that of \(entry.identities.quoted), not of \(identity.quoted)\(place)")
    }
    if entry.isCertificateAuthority {
      return (1, "the key is listed as one that vouches for other keys, which signs no certificates\(place)")
    }
    if let namespaces = entry.namespaces, !namespaces.matches(Self.namespace) {
      return (2, "the key may sign in \(namespaces.text.quoted), not in '\(Self.namespace)'\(place)")
    }
    let when = isTimestamped ? "at the time of the timestamp" : "now"
    if let after = entry.validAfter, seconds < after {
      let time = TimeText.text(unixSeconds: after)
      return (3, "the key is not yet valid \(when): its signatures count from \(time)\(place)")
    }
    if let before = entry.validBefore, seconds > before {
      let time = TimeText.text(unixSeconds: before)
      return (3, "the key has expired: its signatures counted until \(time)\(place)")
    }
    return nil
  }
}
