internal import ArgumentParser
internal import SplitSealCertificate

/// `splitseal keygen`.
struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen",
    abstract: "Make a key pair to certify with.",
    discussion: """
      Writes NAME.key (ECDSA P-256, PKCS#8, readable by you alone) and NAME.pub. Existing files are never overwritten. \
      Print the fingerprint in your paper: it is what reviewers trust.
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Name of the key files, without extension.", valueName: "name"),
    completion: .file())
  var output: String

  @Flag(help: "Make an Ed25519 key, which fewer programs read.")
  var ed25519 = false

  @Flag(help: "Encrypt the private key, and ask on the terminal for the passphrase.")
  var askPassphrase = false

  @Option(
    help: ArgumentHelp("Encrypt the private key with the first line of a file.", valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  func validate() throws {
    guard let last = output.utf8.last, last != UInt8(ascii: "/") else {
      throw ValidationError("--output needs the name of the key, for example author")
    }
    guard !askPassphrase || passphraseFile == nil else {
      throw ValidationError("give --ask-passphrase or --passphrase-file, not both")
    }
    if passphraseFile == "" { throw ValidationError("--passphrase-file '': the path is empty") }
  }

  func run() throws {
    let passphrase: [UInt8]? =
      if let passphraseFile {
        try SigningKey.passphrase(inFile: passphraseFile)
      } else if askPassphrase {
        try PassphrasePrompt.askTwice("passphrase for \(output).key")
      } else {
        nil
      }
    let key = SigningKey(ed25519 ? .ed25519 : .ecdsaP256SHA256)
    try Interruption.finishing { try key.write(to: output, passphrase: passphrase) }
    let identity = output.split(separator: "/").last.map(String.init) ?? output
    // A signer line takes patterns: a name that could be one is not proposed.
    let isPlain = identity.utf8.allSatisfy { byte in
      byte >= 0x80 || "@.-_+".utf8.contains(byte) || Character(Unicode.Scalar(byte)).isLetter
        || Character(Unicode.Scalar(byte)).isNumber
    }
    try Output.standard.write(
      """
      private key  \(output).key (\(passphrase == nil ? "not encrypted: keep it to yourself" : "encrypted"))
      public key   \(output).pub
      fingerprint  \(key.verificationKey.fingerprint)
      signer line  \(key.verificationKey.allowedSignersLine(identity: isPlain ? identity : "author"))

      """)
  }
}
