internal import Crypto
internal import SplitSealFingerprint

/// Derives all that a hidden certificate needs from one key: salts, keyed digests, keyed identities of findings.
///
/// Everything is HMAC-SHA256 under the salt key over a text that says what it is for, a zero, and the salt id.
/// - Source: RFC 2104; salts of 128 bits as RFC 9901, section 9.3, recommends.
public struct RecordSalting: Sendable {
  /// Tells these salts from others under the same key.
  public let id: SaltID
  private let key: SymmetricKey

  /// Joins a key and the id of one certificate.
  public init(key: SaltKey, id: SaltID) {
    self.id = id
    self.key = SymmetricKey(data: key.bytes)
  }

  /// The salt of the record at a place.
  public func salt(split: String, path: String) -> LeafSalt {
    let code = authenticationCode("splitseal/leaf-salt/v1") { code in
      code.update(data: Array(split.utf8) + [0])
      code.update(data: Array(path.utf8))
    }
    guard let salt = LeafSalt(prefixOf: code.bytes) else { preconditionFailure("a digest has 32 bytes") }
    return salt
  }

  /// What stands for a file's digest in the tree over contents: equal files stay equal, and nobody without the key can
  /// tell whether a file is among them.
  func keyedContent(_ digest: Digest256) -> Digest256 {
    authenticationCode("splitseal/content/v1") { $0.update(data: digest.bytes) }
  }

  /// What stands for the identity of a finding, which could be guessed from the names in it.
  func keyedFinding(_ identity: Digest256) -> Digest256 {
    authenticationCode("splitseal/finding/v1") { $0.update(data: identity.bytes) }
  }

  /// By what a key is told from a wrong one before anything else is compared.
  var check: LeafSalt {
    guard let check = LeafSalt(prefixOf: authenticationCode("splitseal/salt-check/v1") { _ in }.bytes) else {
      preconditionFailure("a digest has 32 bytes")
    }
    return check
  }

  private func authenticationCode(_ purpose: String, _ body: (inout HMAC<SHA256>) -> Void) -> Digest256 {
    var code = HMAC<SHA256>(key: key)
    code.update(data: Array(purpose.utf8) + [0] + id.bytes)
    body(&code)
    return Digest256(Array(code.finalize()))
  }
}

extension RecordSet {
  /// The same records, each with its salt.
  ///
  /// - Complexity: O(*n*).
  public func salted(_ salting: RecordSalting) -> RecordSet {
    RecordSet(checked: records.map { $0.salted(salting.salt(split: $0.split, path: $0.path)) })
  }

  /// Places whose salt is not the one that the key gives, or absent.
  func placesWithOtherSalts(than salting: RecordSalting) -> [Record] {
    records.filter { $0.salt != salting.salt(split: $0.split, path: $0.path) }
  }
}
