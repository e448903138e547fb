internal import ArgumentParser
internal import SplitSealCertificate

/// Whose signature is good enough.
struct TrustFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Public key of a signer you trust. Repeatable.", valueName: "file"), completion: .file())
  var publicKey: [String] = []

  @Option(help: ArgumentHelp("Fingerprint of the signer you trust, as printed in the paper.", valueName: "SHA256:..."))
  var fingerprint: String?

  func validate() throws {
    guard publicKey.isEmpty || fingerprint == nil else {
      throw ValidationError("give --public-key or --fingerprint, not both")
    }
    if let fingerprint, KeyFingerprint(fingerprint) == nil {
      throw ValidationError("--fingerprint \(fingerprint): expected SHA256: and 43 characters of base64")
    }
  }

  /// Whether anything says whom to trust.
  var isGiven: Bool { !publicKey.isEmpty || fingerprint != nil }

  /// Whom to trust with the certificate whose files are given.
  ///
  /// - Throws: `CertificateError` when a key cannot be read.
  func trust(_ files: CertificateFiles) throws(CertificateError) -> CertificateVerifier.Trust {
    if !publicKey.isEmpty {
      var keys: [VerificationKey] = []
      for path in publicKey { keys.append(try VerificationKey.load(from: path)) }
      return .keys(keys)
    }
    let beside = try files.readPublicKey()
    guard let fingerprint = fingerprint.flatMap({ KeyFingerprint($0) }) else { return .nobody(keyBeside: beside) }
    return .fingerprint(fingerprint, keyBeside: beside)
  }
}
