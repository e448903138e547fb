public import ArgumentParser
internal import SplitSealReport

extension ChartKind: ExpressibleByArgument {}

/// Which charts are drawn, how large, and where they go.
struct PlotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The chart to draw: classes (shares by split), scores (of the pairs) or power (recall by edit) (default: all).",
      valueName: "chart"))
  var what: ChartKind?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "File of the one chart, - for standard output; or folder of all, each with its numbers as CSV.",
      valueName: "path"),
    completion: .file())
  var output: String

  @Option(help: ArgumentHelp("Millimetres from left to right, 60 to 1000.", valueName: "mm"))
  var width = ChartSize().width

  @Option(
    help: ArgumentHelp(
      "Millimetres from top to bottom, 30 to 2000; more where the content needs it (default: what it needs).",
      valueName: "mm"))
  var height: Double?

  @Flag(help: "Replace charts that are in the folder.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Pairs below the threshold that scores draws: those that score this or more, 0 to 1.", valueName: "score"))
  var minScore = 0.02

  func validate() throws {
    guard ChartSize.widths.contains(width) else { throw ValidationError("--width must be 60 to 1000 millimetres") }
    if let height, !ChartSize.heights.contains(height) {
      throw ValidationError("--height must be 30 to 2000 millimetres")
    }
    guard (0...1).contains(minScore) else { throw ValidationError("--min-score must be 0 to 1") }
    guard !output.isEmpty else { throw ValidationError("--output '': the path is empty") }
    if what == nil, output == "-" {
      throw ValidationError("standard output takes one chart: name it with --what, or name a folder")
    }
  }

  /// The size that was asked for.
  var size: ChartSize {
    var size = ChartSize()
    size.width = width
    size.height = height
    return size
  }
}
