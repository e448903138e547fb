internal import SplitSealKeys
public import SplitSealBase
internal import SplitSealJSON

extension CertificateClaims {
  /// What is claimed about the dataset and one pack of published fingerprints.
  public struct Reference: Hashable, Sendable {
    /// Name of the pack.
    public let name: String
    /// SHA-256 of the pack.
    public let sha256: Digest256
    /// Where it is found; `nil` when the claim is absent.
    public let uri: String?
    /// Its images; `nil` when the claim is absent.
    public let imageCount: Int?
    /// Pairs of equal files.
    public let exactBytes: Int
    /// Pairs of equal pixels under different bytes.
    public let exactPixels: Int
    /// Pairs of near-duplicates.
    public let nearDuplicate: Int

    init(_ entry: StatementReader) throws(CertificateError) {
      name = try entry.string("name")
      let fingerprints = try entry.object("fingerprints")
      let digest = try fingerprints.object("digest")
      guard digest.value.members?.count == 1 else {
        throw fingerprints.fault("has other digests than 'sha256'", "digest")
      }
      sha256 = try digest.digest("sha256")
      uri = try fingerprints.optional("uri")?.string()
      imageCount = try entry.optional("images")?.count()
      exactBytes = try entry.count("exactBytes")
      exactPixels = try entry.count("exactPixels")
      nearDuplicate = try entry.count("nearDuplicate")
    }

    /// All pairs; `nil` when they are too many to be any.
    var pairCount: Int? {
      let (exact, overflows) = exactBytes.addingReportingOverflow(exactPixels)
      let (all, alsoOverflows) = exact.addingReportingOverflow(nearDuplicate)
      return overflows || alsoOverflows ? nil : all
    }
  }

  /// Where the claims about references contradict one another, one sentence each.
  var contradictionsOfReferences: [String] {
    var found: [String] = []
    if zip(references, references.dropFirst()).contains(where: { !$0.name.precedesByBytes($1.name) }) {
      found.append("the references are not in the order of their names, each once")
    }
    for reference in references {
      // More pairs than there are images here times images there cannot be.
      let (possible, overflows) = imageCount.multipliedReportingOverflow(by: reference.imageCount ?? .max)
      guard reference.pairCount.map({ overflows || $0 <= possible }) != true else { continue }
      found.append("more pairs are claimed with reference \(reference.name.quoted) than its images and these allow")
    }
    return found
  }
}

extension CertificateVerifier {
  /// Holds the packs that the caller has against those that the certificate names.
  func checkReferences(_ claims: CertificateClaims, _ verification: inout CertificateVerification) {
    for pack in references {
      if let claim = claims.references.first(where: { $0.sha256 == pack.sha256 }) {
        verification.notes.append(
          "pack \(pack.name.quoted) is the one that \(claim.name.quoted) among the references names")
      } else if let claim = claims.references.first(where: { $0.name.hasSameBytes(as: pack.name) }) {
        verification.fail(
          .mismatch, .claims,
          "pack \(pack.name.quoted) has SHA-256 \(pack.sha256), and the certificate names \(claim.sha256)")
      } else {
        verification.fail(.mismatch, .claims, "the certificate does not name pack \(pack.name.quoted) as a reference")
      }
    }
  }
}
