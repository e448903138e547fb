internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealShard

/// `splitseal hash`.
struct HashCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hash",
    abstract: "Hash images into a shard, for match: the first stage of scan by itself.",
    discussion: """
      Shards can be put one behind the other with cat. With --part K/N each of N machines hashes its part of the same \
      inputs. Exit status: 0 written, 2 could not run; images that cannot be read are written with the reason.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var policies: PolicyOptions
  @OptionGroup var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The shard; - is standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Hash only part K of N contiguous parts of the samples (default: 1/1).", valueName: "k/n"))
  var part: String?

  @Flag(help: "Add the PDQ hashes, which match needs for --method pdq and --fingerprints.")
  var pdq = false

  func validate() throws {
    if let part, HashingPart(part) == nil {
      throw ValidationError("--part \(part): expected K/N with K from 1 to N, and N up to \(HashingPart.maximumCount)")
    }
  }

  func run() async throws {
    var configuration = try AuditConfiguration(input, policies)
    configuration.includesPDQ = pdq
    configuration.storePath = try caching.path
    let part = part.flatMap { HashingPart($0) } ?? .whole
    let output = Output(path: output)
    let summary = try await AuditRun.run(configuration, isQuiet: input.quiet) { pipeline in
      let stream = try StreamedOutput(output)
      try stream.refuseTerminal()
      let summary = try await pipeline.hash(part: part) { try stream.write($0) }
      try stream.finish()
      return summary
    }
    let unreadableCount = summary.sampleCount - summary.readableCount
    guard unreadableCount > 0, !input.quiet else { return }
    Console.note(
      "splitseal: warning: \(grouped(unreadableCount)) of \(grouped(summary.sampleCount))"
        + " \(summary.sampleCount == 1 ? "image" : "images") could not be read: match reports which, and why")
  }
}
