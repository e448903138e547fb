internal import SplitSealKeys

extension CertificateVerifier {
  /// Says whether the key that made the signature is trusted, and why not.
  func judge(_ key: VerificationKey, _ verification: inout CertificateVerification) {
    let signer = key.fingerprint
    let unknown = "the signature is valid, the signer unknown: \(signer)"
    var refusal: String?
    switch trust {
    case .keys: break
    case .fingerprint(let fingerprint, _): if fingerprint != signer { refusal = unknown }
    case .nobody: refusal = unknown
    case .signers(let list, let identity, let now, _):
      let timestamp = verification.timestamp
      switch list.decision(
        on: key, identity: identity, at: timestamp?.unixSeconds ?? now, isTimestamped: timestamp != nil)
      {
      case .allowed(let identity): verification.identity = identity
      case .refused(let reason): refusal = reason
      case .unknown: refusal = unknown
      }
    }
    if let place = revoked.place(of: signer) { refusal = "the key \(signer) is revoked (\(place))" }
    verification.isTrusted = refusal == nil
    guard let refusal else { return }
    verification.identity = nil
    verification.isSignerRefused = refusal != unknown
    verification.fail(.signerNotTrusted, .signer, refusal)
  }
}
