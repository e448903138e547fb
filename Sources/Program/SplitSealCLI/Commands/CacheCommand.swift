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
    commandName: "cache", abstract: "Look at what is remembered of datasets, and forget it.",
    subcommands: [CacheInfoCommand.self, CachePruneCommand.self])
}

/// The file that is meant.
struct CacheFile: ParsableArguments {
  @Option(
    help: ArgumentHelp("The file (default: $SPLITSEAL_CACHE, else in the user's cache folder).", valueName: "file"),
    completion: .file())
  var cache: String?

  /// Opens the store; `nil` when there is no file, which nobody wants made for looking at it.
  func open() throws -> FingerprintStore? {
    let path = try path()
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let store = FingerprintStore.open(at: path, version: AuditPipeline.fingerprintVersion) {
      Console.note("splitseal: warning: \($0)")
    }
    guard let store else { throw CommandError("\(printable(path)) cannot be used", hint: "delete it; nothing is lost") }
    return store
  }

  func path() throws -> String {
    guard let path = CacheOptions.path(cache) else {
      throw CommandError("there is no home folder to keep a cache in", hint: "name the file with --cache")
    }
    return path
  }
}

/// `splitseal cache info`.
struct CacheInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say where the cache is and what it holds.")

  @OptionGroup var file: CacheFile

  @Flag(help: "As JSON.")
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
    let stale = summary.staleCount == 0 ? "" : " (and \(summary.staleCount) of other versions: splitseal cache prune)"
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
    abstract: "Forget what other versions remembered and what was not used for long.",
    discussion: "Deleting the file does the same and loses nothing: it is all computed anew.")

  @OptionGroup var file: CacheFile

  @Option(help: ArgumentHelp("Days that something may lie unused; 0 forgets all.", valueName: "days"))
  var olderThan = 90

  func validate() throws {
    guard (0...36_500).contains(olderThan) else { throw ValidationError("--older-than must be 0 to 36500") }
  }

  func run() throws {
    guard let store = try file.open() else { return }
    store.prune(unusedForDays: olderThan)
  }
}
