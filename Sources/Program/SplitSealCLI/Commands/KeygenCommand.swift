internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// `splitseal keygen`.
struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen",
    abstract: "Create a key pair for signing certificates.",
    discussion: """
      Writes NAME.key (ECDSA P-256, PKCS#8, readable only by you) and NAME.pub. Existing files are never overwritten. \
      Print the fingerprint in your paper, so that reviewers know which key to trust.
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Name of the key files, without extension.", valueName: "name"),
    completion: .file())
  var output: String

  @Flag(help: "Create an Ed25519 key, which fewer programs can read.")
  var ed25519 = false

  @Flag(help: "Encrypt the private key, and ask for the passphrase on the terminal.")
  var askPassphrase = false

  @Option(
    help: ArgumentHelp("Encrypt the private key with the first line of this file as passphrase.", valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  func validate() throws {
    guard let last = output.utf8.last, last != UInt8(ascii: "/") else {
      throw ValidationError("--output needs a name for the key, for example author")
    }
    guard !askPassphrase || passphraseFile == nil else {
      throw ValidationError("give --ask-passphrase or --passphrase-file, not both")
    }
    if passphraseFile == "" { throw ValidationError("--passphrase-file: the path is empty") }
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
    // Names in a signer line are patterns, so a name that could be a pattern is not suggested.
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
