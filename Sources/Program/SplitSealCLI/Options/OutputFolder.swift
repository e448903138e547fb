internal import SplitSeal
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder for new manifests or charts.
struct OutputFolder {
  let path: String
  /// Whether files that are there may be replaced.
  let replaces: Bool

  /// Path of a file in it.
  func path(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Refuses to overwrite files, unless that was asked for.
  ///
  /// - Throws: `CommandError` naming the first one.
  func check(_ names: [String]) throws(CommandError) {
    guard !path.isEmpty else {
      throw CommandError("the name of the output folder is empty", hint: "give a folder with -o")
    }
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
      throw CommandError("\(path) is not a folder", hint: "give a folder with -o")
    }
    guard !replaces else { return }
    for name in names where FileManager.default.fileExists(atPath: self.path(name)) {
      throw CommandError("\(self.path(name)) already exists", hint: "give another folder, or replace it with --force")
    }
  }

  /// Writes manifests and other texts; each file is written whole or not at all.
  ///
  /// An input is never replaced, with `--force` or without.
  func write(_ files: [RepairedFile], _ others: [(name: String, text: String)]) throws {
    let all = files.map { ($0.name, $0.text) } + others.map { ($0.name, $0.text) }
    try check(all.map(\.0))
    for file in files {
      let target = URL(filePath: path(file.name)).resolvingSymlinksInPath().path
      if let input = file.replaces, input == target || isSameFile(input, path(file.name)) {
        throw CommandError(
          "\(path(file.name)) is the manifest that is being repaired", hint: "give another folder with -o")
      }
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandError("cannot create the folder \(path)", hint: "give a folder that you may create and write to")
    }
    for (name, text) in all { try Output(path: path(name)).write(text) }
  }

  private func isSameFile(_ a: String, _ b: String) -> Bool {
    let numbers = [a, b].map { try? FileManager.default.attributesOfItem(atPath: $0)[.systemFileNumber] as? UInt64 }
    return numbers[0] != nil && numbers[0] == numbers[1]
  }
}
