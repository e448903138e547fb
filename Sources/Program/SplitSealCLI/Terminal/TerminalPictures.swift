internal import SplitSealReport
internal import SplitSealSystem

/// Whether and how the terminal shows pictures.
enum TerminalPictures {
  /// Milliseconds to wait for the terminal's answer.
  ///
  /// A terminal behind a slow line is not asked again.
  private static let patience: Int32 = 300

  /// The protocol of the terminal on standard output; `nil` if it shows no pictures.
  static func findProtocol() -> InlinePictureProtocol? {
    guard Console.isTerminal(STDOUT_FILENO), Console.environment("TERM") != "dumb" else { return nil }
    if let told = InlinePictureProtocol.told(by: Console.environment) { return told }
    guard !InlinePictureProtocol.isMultiplexed(Console.environment) else { return nil }
    return InlinePictureProtocol.hasSixel(deviceAttributes()) ? .sixel : nil
  }

  /// The terminal's answer to `ESC [ c`; empty if there is none.
  private static func deviceAttributes() -> [UInt8] {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return [] }
    defer { close(terminal) }
    // A program in the background would be stopped.
    guard tcgetpgrp(terminal) == getpgrp() else { return [] }
    var before = termios()
    guard unsafe tcgetattr(terminal, &before) == 0 else { return [] }
    var raw = before
    // The answer is not to be shown, and ends without a newline.
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON)
    guard unsafe tcsetattr(terminal, TCSANOW, &raw) == 0 else { return [] }
    defer { unsafe tcsetattr(terminal, TCSANOW, &before) }
    guard Console.write("\u{1B}[c", to: terminal) else { return [] }
    var answer: [UInt8] = []
    while answer.last != UInt8(ascii: "c"), answer.count < 256 {
      var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&waiting, 1, patience) > 0 else { break }
      var byte: UInt8 = 0
      guard unsafe read(terminal, &byte, 1) == 1 else { break }
      answer.append(byte)
    }
    return answer
  }
}
