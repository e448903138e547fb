internal import SplitSealAudit
internal import SplitSealBase
public import SplitSealCertificate
internal import SplitSealCertifying
internal import SplitSealFingerprint
internal import SplitSealKeys
public import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe
internal import SplitSealRules

/// How much of a dataset is held against a certificate.
public enum VerificationDepth: Hashable, Sendable {
  /// The signature, the statement and the records beside it; no file of the dataset.
  case statement
  /// Every file.
  case files
  /// So many files, chosen at random by a seed.
  case sample(Int, seed: UInt64)
  /// Every file, and the audit is run again, with the seed of its probe where that was not the default.
  case audit(probeSeed: UInt32?)
}

extension AuditPipeline {
  /// Holds a certificate against the dataset of this pipeline's configuration.
  ///
  /// - Parameters:
  ///   - certificate: The bytes of the certificate.
  ///   - records: The bytes of the records beside it; `nil` where there are none.
  ///   - manifest: The dataset; `nil` where none of its files is looked at: then only the statement is checked.
  ///   - depth: How much is checked.
  ///   - verifier: Whom it trusts and what it expects.
  /// - Returns: What was found, and the number of images of the dataset, 0 where none was looked at.
  /// - Throws: `CertificateError` where the records that a sample needs are missing or hidden, or the audit cannot be run
  ///   again; what ``run()`` throws.
  public func verify(
    _ certificate: [UInt8], records: [UInt8]?, against manifest: Manifest?, depth: VerificationDepth,
    by verifier: CertificateVerifier
  ) async throws -> (verification: CertificateVerification, imageCount: Int) {
    guard let manifest, depth != .statement else {
      return (verifier.verifyStatement(certificate: certificate, records: records).0, 0)
    }
    switch depth {
    case .sample(let count, let seed):
      return try await verifySample(count, seed, certificate, records, manifest, by: verifier)
    case .audit(let probeSeed):
      return try await verifyAudit(certificate, records, probeSeed, by: verifier)
    case .files, .statement:
      var dataset = DatasetState(manifest: manifest, contents: try await contents(of: manifest))
      dataset.unlistedImages = UnlistedImages.paths(in: manifest)
      let verification = verifier.verify(certificate: certificate, records: records, dataset: dataset)
      return (verification, manifest.samples.count)
    }
  }

  private func verifySample(
    _ count: Int, _ seed: UInt64, _ certificate: [UInt8], _ records: [UInt8]?, _ manifest: Manifest,
    by verifier: CertificateVerifier
  ) async throws -> (verification: CertificateVerification, imageCount: Int) {
    guard let records else {
      throw CertificateError(
        .notFound, "--sample needs the records, but there is no records.jsonl beside the certificate",
        hint: "get it from where you got the certificate, or verify all files")
    }
    var (verification, signed) = verifier.verifyStatement(certificate: certificate, records: records)
    guard verification.claims?.mode.isHidden != true else {
      throw CertificateError(
        .unsupported, "--sample does not work with hidden records", hint: "verify all files with --salt-key")
    }
    // Forged records could make any file look right.
    guard let signed, verification.problems.allSatisfy({ $0.subject == .signer }) else { return (verification, 0) }
    let sample = FileSample(count, of: signed.records.count, seed: seed)
    let read = sample.samples(of: signed, in: manifest)
    let part = Manifest(
      root: manifest.root, splits: manifest.splits, labels: manifest.labels,
      samples: read.map { manifest.samples[$0] }, inputs: [])
    var dataset = DatasetState(
      manifest: manifest, read: read, contents: try await contents(of: part), signed: signed)
    dataset.unlistedImages = UnlistedImages.paths(in: manifest)
    verifier.check(sample, of: signed, dataset: dataset, &verification)
    return (verification, manifest.samples.count)
  }

  private func verifyAudit(
    _ certificate: [UInt8], _ records: [UInt8]?, _ probeSeed: UInt32?, by verifier: CertificateVerifier
  ) async throws -> (verification: CertificateVerification, imageCount: Int) {
    let (first, _) = verifier.verifyStatement(certificate: certificate, records: nil)
    guard let claims = first.claims else { return (first, 0) }
    var configuration = configuration
    try configuration.adopt(claims, probeSeed: probeSeed)
    let result = try await AuditPipeline(configuration, progress: progress, warn: warn).run()
    var dataset = DatasetState(manifest: result.input.manifest, contents: result.input.outcomes.map(\.content))
    dataset.unlistedImages = UnlistedImages.paths(in: result.input.manifest)
    var verification = verifier.verify(certificate: certificate, records: records, dataset: dataset)
    // The probe may have raised the threshold.
    let detectors = MethodDescription(result.input).detectors
    verifier.compare(result, of: dataset, detectors: detectors, &verification)
    return (verification, result.input.manifest.samples.count)
  }
}

extension AuditConfiguration {
  /// Takes the settings of the audit from a certificate: the threshold, the method, the waivers, and whether it was probed.
  ///
  /// - Throws: `CertificateError` with code `unverified` if the policy is not the signed one.
  mutating func adopt(_ claims: CertificateClaims, probeSeed: UInt32?) throws(CertificateError) {
    policy = try signedPolicy(claims)
    for detector in claims.terms.detectors {
      guard let method = Self.method(of: detector) else { continue }
      match.method = method
      if let threshold = detector.threshold.flatMap(Double.init) {
        (match.reportingThreshold, match.listingThreshold) = (threshold, threshold)
      }
    }
    waivers = WaiverList(
      file: "the certificate",
      waivers: claims.waivers.compactMap { waiver in
        waiver.finding.map { finding in
          Waiver(
            finding: finding.description, rule: RuleID(rawValue: waiver.rule), reason: waiver.reason ?? "",
            by: waiver.by, until: waiver.until.flatMap { CalendarDate($0) })
        }
      },
      // A waiver counts as it did on the day of the certificate.
      today: CalendarDate(String(claims.createdAt.prefix(10))))
    guard !claims.power.isEmpty else { return }
    var options = ProbeOptions()
    if let probeSeed { options.seed = probeSeed }
    probe = options
  }

  private static func method(of detector: Detector) -> MatchMethod? {
    switch detector.id {
    case "affine-alignment": .alignment
    case "pdq": .pdq
    default: nil
    }
  }

  /// The policy beside the data, adapted to the certificate's settings, if it is the signed one.
  private func signedPolicy(_ claims: CertificateClaims) throws(CertificateError) -> Policy {
    guard let digest = claims.terms.policyDigest else { return policy }
    var candidates = [policy]
    var adapted = policy
    adapted.failOn = claims.failOn
    candidates.append(adapted)
    for detector in claims.terms.detectors {
      guard let method = Self.method(of: detector).flatMap({ Policy.MatchMethod(rawValue: $0.rawValue) }) else {
        continue
      }
      adapted.match.method = method
      candidates.append(adapted)
      if let threshold = detector.threshold.flatMap(Double.init) { adapted.match.threshold = threshold }
      candidates.append(adapted)
    }
    if let signed = candidates.first(where: { $0.digest == digest }) { return signed }
    throw CertificateError(
      .unverified,
      "the audit cannot be repeated: the certificate was made with a policy with SHA-256 \(digest), but the policy now has"
        + " \(policy.digest)",
      hint:
        "give the policy of the certificate with --policy, and the same flags as to certify; splitseal.report.json beside"
        + " the certificate lists every setting under 'policy'")
  }
}

extension Policy {
  fileprivate typealias MatchMethod = MatchDeclaration.Method
}
