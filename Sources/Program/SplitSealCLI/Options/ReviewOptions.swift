internal import SplitSealCertifying
internal import SplitSealKeys
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// A reviewer's signed statement about what `verify` found.
struct ReviewOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the checks that passed as a signed statement (in-toto SVR); needs --key.", valueName: "file"),
    completion: .file())
  var svr: String?

  @Option(
    help: ArgumentHelp("Your private key, to sign the statement of --svr with.", valueName: "file"),
    completion: .file())
  var key: String?

  @OptionGroup var passphrase: PassphraseOptions

  func validate() throws {
    guard (svr == nil) == (key == nil) else {
      throw ValidationError(svr == nil ? "--key works only with --svr" : "--svr needs the reviewer's --key")
    }
    guard svr != "-" else { throw ValidationError("--svr needs a file name") }
  }

  /// Reads the reviewer's key, which happens before anything that takes long.
  func reviewer() throws -> SigningKey? {
    guard let key else { return nil }
    let loaded = try passphrase.load(key)
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(key)) can be read by other users: run chmod 600 on it")
    }
    return loaded.key
  }

  /// Writes the statement if it was asked for; if nothing can be attested, it writes none and warns.
  func write(
    _ verification: CertificateVerification, allowsExtraFiles: Bool, signedBy reviewer: SigningKey?
  ) throws {
    guard let svr, let reviewer else { return }
    guard verification.claims != nil else {
      Console.note("splitseal: warning: \(printable(svr)) was not written, because no check passed that it could state")
      return
    }
    let statement = try ReviewStatement(
      of: verification, allowsExtraFiles: allowsExtraFiles, createdAt: Clock.unixSeconds(),
      toolVersion: SplitSealCommand.version)
    try Output(path: svr).write(String(decoding: statement.bundle(signedWith: reviewer), as: UTF8.self))
  }
}
