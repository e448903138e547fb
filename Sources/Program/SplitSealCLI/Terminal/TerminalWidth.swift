internal import SplitSealSystem
internal import SplitSealReport

extension Console {
  /// Cells of a line where nothing tells how many there are.
  private static let usualWidth = 80
  /// No line is fitted to fewer.
  private static let leastWidth = 40

  /// Cells of a line on standard output: from the terminal, or else `COLUMNS`, or else 80; `nil` if it is not a terminal.
  static var width: Int? {
    guard isTerminal(STDOUT_FILENO) else { return nil }
    var size = winsize()
    let isKnown = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let width = isKnown ? Int(size.ws_col) : environment("COLUMNS").flatMap { Int($0) } ?? usualWidth
    return min(max(width, leastWidth), 1000)
  }

  /// Colours and width of results on standard output.
  static var style: TextStyle { TextStyle(isColored: isColored, width: width) }
}
