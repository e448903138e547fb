internal import SplitSealKeys
internal import SplitSealCertifying
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest

/// `splitseal export oms`.
struct ExportOMSCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "oms",
    abstract: "Sign every file in the dataset's folder, for model_signing.",
    discussion: """
      Writes dataset.sig, an OpenSSF Model Signing v1.0 bundle that 'model_signing verify key' accepts. It covers every \
      file below the root, including hidden files. It leaves out .splitseal, the files that model_signing ignores (.git, \
      .gitattributes, .github, .gitignore), and the paths given with --ignore-paths. Links are refused. Splits and labels \
      are not part of it: they are in the certificate.

      The key must be ECDSA P-256, because the format does not support Ed25519. 'certify --oms' writes the same file and \
      puts its digest into the certificate.
      """)

  static let commonOptions = ["--key", "--output", "--passphrase-file", "--ignore-paths", "--root", "--quiet"]

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp("Private key to sign with (see 'splitseal keygen').", valueName: "file"), completion: .file())
  var key: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(
    help: ArgumentHelp(
      "File or folder below the root to leave out, as for model_signing. Repeatable.", valueName: "path"),
    completion: .file())
  var ignorePaths: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write (default: .splitseal/dataset.sig in the dataset's root).", valueName: "file"),
    completion: .file())
  var output: String?

  func run() async throws {
    let loaded = try passphrase.load(key)
    if loaded.isReadableByOthers {
      Console.note("splitseal: warning: \(printable(key)) can be read by other users: run chmod 600 on it")
    }
    let root = try Manifest.root(of: input.inputs, options: input.reading.manifestOptions)
    let files = CertificateFiles(root: root)
    for path in ignorePaths where WholeFolder.path(of: path, below: root) == nil {
      throw CommandError(
        "--ignore-paths \(printable(path)): it is not below \(printable(root))",
        hint: "give the path of a file or folder in the dataset, relative to the current folder")
    }
    let folder = try ModelSigning.digest(of: root, leavingOut: [output].compactMap(\.self) + ignorePaths)
    let signature = try ModelSignature(of: folder, with: loaded.key)
    if output == nil { try files.makeFolder() }
    let path = output ?? files.modelSignature
    try Task.checkCancellation()
    try Interruption.finishing { try signature.write(to: path) }
    guard !input.quiet else { return }
    let command = ModelSigning.verifyingCommand(root: root, signature: path, publicKey: "KEY.pub")
    try Output.standard.write(
      """
      signature    \(printable(path))
      files        \(folder.fileCount)
      root digest  \(folder.rootDigest)
      signed by    \(loaded.key.verificationKey.fingerprint)
      to verify    \(ReproducingCommand.quoted(command))

      """)
  }
}
