package import SplitSealBase
internal import Crypto

/// Derives all that a hidden certificate needs from one key: salts, keyed digests, keyed identities of findings.
///
/// Everything is HMAC-SHA256 under the salt key over a text that says what it is for, a zero, and the salt id.
/// - Source: RFC 2104; salts of 128 bits as RFC 9901 recommends for selective disclosure.
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
    var place = Array(split.utf8)
    place.append(0)
    place.append(contentsOf: path.utf8)
    return prefix(of: authenticationCode("splitseal/leaf-salt/v1", place))
  }

  /// What stands for a file's digest in the tree over contents: equal files stay equal, and nobody without the key can
  /// tell whether a file is among them.
  func keyedContent(_ digest: Digest256) -> Digest256 {
    Digest256(authenticationCode("splitseal/content/v1", digest.bytes))
  }

  /// What stands for the identity of a finding, which could be guessed from the names in it.
  package func keyedFinding(_ identity: Digest256) -> Digest256 {
    Digest256(authenticationCode("splitseal/finding/v1", identity.bytes))
  }

  /// By what a key is told from a wrong one before anything else is compared.
  package var check: LeafSalt { prefix(of: authenticationCode("splitseal/salt-check/v1", [])) }

  private func authenticationCode(_ purpose: String, _ data: [UInt8]) -> [UInt8] {
    var message = Array(purpose.utf8)
    message.append(0)
    message.append(contentsOf: id.bytes)
    message.append(contentsOf: data)
    return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  private func prefix(of code: [UInt8]) -> LeafSalt {
    guard let salt = LeafSalt(prefixOf: code) else { preconditionFailure("a code has 32 bytes") }
    return salt
  }
}

extension RecordSet {
  /// The same records, each with its salt.
  ///
  /// - Complexity: O(*n*).
  public func salted(_ salting: RecordSalting) -> RecordSet {
    RecordSet(checked: records.map { $0.salted(salting.salt(split: $0.split, path: $0.path)) })
  }

  /// Whether every record has a salt, and the first one that which the key gives.
  package func areSalted(by salting: RecordSalting) -> Bool {
    records.allSatisfy { $0.salt != nil }
      && records.first.map { $0.salt == salting.salt(split: $0.split, path: $0.path) } ?? true
  }

  /// Places whose salt is not the one that the key gives, or absent.
  func placesWithOtherSalts(than salting: RecordSalting) -> [Record] {
    records.filter { $0.salt != salting.salt(split: $0.split, path: $0.path) }
  }
}
