internal import SplitSealCertifying
internal import SplitSealKeys
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// A reviewer's signed statement of what `verify` showed.
struct ReviewOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write what was checked and held as a signed in-toto SVR statement (with --key).", valueName: "file"),
    completion: .file())
  var svr: String?

  @Option(
    help: ArgumentHelp("Private key of the reviewer, who signs the statement of --svr.", valueName: "file"),
    completion: .file())
  var key: String?

  @OptionGroup var passphrase: PassphraseOptions

  func validate() throws {
    guard (svr == nil) == (key == nil) else {
      throw ValidationError(svr == nil ? "--key is for --svr" : "--svr needs the reviewer's --key")
    }
    guard svr != "-" else { throw ValidationError("--svr needs the name of a file") }
  }

  /// The reviewer's key, read before anything that takes long.
  func reviewer() throws -> SigningKey? {
    guard let key else { return nil }
    let loaded = try passphrase.load(key)
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(key)) can be read by others: chmod 600 it")
    }
    return loaded.key
  }

  /// Writes the statement, where one is asked for; where nothing can be attested, none is, and a note says so.
  func write(
    _ verification: CertificateVerification, allowsExtraFiles: Bool, signedBy reviewer: SigningKey?
  ) throws {
    guard let svr, let reviewer else { return }
    guard verification.claims != nil else {
      Console.note("splitseal: warning: \(printable(svr)) is not written: nothing held that could be attested")
      return
    }
    let statement = try ReviewStatement(
      of: verification, allowsExtraFiles: allowsExtraFiles, createdAt: Clock.unixSeconds(),
      toolVersion: SplitSealCommand.version)
    try Output(path: svr).write(String(decoding: statement.bundle(signedWith: reviewer), as: UTF8.self))
  }
}
