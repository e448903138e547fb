internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealMatch
internal import SplitSealReport

/// `splitseal plot`.
struct PlotCommand: AsyncParsableCommand, HasCommonOptions {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw charts of an audit as SVG files, for papers.",
    discussion: """
      splitseal plot dataset --what classes -o classes.svg
      splitseal plot dataset --probe -o charts/

      Exit status: 0 drawn, whatever was found; 2 could not run, or nothing to draw.
      """)

  static let commonOptions = [
    "--what", "--output", "--width", "--height", "--min-score", "--force", "--probe", "--root", "--policy", "--quiet",
  ]

  @OptionGroup var input: InputOptions
  @OptionGroup var plotting: PlotOptions
  @OptionGroup(title: HelpSection.policy) var policies: PolicyOptions
  @OptionGroup var audit: AuditOptions
  @OptionGroup(title: HelpSection.detection) var probing: ProbeFlags
  @OptionGroup(title: HelpSection.speed) var caching: CacheOptions

  func validate() throws {
    if plotting.what == .power, probing.probe == false {
      throw ValidationError("--what power needs the probe: remove --no-probe")
    }
    if probing.probeSeed != nil, !isProbing { throw ValidationError("--probe-seed needs --probe") }
  }

  /// Asking for the chart of the detector's power alone turns the probe on.
  private var isProbing: Bool { probing.isProbing(byDefault: plotting.what == .power) }

  func run() async throws {
    let folder = plotting.what == nil ? OutputFolder(path: plotting.output, replaces: plotting.force) : nil
    // Before anything that takes long.
    try folder?.check(ChartKind.allCases.flatMap { ["\($0.rawValue).svg", "\($0.rawValue).csv"] })
    var configuration = try AuditConfiguration(input, policies)
    try configuration.apply(audit)
    configuration.apply(probing, probesByDefault: plotting.what == .power)
    configuration.match.listingThreshold = min(plotting.minScore, configuration.match.reportingThreshold)
    configuration.storePath = try caching.path
    let result = try await AuditRun.result(of: configuration, isQuiet: input.quiet)
    if let folder { try write(result, to: folder) } else if let what = plotting.what { try write(what, of: result) }
  }

  /// Writes a single chart.
  private func write(_ what: ChartKind, of result: AuditResult) throws {
    do {
      let chart = try what.chart(of: result)
      try Output(path: plotting.output).write(chart.svg(.standalone, size: plotting.size))
    } catch let reason as NoChart {
      throw CommandError("the chart '\(what.rawValue)' has nothing to show: \(reason)")
    }
  }

  /// Writes every chart that has something to show, each with its numbers.
  private func write(_ result: AuditResult, to folder: OutputFolder) throws {
    var files: [(name: String, text: String)] = []
    for what in ChartKind.allCases {
      do {
        let chart = try what.chart(of: result)
        files.append(("\(what.rawValue).svg", chart.svg(.standalone, size: plotting.size)))
        files.append(("\(what.rawValue).csv", chart.table.csv))
      } catch {
        Console.note("splitseal: note: \(what.rawValue).svg was not written: \(error)")
      }
    }
    guard !files.isEmpty else { throw CommandError("there is nothing to draw") }
    try folder.write([], files)
    if !input.quiet {
      for file in files { try Output.standard.write("\(folder.path(file.name))\n") }
    }
  }
}
