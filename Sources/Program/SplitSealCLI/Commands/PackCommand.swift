internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealShard

/// `splitseal pack`.
struct PackCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Write a fingerprint pack of a public dataset, for others to compare with.",
    discussion: """
      A pack contains splits, digests, descriptors and PDQ hashes, but no images. Descriptors and hashes still reveal a rough \
      sketch of each image: publish packs of public images only, never of private ones.

      Exit status: 0 written, 2 could not run.
      """)

  static let commonOptions = [
    "--output", "--name", "--dataset-version", "--uri", "--license", "--paths", "--labels", "--root", "--jobs",
    "--quiet",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Pack to write; - means standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Name of the dataset, as it appears in comparisons and certificates.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("Version of the dataset.", valueName: "version"))
  var datasetVersion: String?

  @Option(help: ArgumentHelp("Address of the dataset or of the pack.", valueName: "uri"))
  var uri: String?

  @Option(help: ArgumentHelp("Licence of the dataset, as an SPDX identifier.", valueName: "id"))
  var license: String?

  @Flag(help: "Include the paths of the images instead of numbering them.")
  var paths = false

  @Flag(help: "Include the labels.")
  var labels = false

  private var info: PackInfo? {
    PackInfo(
      name: name, version: datasetVersion, uri: uri, license: license, holdsPaths: paths, holdsLabels: labels)
  }

  func validate() throws {
    guard info != nil else {
      throw ValidationError(
        "--name must have 1 to \(PackInfo.maximumNameByteCount) bytes, --dataset-version, --uri and --license at most"
          + " \(PackInfo.maximumTextByteCount), and none may contain control characters")
    }
  }

  func run() async throws {
    guard let info else { return }
    var configuration = try AuditConfiguration(input, policies)
    configuration.includesPDQ = true
    configuration.storePath = try caching.path
    let output = Output(path: output)
    let summary = try await AuditRun.run(configuration, isQuiet: input.quiet) { pipeline in
      let stream = try StreamedOutput(output)
      try stream.refuseTerminal()
      let summary = try await pipeline.pack(info) { try stream.write($0) }
      try stream.finish()
      return summary
    }
    guard !input.quiet else { return }
    Console.note(
      "splitseal: warning: descriptors and hashes reveal a rough sketch of each image: publish this pack only if the images"
        + " are public")
    let unreadableCount = summary.sampleCount - summary.readableCount
    if unreadableCount > 0 {
      Console.note(
        "splitseal: warning: \(grouped(unreadableCount)) of \(grouped(summary.sampleCount)) files could not be decoded"
          + " as images: for these the pack contains only the digests of their bytes")
    }
    guard !output.isStandardOutput else { return }
    // Read from the file, because this is the digest that others will see.
    let pack = try FingerprintPack(reading: output.path)
    try Output.standard.write(
      """
      pack     \(printable(output.path))
      name     \(printable(pack.info.name))
      images   \(grouped(pack.dataset.outcomes.count)) in \(pack.dataset.manifest.splits.map { printable($0.name) }.joined(separator: ", "))
      sha256   \(pack.sha256)

      """)
  }
}
