internal import SplitSealBase
internal import SplitSealManifest

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A result that is written piece by piece.
///
/// The pieces go to a partial file beside the target, which replaces the target when all is written. The partial file is removed
/// when the result is given up or the command is interrupted. A pipe or a device is written to directly.
final class StreamedOutput {
  private let output: Output
  private let descriptor: Int32
  /// The file that is to be replaced, and the one that replaces it; `nil` for a pipe or a device.
  private var files: (target: String, partial: String)?

  /// Opens the output.
  init(_ output: Output) throws(CommandError) {
    self.output = output
    guard !output.path.isEmpty else {
      throw CommandError("the name of an output is empty", hint: "give a file, or - for standard output")
    }
    if output.isStandardOutput {
      descriptor = STDOUT_FILENO
    } else if isSpecialFile(output.path) {
      descriptor = unsafe open(output.path, O_WRONLY | O_CLOEXEC)
    } else {
      let target = Self.resolved(output.path)
      let partial = "\(target).partial-\(getpid())"
      PartialFiles.add(partial)
      // Only a process that ended long ago can have left one of this name.
      unsafe unlink(partial)
      descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { files = (target, partial) } else { PartialFiles.forget(partial) }
    }
    guard descriptor >= 0 else { throw output.failure(Output.reason(errno)) }
    if let files { keepMode(of: files.target) }
  }

  /// Refuses to write binary data where a person would see it.
  func refuseTerminal() throws(CommandError) {
    guard !Console.isTerminal(descriptor) else {
      throw CommandError(
        "refusing to write binary data to a terminal", hint: "give a file with --output, or use a pipe")
    }
  }

  /// Gives the new file the permissions of the file that it replaces.
  private func keepMode(of target: String) {
    let permissions = (try? FileManager.default.attributesOfItem(atPath: target))?[.posixPermissions]
    guard let mode = (permissions as? any BinaryInteger).map({ mode_t(truncatingIfNeeded: $0) }) else { return }
    _ = fchmod(descriptor, mode & 0o777)
  }

  deinit {
    if let files {
      unsafe unlink(files.partial)
      PartialFiles.forget(files.partial)
    }
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// Writes the next piece.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    guard Console.write(bytes, to: descriptor) else { throw output.failure(Output.reason(errno)) }
  }

  /// Renames the partial file, unless the command was interrupted.
  func finish() throws {
    try Task.checkCancellation()
    guard let files else { return }
    guard unsafe rename(files.partial, files.target) == 0 else { throw output.failure(Output.reason(errno)) }
    PartialFiles.forget(files.partial)
    self.files = nil
  }

  /// The target of a link, so that the link itself is kept.
  private static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
