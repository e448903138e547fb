public import ArgumentParser
internal import SplitSealManifest
public import SplitSealReport

extension ReportFormat: ExpressibleByArgument {}

/// The folder in which the command runs.
enum WorkingDirectory {
  /// The path from here to a folder below it.
  ///
  /// - Parameter folder: A real, absolute path, as a manifest's root is.
  /// - Returns: The path without slashes at its ends, empty for this folder; `nil` for a folder elsewhere.
  static func path(to folder: String) -> String? {
    guard let here = try? Manifest.realRoot(".") else { return nil }
    return path(to: folder, from: here)
  }

  static func path(to folder: String, from here: String) -> String? {
    let (target, start) = (components(folder), components(here))
    guard folder.utf8.first == UInt8(ascii: "/"), target.starts(with: start) else { return nil }
    return target.dropFirst(start.count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  private static func components(_ path: String) -> [[UInt8]] {
    path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
  }
}
