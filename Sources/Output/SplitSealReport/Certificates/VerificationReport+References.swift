internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealManifest

extension VerificationReport {
  /// The images that the signer found in common with published packs, one line for each pack.
  static func references(_ claims: CertificateClaims) -> [String] {
    claims.references.map { reference in
      let near = reference.nearDuplicate
      return "  compared     with \(printable(reference.name)): \(grouped(reference.exactBytes))"
        + " \(reference.exactBytes == 1 ? "pair" : "pairs") of equal bytes, \(grouped(reference.exactPixels)) of equal pixels,"
        + " \(grouped(near)) \(near == 1 ? "near-duplicate" : "near-duplicates")"
    }
  }
}
