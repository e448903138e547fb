internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// Where the outcome of an audit goes: the same for the audit of a dataset and of shards.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What standard output holds: text, json, markdown (an issue), github (annotations), sarif or junit.",
      valueName: "format"))
  var format = ReportFormat.text

  @Option(help: ArgumentHelp("Write the report as JSON; - is standard output.", valueName: "file"), completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write the report as a page with the pictures; - is standard output.", valueName: "file"),
    completion: .file())
  var html: String?

  @Option(
    help: ArgumentHelp("Write the matched pairs as CSV; - is standard output.", valueName: "file"), completion: .file())
  var pairs: String?

  @Option(
    help: ArgumentHelp(
      "Pairs that --pairs lists: those that score this or more, 0 to 1 (default: the reporting threshold).",
      valueName: "score"))
  var minScore: Double?

  @Option(
    help: ArgumentHelp(
      "Write the digests and hashes of every image as JSON Lines; - is standard output.", valueName: "file"),
    completion: .file())
  var fingerprints: String?

  @Option(
    help: ArgumentHelp(
      "JSON report of an earlier run: what it has found already is counted and does not fail the audit.",
      valueName: "file"), completion: .file())
  var baseline: String?

  @Flag(help: "Show the pictures of the first pairs, on a terminal that can (kitty, iTerm2, sixel).")
  var show = false

  @Option(
    help: ArgumentHelp("Pairs of which --show shows the pictures, 1 to 100 (default: 5).", valueName: "count"))
  var showCount: Int?

  /// Where the outputs go that are asked for one by one.
  fileprivate var files: [String?] { [json, html, pairs, fingerprints] }

  func validate() throws {
    if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score must be 0 to 1") }
    if let showCount, !(1...100).contains(showCount) { throw ValidationError("--show-count must be 1 to 100") }
    if show || showCount != nil, format != .text {
      throw ValidationError("--show is for the text report, not for --format \(format.rawValue)")
    }
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("only one output can go to standard output")
    }
    if format != .text, files.contains("-") {
      throw ValidationError("--format \(format.rawValue) takes standard output: give the other output a file")
    }
  }

  /// Writes what was asked for, and the report in its format unless standard output is taken.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - configuration: Its configuration.
  ///   - hasImages: Whether the images are below the manifest's root, to be shown.
  ///   - isQuiet: Whether there is no text report.
  ///   - isVerbose: Whether the text report holds the whole policy.
  /// - Throws: `CommandError` when an output cannot be written.
  func write(
    _ result: AuditResult, _ configuration: AuditConfiguration, hasImages: Bool = true, isQuiet: Bool, isVerbose: Bool
  ) async throws {
    var configuration = configuration
    // The probe may have raised the threshold.
    configuration.match = result.input.matchOptions
    let leastScore = minScore ?? configuration.match.leastDoubtfulScore
    let context = ReportContext(configuration, depth: result.input.matches.depth, isVerbose: isVerbose)
    if let json { try Output(path: json).write(JSONReport(result, context: context).text) }
    if let html {
      let pictures =
        try hasImages
        ? await ReportPictures(
          result, from: AuditPictures(result, configuration), workerCount: configuration.workerCount)
        : .none
      try Output(path: html).write(HTMLReport(result, context: context, pictures: pictures).bytes)
    }
    if let pairs { try Output(path: pairs).write(PairList(result, leastScore: leastScore).text) }
    if let fingerprints {
      var text = ""
      FingerprintList(result).forEachLine { text += $0 }
      try Output(path: fingerprints).write(text)
    }
    if format != .text {
      try Output.standard.write(
        format.document(of: result, context: context, folder: WorkingDirectory.path(to: result.input.manifest.root)))
    } else if !isQuiet, !files.contains("-") {
      let shown = try pairPictures(result, configuration, hasImages: hasImages)
      let report = TextReport(result, context: context, style: Console.style) { shown?.sequence(of: $0, $1) }
      try Output.standard.write(report.text)
    }
  }

  /// The pictures that `--show` asks for; where they cannot be shown a note says so.
  private func pairPictures(
    _ result: AuditResult, _ configuration: AuditConfiguration, hasImages: Bool
  ) throws -> PairPictures? {
    guard show || showCount != nil else { return nil }
    guard hasImages else {
      Console.note("splitseal: note: --show: there are no images here, and nothing is shown (--root)")
      return nil
    }
    guard let drawing = TerminalPictures.findProtocol() else {
      Console.note("splitseal: note: --show: no pictures are shown on this terminal (kitty, iTerm2 or sixel would do)")
      return nil
    }
    return try PairPictures(
      pictures: AuditPictures(result, configuration), drawing: drawing, count: showCount ?? PairPictures.usualCount)
  }
}

extension AuditConfiguration {
  /// Takes what the outputs need; the threshold stands by now.
  ///
  /// - Throws: `ConfigurationError` when the baseline cannot be read, `CommandError` when an output cannot be written.
  mutating func apply(_ reports: ReportOptions) throws {
    for case let file? in reports.files { try Output(path: file).check() }
    baseline = try reports.baseline.map { try EarlierReport(path: $0).baseline }
    includesPDQ = reports.fingerprints != nil
    match.listingThreshold = min(reports.minScore ?? match.reportingThreshold, match.reportingThreshold)
  }
}
