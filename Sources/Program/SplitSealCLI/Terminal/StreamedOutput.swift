internal import SplitSealBase
internal import SplitSealSystem

/// A result that is written piece by piece.
///
/// A file is replaced in one step when all is written (``AtomicFile``). A pipe or a device is written to directly.
final class StreamedOutput {
  private let output: Output
  private let descriptor: Int32
  /// `nil` for a pipe or a device.
  private let file: AtomicFile?

  /// Opens the output.
  init(_ output: Output) throws(CommandError) {
    self.output = output
    guard !output.path.isEmpty else {
      throw CommandError("the name of an output is empty", hint: "give a file, or - for standard output")
    }
    if output.isStandardOutput {
      (descriptor, file) = (STDOUT_FILENO, nil)
    } else if isSpecialFile(output.path) {
      (descriptor, file) = (unsafe open(output.path, O_WRONLY | O_CLOEXEC), nil)
      guard descriptor >= 0 else { throw output.failure(.last) }
    } else {
      do throws(SystemFault) { file = try AtomicFile(output.path) } catch { throw output.failure(error) }
      descriptor = file?.descriptor ?? -1
    }
  }

  /// Refuses to write binary data where a person would see it.
  func refuseTerminal() throws(CommandError) {
    guard !Console.isTerminal(descriptor) else {
      throw CommandError(
        "refusing to write binary data to a terminal", hint: "give a file with --output, or use a pipe")
    }
  }

  deinit {
    if file == nil, descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// Writes the next piece.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    guard Console.write(bytes, to: descriptor) else { throw output.failure(.last) }
  }

  /// Puts the file in its place, unless the command was interrupted.
  func finish() throws {
    try Task.checkCancellation()
    do throws(SystemFault) { try file?.finish(isDurable: false) } catch { throw output.failure(error) }
  }
}
