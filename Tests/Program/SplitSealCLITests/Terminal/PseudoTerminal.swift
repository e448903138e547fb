import SplitSealBase
import Foundation

/// Runs the program on a terminal of a given width that a few lines of Python play.
enum PseudoTerminal {
  static let isPresent = Workbench.has("python3")

  /// Answers `answer` to `ESC [ c`, and prints what the program wrote, in base64, and its status.
  private static let player = """
    import base64, fcntl, os, pty, select, struct, sys, termios
    width, answer, arguments = int(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3:]
    # The size is there before the program looks at it.
    ready = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        os.read(ready[0], 1)
        os.execv(arguments[0], arguments)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    os.write(ready[1], b"x")
    output, asked = b"", False
    while True:
        try: part = os.read(terminal, 65536)
        except OSError: break
        if not part: break
        output += part
        if not asked and b"\\x1b[c" in output:
            asked = True
            os.write(terminal, answer)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, base64.b64encode(output).decode())
    """

  /// What a terminal was given, with its line ends as the program wrote them.
  static func run(
    _ bench: Workbench, width: Int, answer: String = "", environment: [String: String] = [:], _ arguments: String...
  ) throws -> (status: Int32, output: String) {
    try bench.write("terminal.py", player)
    let hex = answer.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let line = "python3 terminal.py \(width) '\(hex)' \"$SPLITSEAL\" " + arguments.joined(separator: " ")
    let played = try bench.shell(line, environment: environment)
    let words = played.output.split(whereSeparator: \.isWhitespace)
    guard words.count >= 1, let status = Int32(words[0]) else { return (-1, played.errors) }
    let data = words.count > 1 ? Data(base64Encoded: String(words[1])) ?? Data() : Data()
    return (status, String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n"))
  }
}
