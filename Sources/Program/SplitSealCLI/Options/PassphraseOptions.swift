internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// The passphrase of a private key.
struct PassphraseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File whose first line is the passphrase of the private key (default: ask on the terminal).",
      valueName: "file"), completion: .file())
  var passphraseFile: String?

  func validate() throws {
    if passphraseFile == "" { throw ValidationError("--passphrase-file: the path is empty") }
  }

  /// Reads a private key, and asks for its passphrase if it needs one and there is a terminal.
  func load(_ path: String) throws -> SigningKey.Loaded {
    let given = try passphraseFile.map { file in try SigningKey.passphrase(inFile: file) }
    do { return try SigningKey.load(from: path, passphrase: given) } catch {
      guard error.code == .passphraseNeeded, PassphrasePrompt.canAsk else { throw error }
    }
    return try SigningKey.load(from: path, passphrase: PassphrasePrompt.ask("passphrase of \(path)"))
  }
}
