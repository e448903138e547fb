internal import ArgumentParser
internal import SplitSeal
internal import SplitSealBase
internal import SplitSealCertificate
internal import SplitSealKeys
internal import SplitSealManifest
internal import SplitSealPolicy

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
  ) async throws -> (verification: CertificateVerification, imageCount: Int) {
    if evidence.manifest == nil, !depth.signatureOnly { return (try verifyAlone(evidence, by: verifier), 0) }
    let (configuration, amount) = (try configuration(evidence.input), depth.amount)
    return try await AuditRun.run(configuration, isQuiet: evidence.input.quiet) { pipeline in
      try await pipeline.verify(
        evidence.certificate, records: evidence.records, against: evidence.manifest, depth: amount, by: verifier)
    }
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

  /// Why the policy beside the data cannot be used; `nil` if it can, if there is none, or if it has to be used.
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

  /// How the inputs are read, and with --audit how they are audited.
  ///
  /// A policy says which columns are groups. A policy beside the data that cannot be used is ignored: only an audit needs it,
  /// and the signed records are checked against the files either way.
  private func configuration(_ input: InputOptions) throws -> AuditConfiguration {
    var configuration =
      policyFault(input) == nil ? try AuditConfiguration(input, policies) : AuditConfiguration(input)
    if depth.audit { try configuration.apply(audit) }
    configuration.allowsLinks = false
    configuration.namesInputsFromRoot = true
    return configuration
  }
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
