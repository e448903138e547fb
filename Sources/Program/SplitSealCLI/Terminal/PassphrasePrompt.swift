internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealSystem

/// Asks for a passphrase on the terminal, without showing it.
enum PassphrasePrompt {
  /// Whether there is a terminal to ask on.
  static var canAsk: Bool { Console.isTerminal(STDIN_FILENO) }

  /// Asks once.
  ///
  /// - Parameter question: What is asked for, without a colon.
  /// - Returns: What was typed, as bytes; never empty.
  /// - Throws: ``CommandError`` when there is no terminal or nothing was typed; `CancellationError` for Ctrl-C.
  static func ask(_ question: String) throws -> [UInt8] {
    guard canAsk else {
      throw CommandError("cannot ask for the passphrase, because there is no terminal", hint: "use --passphrase-file")
    }
    let typed = try line(question)
    guard !typed.isEmpty else {
      throw CommandError("the passphrase is empty", hint: "leave out the flag to write a key that is not encrypted")
    }
    return typed
  }

  /// Asks twice, for a new passphrase.
  ///
  /// - Parameter question: What is asked for, without a colon.
  /// - Returns: What was typed both times.
  /// - Throws: As ``ask(_:)``, and ``CommandError`` when the two differ.
  static func askTwice(_ question: String) throws -> [UInt8] {
    let first = try ask(question)
    guard try ask("the passphrase again") == first else {
      throw CommandError("the two passphrases differ", hint: "nothing was written: try again")
    }
    return first
  }

  /// Reads one line, character by character, so that Ctrl-C does not end the program while the terminal hides the input.
  private static func line(_ question: String) throws -> [UInt8] {
    var settings = termios()
    guard unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else {
      throw CommandError("cannot ask for the passphrase on this terminal", hint: "use --passphrase-file")
    }
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else {
      throw CommandError("this terminal would show the passphrase", hint: "use --passphrase-file")
    }
    defer {
      unsafe _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      Console.write("\n", to: STDERR_FILENO)
    }
    Console.write("splitseal: \(printable(question)): ", to: STDERR_FILENO)
    var typed: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      try waitForInput()
      let count = unsafe read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return typed }
      switch byte {
      case 0x0A, 0x0D: return typed
      case 0x03: throw CancellationError()
      case 0x04: if typed.isEmpty { return typed }
      case 0x15: typed = []
      case 0x08, 0x7F: removeCharacter(of: &typed)
      default: if typed.count < 4_096 { typed.append(byte) }
      }
    }
  }

  /// Waits until there is something to read.
  ///
  /// - Throws: `CancellationError` after SIGTERM, so that the terminal is restored.
  private static func waitForInput() throws {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&descriptor, 1, 50) == 0 { try Task.checkCancellation() }
  }

  /// Removes the last character, all bytes of it.
  private static func removeCharacter(of typed: inout [UInt8]) {
    while let last = typed.popLast(), last & 0xC0 == 0x80 {}
  }
}
