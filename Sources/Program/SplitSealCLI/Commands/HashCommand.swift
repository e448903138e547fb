internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealShard

/// `splitseal hash`.
struct HashCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "hash",
    abstract: "Compute the fingerprints of images and write them to a shard, for match.",
    discussion: """
      This is the first stage of scan. With --part K/N, each of N machines hashes its part of the same inputs; the shards \
      can be joined with cat. An image that cannot be read is listed in the shard with the reason.

      Exit status: 0 written, 2 could not run.
      """)

  static let commonOptions = ["--output", "--part", "--pdq", "--root", "--cache", "--jobs", "--quiet"]

  @OptionGroup var input: InputOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Shard to write; - means standard output.", valueName: "file"),
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Hash only part K of N equal parts of the inputs (default: 1/1).", valueName: "k/n"))
  var part: String?

  @Flag(help: "Include PDQ hashes, which match needs for --method pdq and --fingerprints.")
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
        + " \(summary.sampleCount == 1 ? "image" : "images") could not be read: match lists them with the reasons")
  }
}
