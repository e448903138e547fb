internal import SplitSealCertifying
internal import SplitSealKeys
internal import SplitSealRules
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealBase
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

extension VerifyCommand {
  /// What is verified.
  struct Evidence {
    /// The certificate's bytes.
    let certificate: [UInt8]
    /// The bytes of the records beside it; `nil` if there are none.
    let records: [UInt8]?
    /// The inputs as the user gave them.
    let input: InputOptions
    /// The dataset; `nil` if none of its files is checked.
    let manifest: Manifest?
  }

  /// Checks as much as the user asked for.
  ///
  /// - Returns: The result, and the number of images in the dataset.
  func verification(
    of evidence: Evidence, by verifier: CertificateVerifier
  ) async throws -> (CertificateVerification, imageCount: Int) {
    guard let manifest = evidence.manifest else {
      guard depth.signatureOnly else { return (try verifyAlone(evidence, by: verifier), 0) }
      let (verification, _) = verifier.verifyStatement(certificate: evidence.certificate, records: evidence.records)
      return (verification, 0)
    }
    if let count = depth.sample { return try await verifySample(count, of: evidence, manifest, by: verifier) }
    return depth.audit
      ? try await verifyAudit(of: evidence, by: verifier) : try await verifyFiles(evidence, manifest, by: verifier)
  }

  /// Checks a hidden certificate without the data: its signature, and that its statement does not contradict itself.
  ///
  /// - Throws: `ValidationError` if the certificate does not hide its records.
  private func verifyAlone(
    _ evidence: Evidence, by verifier: CertificateVerifier
  ) throws -> CertificateVerification {
    let verification = verifier.verify(certificate: evidence.certificate, records: nil, dataset: nil)
    if let claims = verification.claims, !claims.mode.isHidden {
      throw ValidationError("give the dataset's manifest or folder before the certificate, or use --signature-only")
    }
    return verification
  }

  /// Reads the inputs as they were given to certify.
  func readManifest(_ input: InputOptions) throws -> Manifest {
    try AuditPipeline(configuration(input)).readManifest()
  }

  /// Why the policy beside the data cannot be used; `nil` if it can, if there is none, and if it must be used.
  func policyFault(_ input: InputOptions) -> String? {
    guard !depth.audit, policies.policy == nil else { return nil }
    do {
      _ = try AuditConfiguration(input, policies)
    } catch let error as ConfigurationError {
      return error.problems.first?.description
    } catch {
      // Reported when the inputs are read.
    }
    return nil
  }

  /// How the inputs are read.
  ///
  /// A policy says which columns are groups. A policy beside the data that cannot be used is ignored: only an audit needs it,
  /// and the signed records are checked against the files either way.
  private func configuration(_ input: InputOptions) throws -> AuditConfiguration {
    var configuration =
      policyFault(input) == nil ? try AuditConfiguration(input, policies) : AuditConfiguration(input)
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    return configuration
  }

  /// Reads the files of some samples, without decoding them.
  private func contents(
    of samples: [Int], in manifest: Manifest, _ input: InputOptions
  ) async throws -> [ContentDigest?] {
    let line = ProgressLine(isQuiet: input.quiet)
    let pipeline = AuditPipeline(try configuration(input)) { line.update($0) }
    let part = Manifest(
      root: manifest.root, splits: manifest.splits, labels: manifest.labels,
      samples: samples.map { manifest.samples[$0] }, inputs: [])
    defer { line.clear() }
    return try await pipeline.contents(of: part)
  }

  private func verifyFiles(
    _ evidence: Evidence, _ manifest: Manifest, by verifier: CertificateVerifier
  ) async throws -> (CertificateVerification, Int) {
    let contents = try await contents(of: Array(manifest.samples.indices), in: manifest, evidence.input)
    var dataset = DatasetState(manifest: manifest, contents: contents)
    dataset.unlistedImages = UnlistedImages.paths(in: manifest)
    let verification = verifier.verify(
      certificate: evidence.certificate, records: evidence.records, dataset: dataset)
    return (verification, manifest.samples.count)
  }

  private func verifySample(
    _ count: Int, of evidence: Evidence, _ manifest: Manifest, by verifier: CertificateVerifier
  ) async throws -> (CertificateVerification, Int) {
    guard let bytes = evidence.records else {
      throw CommandError(
        "--sample needs the records, but there is no records.jsonl beside the certificate",
        hint: "get it from where you got the certificate, or verify all files")
    }
    var (verification, records) = verifier.verifyStatement(certificate: evidence.certificate, records: bytes)
    guard verification.claims?.mode.isHidden != true else {
      throw CommandError("--sample does not work with hidden records", hint: "verify all files with --salt-key")
    }
    // Forged records could make any file look right.
    guard let records, verification.problems.allSatisfy({ $0.subject == .signer }) else { return (verification, 0) }
    var system = SystemRandomNumberGenerator()
    let sample = FileSample(count, of: records.records.count, seed: depth.seed ?? system.next())
    let read = sample.samples(of: records, in: manifest)
    let contents = try await contents(of: read, in: manifest, evidence.input)
    var dataset = DatasetState(manifest: manifest, read: read, contents: contents, signed: records)
    dataset.unlistedImages = UnlistedImages.paths(in: manifest)
    verifier.check(sample, of: records, dataset: dataset, &verification)
    return (verification, manifest.samples.count)
  }

  private func verifyAudit(
    of evidence: Evidence, by verifier: CertificateVerifier
  ) async throws -> (CertificateVerification, Int) {
    let (first, _) = verifier.verifyStatement(certificate: evidence.certificate, records: nil)
    guard let claims = first.claims else { return (first, 0) }
    var configuration = try AuditConfiguration(evidence.input, policies)
    try configuration.apply(audit)
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    try configuration.adopt(claims, probeSeed: depth.probeSeed)
    let result = try await AuditRun.result(of: configuration, isQuiet: evidence.input.quiet)
    var dataset = DatasetState(manifest: result.input.manifest, contents: result.input.outcomes.map(\.content))
    dataset.unlistedImages = UnlistedImages.paths(in: result.input.manifest)
    var verification = verifier.verify(certificate: evidence.certificate, records: evidence.records, dataset: dataset)
    // The probe may have raised the threshold.
    let detectors = MethodDescription(result.input).detectors
    verifier.compare(result, of: dataset, detectors: detectors, &verification)
    return (verification, result.input.manifest.samples.count)
  }
}

extension AuditConfiguration {
  /// Takes the settings of the audit from a certificate: the threshold, the method, the waivers, and whether it was probed.
  ///
  /// - Throws: `CommandError` if the policy is not the signed one.
  fileprivate mutating func adopt(_ claims: CertificateClaims, probeSeed: UInt32?) throws {
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
  private func signedPolicy(_ claims: CertificateClaims) throws -> Policy {
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
    throw CommandError(
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

/// The certificate that a new one replaces.
enum SupersededCertificate {
  /// The identity of the certificate in a file.
  ///
  /// - Throws: `CertificateError` if it cannot be read or is not a certificate.
  static func id(of path: String) throws(CertificateError) -> Digest256 {
    let bytes = try CertificateFiles(certificate: path).readCertificate()
    do { return try Envelope(parsing: bytes).certificateID } catch {
      throw CertificateError(
        error.code, error.message, hint: "give the earlier certificate with --supersedes", file: path)
    }
  }
}
