internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Whose signature is good enough, and whose no longer is.
struct TrustOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Public key of a signer you trust, PEM or OpenSSH. Repeatable.", valueName: "file"),
    completion: .file())
  var publicKey: [String] = []

  @Option(help: ArgumentHelp("Fingerprint of the signer you trust, as printed in the paper.", valueName: "SHA256:..."))
  var fingerprint: String?

  @Option(
    help: ArgumentHelp("List of signers in the form of ssh-keygen's allowed_signers.", valueName: "file"),
    completion: .file())
  var allowedSigners: String?

  @Flag(help: "Trust the signers you have added with 'splitseal trust add'.")
  var trusted = false

  @Option(help: ArgumentHelp("Who must have signed, as the list of signers names them.", valueName: "name"))
  var identity: String?

  @Option(
    help: ArgumentHelp("List of fingerprints or OpenSSH keys to trust no more. Repeatable.", valueName: "file"),
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
      throw ValidationError("--allowed-signers needs --identity: the list may name many")
    }
    if identity != nil, allowedSigners == nil, !trusted {
      throw ValidationError("--identity needs --allowed-signers or --trusted")
    }
    if identity == "" { throw ValidationError("--identity '': the name is empty") }
  }

  /// Whether a flag says whom to trust.
  var isGiven: Bool { !publicKey.isEmpty || fingerprint != nil || allowedSigners != nil || trusted }

  /// A verifier that trusts whom the flags name.
  ///
  /// - Parameter files: The certificate's; the key that lies beside it is only read where it can help.
  /// - Returns: The verifier, which knows the revoked keys as well.
  /// - Throws: `CertificateError` for a file that cannot be used.
  func verifier(of files: CertificateFiles) throws -> CertificateVerifier {
    var verifier = CertificateVerifier(trust: try trust { try files.readPublicKey() })
    verifier.revoked = try revokedKeys()
    return verifier
  }

  /// Reads what the flags name.
  ///
  /// - Parameter keyBeside: Reads the key that lies beside the certificate; only called where it can help.
  /// - Returns: Whom the caller trusts.
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

  /// The keys that are trusted no more.
  func revokedKeys() throws(CertificateError) -> RevokedKeys {
    var keys = RevokedKeys()
    for path in revoked { keys.formUnion(try RevokedKeys.load(from: path)) }
    return keys
  }

  /// The signers whom the user has added.
  static func store() throws(CommandError) -> TrustStore {
    guard let store = TrustStore.standard(environment: ProcessInfo.processInfo.environment) else {
      throw CommandError("there is no home folder to keep trusted signers in", hint: "set SPLITSEAL_TRUST to a file")
    }
    return store
  }

  /// The real time, whatever `SOURCE_DATE_EPOCH` says: an expired key stays expired in a reproducible build.
  static var now: Int { Int(Date().timeIntervalSince1970) }
}
