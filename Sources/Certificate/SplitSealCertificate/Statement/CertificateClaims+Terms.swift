internal import SplitSealKeys
public import SplitSealBase
internal import SplitSealJSON

extension CertificateClaims {
  /// What the audit went by, as far as it can be compared when it is run again.
  public struct Terms: Hashable, Sendable {
    /// The policy's name.
    public let policyID: String?
    /// SHA-256 of the policy; `nil` when the claim is absent.
    public let policyDigest: Digest256?
    /// The detectors, in the order in which they are claimed.
    public let detectors: [Detector]
    /// Name and version of what decoded the images.
    public let imageDecoder: String?

    init(_ predicate: StatementReader) throws(CertificateError) {
      let policy = try predicate.object("policy")
      policyID = try policy.optional("id")?.string()
      policyDigest = policy.optional("digest") == nil ? nil : try policy.object("digest").digest("sha256")
      imageDecoder = try predicate.optional("environment")?.optional("imageDecoder")?.string()
      detectors =
        try predicate.optional("parameters")?.optional("detectors")?.elements(limit: 64) {
          entry throws(CertificateError) in try Detector(entry)
        } ?? []
    }
  }

  /// The certificate that this one takes the place of; `nil` when it says nothing of the kind.
  static func supersedes(_ predicate: StatementReader) throws(CertificateError) -> Digest256? {
    let certificate = try predicate.object("certificate")
    return certificate.optional("supersedes") == nil ? nil : try certificate.digest("supersedes")
  }
}

extension Detector {
  fileprivate init(_ entry: StatementReader) throws(CertificateError) {
    var parameters: [String: String] = [:]
    let members = entry.optional("parameters")
    for member in members?.value.members ?? [] {
      parameters[member.key] = try StatementReader(member.value, place: "\(members?.place ?? "").\(member.key)")
        .string()
    }
    self.init(
      id: try entry.string("id"), version: try entry.string("version"),
      threshold: try entry.optional("threshold")?.string(), parameters: parameters)
  }
}
