internal import SplitSealBase
internal import ArgumentParser
internal import SplitSeal
internal import SplitSealJSON
internal import SplitSealManifest
internal import SplitSealStore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `splitseal cache`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Show or clean up the cache of fingerprints and results.",
    subcommands: [CacheInfoCommand.self, CachePruneCommand.self])
}

/// The file of the cache.
struct CacheFile: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File of the cache (default: $SPLITSEAL_CACHE, or a file in your cache folder).", valueName: "file"),
    completion: .file())
  var cache: String?

  /// Opens the cache; `nil` if there is no file, as looking at it should not create one.
  func open() throws -> FingerprintStore? {
    let path = try path()
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    try CacheOptions.check(path)
    let store = FingerprintStore.open(at: path, version: AuditPipeline.fingerprintVersion) {
      Console.note("splitseal: warning: \($0)")
    }
    guard let store else {
      throw CommandError(
        "\(printable(path)) cannot be used as a cache", hint: "the warning above says why")
    }
    return store
  }

  func path() throws -> String {
    guard let path = CacheOptions.path(cache) else {
      throw CommandError("there is no home folder for the cache", hint: "give a file with --cache")
    }
    return path
  }
}

/// `splitseal cache info`.
struct CacheInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show where the cache is and what it contains.")

  @OptionGroup var file: CacheFile

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let path = try file.path()
    let summary = try file.open()?.summary()
    if json {
      let object = JSONValue.object([
        "path": .string(path), "bytes": .integer(summary?.byteCount ?? 0),
        "datasets": .integer(summary?.rootCount ?? 0), "files": .integer(summary?.fileCount ?? 0),
        "fingerprints": .integer(summary?.fingerprintCount ?? 0),
        "staleFingerprints": .integer(summary?.staleCount ?? 0), "results": .integer(summary?.resultCount ?? 0),
      ])
      try Output.standard.write(object.compactText + "\n")
      return
    }
    guard let summary else {
      try Output.standard.write("\(printable(path)): no cache yet\n")
      return
    }
    let stale =
      summary.staleCount == 0
      ? "" : " (and \(summary.staleCount) of other versions; 'splitseal cache prune' removes them)"
    try Output.standard.write(
      """
      \(printable(path))
        size          \(summary.byteCount) bytes
        datasets      \(summary.rootCount)
        files         \(summary.fileCount)
        fingerprints  \(summary.fingerprintCount)\(stale)
        results       \(summary.resultCount)

      """)
  }
}

/// `splitseal cache prune`.
struct CachePruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove entries of other versions, and entries that have not been used for long.",
    discussion: "You can also delete the file: everything in it can be computed again.")

  @OptionGroup var file: CacheFile

  @Option(
    help: ArgumentHelp(
      "Remove entries that have not been used for this many days; 0 removes everything.", valueName: "days"))
  var olderThan = 90

  func validate() throws {
    guard (0...36_500).contains(olderThan) else { throw ValidationError("--older-than must be 0 to 36500") }
  }

  func run() throws {
    guard let store = try file.open() else { return }
    store.prune(unusedForDays: olderThan)
  }
}
