internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealShard

/// `splitseal pack`.
struct PackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Pack the fingerprints of a public dataset, for others to compare theirs with.",
    discussion: """
      A pack holds splits, digests, descriptors and PDQ hashes, and no images. The descriptors and hashes are sketches of \
      the images all the same: publish packs of public images only, never of private ones. Exit status: 0 written, \
      2 could not run.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions
  @OptionGroup var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The pack; - is standard output.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Name of the dataset, as comparisons and certificates call it.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("Version of the dataset.", valueName: "version"))
  var datasetVersion: String?

  @Option(help: ArgumentHelp("Where the dataset, or the pack, is found.", valueName: "uri"))
  var uri: String?

  @Option(help: ArgumentHelp("Licence of the dataset, as an SPDX identifier.", valueName: "id"))
  var license: String?

  @Flag(help: "Keep the paths of the images, which otherwise are numbered.")
  var paths = false

  @Flag(help: "Keep the labels.")
  var labels = false

  private var info: PackInfo? {
    PackInfo(
      name: name, version: datasetVersion, uri: uri, license: license, holdsPaths: paths, holdsLabels: labels)
  }

  func validate() throws {
    guard info != nil else {
      throw ValidationError(
        "--name needs 1 to \(PackInfo.maximumNameByteCount) bytes, --dataset-version, --uri and --license up to"
          + " \(PackInfo.maximumTextByteCount), none with control characters")
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
      "splitseal: warning: descriptors and hashes are sketches of the images: publish this pack only if the images are"
        + " public, never for private ones")
    let unreadableCount = summary.sampleCount - summary.readableCount
    if unreadableCount > 0 {
      Console.note(
        "splitseal: warning: \(grouped(unreadableCount)) of \(grouped(summary.sampleCount)) files are no images that can"
          + " be decoded: of these the pack has the bytes' digests alone")
    }
    guard !output.isStandardOutput else { return }
    // From the file and not from memory: this is the digest that others will see.
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
