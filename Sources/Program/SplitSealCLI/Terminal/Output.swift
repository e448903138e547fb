internal import SplitSealBase
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

internal import SplitSealSystem

/// Where a result goes: a file, or standard output for `-`.
struct Output {
  /// Standard output.
  static let standard = Output(path: "-")

  /// The path as the user gave it.
  let path: String

  /// Whether it is standard output.
  var isStandardOutput: Bool { path == "-" }

  /// Checks whether the file can be written, so that a mistake is reported before the long work and not after it.
  ///
  /// Writing may still fail later, for example because the disk is full by then.
  func check() throws(CommandError) {
    guard !isStandardOutput, !path.isEmpty, !isSpecialFile(path) else { return }
    guard !FileManager.default.fileExists(atPath: path + "/.") else { throw failure(SystemFault(number: EISDIR)) }
    let folder = URL(filePath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder + "/.") else { throw failure(SystemFault(number: ENOENT)) }
    guard FileManager.default.isWritableFile(atPath: folder) else { throw failure(SystemFault(number: EACCES)) }
  }

  /// Writes the whole text.
  ///
  /// A file is replaced in one step, so that nobody reads half of it. A pipe or a device is written to directly.
  ///
  /// - Throws: `CommandError` when it cannot be written, `CancellationError` when the command was interrupted.
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes bytes, as ``write(_:)-(String)`` does.
  func write(_ bytes: [UInt8]) throws {
    try Task.checkCancellation()
    guard !path.isEmpty else {
      throw CommandError("the name of an output is empty", hint: "give a file, or - for standard output")
    }
    guard !isStandardOutput else {
      guard Console.write(bytes, to: STDOUT_FILENO) else { throw failure(.last) }
      return
    }
    let file = try StreamedOutput(self)
    try file.write(bytes)
    try file.finish()
  }

  /// The error for what the system answered.
  func failure(_ fault: SystemFault) -> CommandError {
    // Only the folder of an output has to be there.
    let reason = fault.isMissing ? "no such folder" : fault.reason
    return isStandardOutput
      ? CommandError("cannot write to standard output: \(reason)")
      : CommandError("cannot write \(path): \(reason)", hint: "give a file in a folder that you may write to")
  }
}
