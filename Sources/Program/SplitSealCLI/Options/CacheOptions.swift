internal import ArgumentParser
internal import SplitSealStore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where fingerprints and results are kept between runs.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File that keeps fingerprints and results between runs (default: $SPLITSEAL_CACHE, or a file in your cache folder).",
      valueName: "file"), completion: .file())
  var cache: String?

  @Flag(help: "Neither read nor write a cache.")
  var noCache = false

  func validate() throws {
    if noCache, cache != nil { throw ValidationError("give --cache or --no-cache, not both") }
    if cache == "" { throw ValidationError("--cache: the path is empty") }
  }

  /// The file; `nil` for none.
  ///
  /// - Throws: ``CommandError`` where the file that `--cache` names is something else. What is wrong with a file that nobody named
  ///   on the command line is a warning, and the command runs without a cache.
  var path: String? {
    get throws {
      if let cache { try Self.check(cache) }
      return noCache ? nil : Self.path(cache)
    }
  }

  static func check(_ path: String) throws {
    do throws(StoreRefusal) {
      try FingerprintStore.check(path)
    } catch {
      throw CommandError(error.message, hint: error.hint)
    }
  }

  static func path(_ given: String?) -> String? {
    if let given { return given }
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["SPLITSEAL_CACHE"], !named.isEmpty { return named }
    return StoreLocation.standard(environment: environment)
  }
}
