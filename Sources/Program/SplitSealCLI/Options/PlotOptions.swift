public import ArgumentParser
internal import SplitSealReport

extension ChartKind: ExpressibleByArgument {}

/// Which charts to draw, how large, and where to write them.
struct PlotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Chart to draw: classes (share of each class by split), scores (of pairs) or power (share of edited copies found)"
        + " (default: all).",
      valueName: "chart"))
  var what: ChartKind?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File for one chart (- means standard output), or folder for all charts, each with its numbers as CSV.",
      valueName: "path"),
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Width in millimetres, 60 to 1000.", valueName: "mm"))
  var width = ChartSize().width

  @Option(
    help: ArgumentHelp(
      "Height in millimetres, 30 to 2000; a chart that needs more gets more (default: as needed).",
      valueName: "mm"))
  var height: Double?

  @Flag(help: "Replace charts that are already in the folder.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Lowest score of the pairs in the chart of scores, 0 to 1.", valueName: "score"))
  var minScore = 0.02

  func validate() throws {
    guard ChartSize.widths.contains(width) else { throw ValidationError("--width must be 60 to 1000 millimetres") }
    if let height, !ChartSize.heights.contains(height) {
      throw ValidationError("--height must be 30 to 2000 millimetres")
    }
    guard (0...1).contains(minScore) else { throw ValidationError("--min-score must be 0 to 1") }
    guard !output.isEmpty else { throw ValidationError("--output: the path is empty") }
    if what == nil, output == "-" {
      throw ValidationError("only one chart can go to standard output: choose it with --what, or give a folder")
    }
  }

  /// The size of the charts.
  var size: ChartSize {
    var size = ChartSize()
    size.width = width
    size.height = height
    return size
  }
}
