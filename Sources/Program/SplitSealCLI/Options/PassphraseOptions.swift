internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// What opens the private key.
struct PassphraseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File whose first line is the passphrase of the private key (default: asked for on a terminal).",
      valueName: "file"), completion: .file())
  var passphraseFile: String?

  func validate() throws {
    if passphraseFile == "" { throw ValidationError("--passphrase-file '': the path is empty") }
  }

  /// Reads a private key; asks for its passphrase when it needs one and there is a terminal.
  func load(_ path: String) throws -> SigningKey.Loaded {
    let given = try passphraseFile.map { file in try SigningKey.passphrase(inFile: file) }
    do { return try SigningKey.load(from: path, passphrase: given) } catch {
      guard error.code == .passphraseNeeded, PassphrasePrompt.canAsk else { throw error }
    }
    return try SigningKey.load(from: path, passphrase: PassphrasePrompt.ask("passphrase of \(path)"))
  }
}
