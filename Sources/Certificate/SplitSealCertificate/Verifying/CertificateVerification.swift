public import SplitSealKeys
public import SplitSealBase

/// What came of holding a certificate against keys, records and files.
///
/// Not an error: a certificate that fails is a successful verification.
public struct CertificateVerification: Hashable, Sendable {
  /// The conclusion; its raw value is the exit status of `splitseal verify`.
  public enum Status: Int32, Hashable, Sendable {
    /// Everything that was checked holds, and the signer is trusted.
    case verified = 0
    /// The signature, the records or the files are not what was signed, or the claims contradict themselves.
    case mismatch = 1
    /// There is no key to check the signature with, or no records.
    case cannotRun = 2
    /// Everything that was checked holds, and nothing says that the signer is to be trusted.
    case signerNotTrusted = 3
    /// The certificate is malformed, or of a kind or version that this version does not know.
    case malformed = 4
  }

  /// What a problem is about.
  public enum Subject: String, Hashable, Sendable {
    case certificate, signature, claims, records, report, files, signer, timestamp, proof, audit
  }

  /// One thing that does not hold.
  public struct Problem: Hashable, Sendable {
    /// What it is about.
    public let subject: Subject
    /// A sentence that names what differs, lower case, without a full stop.
    public let message: String
  }

  /// The conclusion.
  public internal(set) var status: Status = .verified
  /// The key that made the signature; `nil` when none of the given keys did.
  public internal(set) var signer: KeyFingerprint?
  /// Whether the caller said that this signer is to be trusted.
  public internal(set) var isTrusted = false
  /// Whether something that the caller gave speaks against a signer who is not unknown.
  public internal(set) var isSignerRefused = false
  /// Who the list of signers says holds the key; `nil` without a list and unless the signer is trusted.
  public internal(set) var identity: String?
  /// The earliest timestamp that holds and whose authority is trusted; `nil` when none was checked.
  public internal(set) var timestamp: Timestamp?
  /// SHA-256 of the payload; `nil` unless the signature is valid.
  public internal(set) var certificateID: Digest256?
  /// What the certificate claims; `nil` unless the signature is valid and the statement could be read.
  public internal(set) var claims: CertificateClaims?
  /// Whether the claims were held against the records.
  public internal(set) var checkedRecords = false
  /// Whether the report beside the certificate was held against the claims.
  public internal(set) var checkedReport = false
  /// Whether the records were held against the files.
  public internal(set) var checkedFiles = false
  /// Which files were held against the records, where not all were; `nil` otherwise.
  public internal(set) var sample: FileSample?
  /// What came of running the audit again; `nil` when it was not.
  public package(set) var audit: AuditComparison?
  /// What does not hold; empty exactly when ``status`` is `verified`.
  public internal(set) var problems: [Problem] = []
  /// What deserves mention and changes nothing.
  public internal(set) var notes: [String] = []

  /// Mentions something that changes nothing.
  package mutating func note(_ sentence: String) { notes.append(sentence) }

  package mutating func fail(_ status: Status, _ subject: Subject, _ message: String) {
    problems.append(Problem(subject: subject, message: message))
    // A certificate that cannot be read says least, then one without a key, then one that does not match.
    let rank: [Status] = [.verified, .signerNotTrusted, .mismatch, .cannotRun, .malformed]
    if let new = rank.firstIndex(of: status), let old = rank.firstIndex(of: self.status), new > old {
      self.status = status
    }
  }
}
