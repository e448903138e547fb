#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where the store is when nobody says where.
public enum StoreLocation {
  /// The file in the user's cache folder: `$XDG_CACHE_HOME/splitseal`, `~/.cache/splitseal`, on a Mac
  /// `~/Library/Caches/splitseal`.
  ///
  /// - Parameter environment: The environment variables.
  /// - Returns: The path of the file; `nil` when the user has no home.
  /// - Source: XDG Base Directory Specification, which has relative values ignored.
  public static func standard(environment: [String: String]) -> String? {
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return file(in: cache) }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    #if os(macOS)
      return file(in: home + "/Library/Caches")
    #else
      return file(in: home + "/.cache")
    #endif
  }

  /// The version of the tables is in the name: programs that use other tables have files of their own.
  private static func file(in folder: String) -> String { "\(folder)/splitseal/store-\(StoreSchema.version).sqlite" }
}
