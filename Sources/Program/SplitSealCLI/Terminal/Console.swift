internal import SplitSealKeys
internal import SplitSealBase
internal import ArgumentParser
internal import SplitSealCertificate
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealShard
internal import SplitSealSystem

/// What goes to the terminal besides results: errors, hints, and what the terminal can do.
enum Console {
  /// Makes a write beyond `ulimit -f` fail like one to a full disk, so that it is reported and the partial file is removed.
  static func prepare() { _ = signal(SIGXFSZ, SIG_IGN) }

  /// Writes one line to standard error.
  ///
  /// Characters that could act on the terminal are escaped, because file names come from whoever made the dataset.
  static func note(_ line: String) {
    // Scalar by scalar, as a whole line would be shortened.
    write(line.unicodeScalars.map { printable(String($0)) }.joined() + "\n", to: STDERR_FILENO)
  }

  /// Writes `splitseal: error: ...`.
  static func error(_ message: String) { note("splitseal: error: \(message)") }

  /// Writes `splitseal: hint: ...`.
  static func hint(_ message: String) { note("splitseal: hint: \(message)") }

  /// Writes text to a file descriptor, all of it.
  ///
  /// A closed pipe ends the process, as it ends every filter.
  ///
  /// - Returns: `false` when the system did not take all of it.
  @discardableResult static func write(_ text: String, to descriptor: Int32) -> Bool {
    write(Array(text.utf8), to: descriptor)
  }

  /// Writes bytes to a file descriptor, all of them.
  ///
  /// - Returns: `false` when the system did not take all of them.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool { writeAll(bytes, to: descriptor) }

  /// Whether a file descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The value of an environment variable; `nil` when unset.
  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Whether results may be coloured: on a terminal that is not dumb, unless `NO_COLOR` is set and not empty.
  ///
  /// - Source: no-color.org.
  static var isColored: Bool {
    isTerminal(STDOUT_FILENO) && environment("TERM") != "dumb" && (environment("NO_COLOR") ?? "").isEmpty
  }

  /// Prints what went wrong, and ends the process with the status for it.
  static func exit(with error: any Error) -> Never {
    switch error {
    case is CancellationError:
      Interruption.report()
      finish(.interrupted)
    case let code as ExitCode:
      finish(code)
    case let known as any UserFacingError:
      for message in known.messages {
        self.error(message.text)
        if let hint = message.hint { self.hint(hint) }
      }
      finish(ExitCode(known.exitStatus))
    case let fault as DatasetFileFault:
      self.error("the dataset's folder: \(fault)")
      if fault == .tooManyOpenFiles { self.hint("raise the limit with ulimit -n, or use fewer --jobs") }
      finish(.couldNotRun)
    default:
      explain(error)
    }
  }

  /// Handles errors of the argument parser, and those of no known type.
  ///
  /// To the parser, help and version are errors too. Its own status 64 becomes 2.
  private static func explain(_ error: any Error) -> Never {
    guard SplitSealCommand.exitCode(for: error) != .success else {
      write(HelpText.arranged(SplitSealCommand.fullMessage(for: error)) + "\n", to: STDOUT_FILENO)
      finish(.success)
    }
    let (message, hint) = explanation(of: error)
    self.error(message)
    if let hint { self.hint(hint) }
    finish(.couldNotRun)
  }

  /// What is wrong and what to do about it; only errors of usage lead to the help.
  static func explanation(of error: any Error) -> (message: String, hint: String?) {
    let (message, advice) = messageAndAdvice(SplitSealCommand.message(for: error))
    let isUsage = SplitSealCommand.exitCode(for: error) == .validationFailure
    let help = "'splitseal --help' lists the commands, 'splitseal COMMAND --help' the options of one"
    return (message, advice ?? (isUsage ? help : nil))
  }

  /// Splits the parser's text into what is wrong and what it advises, both in the style of our own messages.
  private static func messageAndAdvice(_ text: String) -> (message: String, advice: String?) {
    let line = text.split(whereSeparator: { $0 == "\n" }).map { $0.drop { $0 == " " } }.joined(separator: " ")
    for word in ["Did you mean", "Please"] {
      guard let range = line.firstRange(of: ". " + word) else { continue }
      return (inOurStyle(line[..<range.lowerBound]), inOurStyle(line[line.index(range.lowerBound, offsetBy: 2)...]))
    }
    return (inOurStyle(line[...]), nil)
  }

  /// Lower case at the start, no full stop at the end.
  private static func inOurStyle(_ sentence: Substring) -> String {
    var text = String(sentence)
    if let first = text.first, text.dropFirst().first?.isLowercase == true {
      text = first.lowercased() + text.dropFirst()
    }
    while text.last == "." { text.removeLast() }
    return text
  }

  private static func finish(_ code: ExitCode) -> Never {
    #if canImport(Glibc)
      Glibc.exit(code.rawValue)
    #elseif canImport(Musl)
      Musl.exit(code.rawValue)
    #else
      Darwin.exit(code.rawValue)
    #endif
  }
}

/// The reason why a command cannot run, and what to do about it.
struct CommandError: UserFacingError {
  /// What is wrong, lower case, without a full stop.
  let message: String
  /// What to do, in the same style.
  let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  var messages: [ErrorMessage] { [ErrorMessage(message, hint: hint)] }
}
