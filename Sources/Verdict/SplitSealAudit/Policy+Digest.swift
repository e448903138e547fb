public import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealJSON
public import SplitSealPolicy

extension Policy {
  /// SHA-256 of the policy as RFC 8785 JSON: what a certificate names it by.
  public var digest: Digest256 { Digest256(SHA256.hash(data: json.canonicalBytes)) }
}
