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

  func validate() throws {
    guard let last = output.utf8.last, last != UInt8(ascii: "/") else {
      throw ValidationError("--output needs the name of the key, for example author")
    }
  }

  func run() throws {
    let key = SigningKey()
    try key.write(to: output)
    let identity = output.split(separator: "/").last.map(String.init) ?? output
    try Output.standard.write(
      """
      private key  \(output).key (not encrypted: keep it to yourself)
      public key   \(output).pub
      fingerprint  \(key.verificationKey.fingerprint)
      signer line  \(key.verificationKey.allowedSignersLine(identity: identity))

      """)
  }
}
