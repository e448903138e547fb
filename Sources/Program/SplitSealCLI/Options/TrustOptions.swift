internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Signers that the user trusts, and keys that were revoked.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Public key of a signer you trust, in PEM or OpenSSH format. Repeatable.", valueName: "file"),
    completion: .file())
  var publicKey: [String] = []

  @Option(
    help: ArgumentHelp(
      "Fingerprint of a signer's key that you trust, for example as printed in a paper.", valueName: "SHA256:..."))
  var fingerprint: String?

  @Option(
    help: ArgumentHelp(
      "List of trusted signers, in the format of ssh-keygen's allowed_signers; needs --identity.", valueName: "file"),
    completion: .file())
  var allowedSigners: String?

  @Flag(help: "Trust the signers you added with 'splitseal trust add'.")
  var trusted = false

  @Option(help: ArgumentHelp("Name of the signer, as in the list of signers.", valueName: "name"))
  var identity: String?

  @Option(
    help: ArgumentHelp(
      "List of fingerprints or OpenSSH keys that must no longer be trusted. Repeatable.", valueName: "file"),
    completion: .file())
  var revoked: [String] = []

  func validate() throws {
    let ways = [
      publicKey.isEmpty ? nil : "--public-key", fingerprint.map { _ in "--fingerprint" },
      allowedSigners.map { _ in "--allowed-signers" }, trusted ? "--trusted" : nil,
    ].compactMap(\.self)
    guard ways.count <= 1 else { throw ValidationError("give \(ways[0]) or \(ways[1]), not both") }
    if let fingerprint, KeyFingerprint(fingerprint) == nil {
      throw ValidationError("--fingerprint \(fingerprint): expected SHA256: and 43 characters of base64")
    }
    if allowedSigners != nil, identity == nil {
      throw ValidationError("--allowed-signers needs --identity, because the list may contain several signers")
    }
    if identity != nil, allowedSigners == nil, !trusted {
      throw ValidationError("--identity needs --allowed-signers or --trusted")
    }
    if identity == "" { throw ValidationError("--identity: the name is empty") }
  }

  /// Whether a flag names a trusted signer.
  var isGiven: Bool { !publicKey.isEmpty || fingerprint != nil || allowedSigners != nil || trusted }

  /// A verifier that trusts the signers the flags name.
  ///
  /// - Parameter files: The certificate's files; the key beside it is only read if it is needed.
  /// - Returns: The verifier, with the revoked keys.
  /// - Throws: `CertificateError` for a file that cannot be used.
  func verifier(of files: CertificateFiles) throws -> CertificateVerifier {
    var verifier = CertificateVerifier(trust: try trust { try files.readPublicKey() })
    verifier.revoked = try revokedKeys()
    return verifier
  }

  /// Reads the signers that the flags name.
  ///
  /// - Parameter keyBeside: Reads the key beside the certificate; only called if it is needed.
  /// - Returns: The signers that the user trusts.
  /// - Throws: `CertificateError` for a file that cannot be used.
  func trust(keyBeside: () throws -> VerificationKey?) throws -> CertificateVerifier.Trust {
    if !publicKey.isEmpty { return .keys(try publicKey.map { path in try VerificationKey.load(from: path) }) }
    if let allowedSigners {
      let list = try AllowedSigners.load(from: allowedSigners)
      return .signers(list, identity: identity, now: Self.now, keyBeside: try keyBeside())
    }
    if trusted {
      return .signers(try Self.store().signers(), identity: identity, now: Self.now, keyBeside: try keyBeside())
    }
    guard let fingerprint = fingerprint.flatMap({ KeyFingerprint($0) }) else {
      return .nobody(keyBeside: try keyBeside())
    }
    return .fingerprint(fingerprint, keyBeside: try keyBeside())
  }

  /// The keys that must no longer be trusted.
  func revokedKeys() throws(CertificateError) -> RevokedKeys {
    var keys = RevokedKeys()
    for path in revoked { keys.formUnion(try RevokedKeys.load(from: path)) }
    return keys
  }

  /// The user's own list of signers.
  static func store() throws(CommandError) -> TrustStore {
    guard let store = TrustStore.standard(environment: ProcessInfo.processInfo.environment) else {
      throw CommandError(
        "there is no home folder for the list of trusted signers", hint: "set SPLITSEAL_TRUST to a file")
    }
    return store
  }

  /// The real time, whatever `SOURCE_DATE_EPOCH` says: an expired key stays expired in a reproducible build.
  static var now: Int { Int(Date().timeIntervalSince1970) }
}
