internal import ArgumentParser
internal import SplitSeal
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealReport

/// Where the results of an audit are written: the same for a dataset and for shards.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Format of the report on standard output; markdown suits an issue, github makes annotations.",
      valueName: "format"))
  var format = ReportFormat.text

  @Option(
    help: ArgumentHelp("Write the report as JSON; - means standard output.", valueName: "file"), completion: .file())
  var json: String?

  @Option(
    help: ArgumentHelp("Write the report as a web page with pictures; - means standard output.", valueName: "file"),
    completion: .file())
  var html: String?

  @Option(
    help: ArgumentHelp("Write the matched pairs as CSV; - means standard output.", valueName: "file"),
    completion: .file())
  var pairs: String?

  @Option(
    help: ArgumentHelp(
      "Lowest score of the pairs that --pairs lists, 0 to 1 (default: that of the reported pairs).",
      valueName: "score"))
  var minScore: Double?

  @Option(
    help: ArgumentHelp(
      "Write the digests and hashes of every image as JSON Lines; - means standard output.", valueName: "file"),
    completion: .file())
  var fingerprints: String?

  @Option(
    help: ArgumentHelp(
      "JSON report of an earlier run; findings that it contains are counted, but do not fail the audit.",
      valueName: "file"), completion: .file())
  var baseline: String?

  @Flag(help: "Show pictures of the first pairs, if the terminal can (kitty, iTerm2 or sixel).")
  var show = false

  @Option(
    help: ArgumentHelp("Number of pairs that --show draws, 1 to 100 (default: 5).", valueName: "count"))
  var showCount: Int?

  /// The outputs that have an option of their own.
  fileprivate var files: [String?] { [json, html, pairs, fingerprints] }

  func validate() throws {
    if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score must be 0 to 1") }
    if let showCount, !(1...100).contains(showCount) { throw ValidationError("--show-count must be 1 to 100") }
    if show || showCount != nil, format != .text {
      throw ValidationError("--show works only with the text report, not with --format \(format.rawValue)")
    }
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("only one output can go to standard output")
    }
    if format != .text, files.contains("-") {
      throw ValidationError("--format \(format.rawValue) writes to standard output: write the other output to a file")
    }
  }

  /// Writes the requested files, and the report to standard output unless one of them goes there.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - configuration: Its configuration.
  ///   - hasImages: Whether the images are below the manifest's root and can be shown.
  ///   - isQuiet: Whether to write no text report.
  ///   - isVerbose: Whether the text report contains everything.
  /// - Throws: `CommandError` when an output cannot be written, `CancellationError` when the command was interrupted.
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

  /// The pictures for `--show`; `nil`, with a note, if they cannot be shown.
  private func pairPictures(
    _ result: AuditResult, _ configuration: AuditConfiguration, hasImages: Bool
  ) throws -> PairPictures? {
    guard show || showCount != nil else { return nil }
    guard hasImages else {
      Console.note(
        "splitseal: note: --show draws nothing, because a shard has no images: give their folder with --root")
      return nil
    }
    guard let drawing = TerminalPictures.findProtocol() else {
      Console.note(
        "splitseal: note: --show draws nothing, because this terminal shows no pictures: use one with kitty, iTerm2 or sixel graphics"
      )
      return nil
    }
    return try PairPictures(
      pictures: AuditPictures(result, configuration), drawing: drawing, count: showCount ?? PairPictures.usualCount)
  }
}

extension AuditConfiguration {
  /// Prepares the audit for the outputs; the threshold must be set already.
  ///
  /// - Throws: `ConfigurationError` when the baseline cannot be read, `CommandError` when an output cannot be written.
  mutating func apply(_ reports: ReportOptions) throws {
    for case let file? in reports.files { try Output(path: file).check() }
    baseline = try reports.baseline.map { try EarlierReport(path: $0).baseline }
    includesPDQ = reports.fingerprints != nil
    match.listingThreshold = min(reports.minScore ?? match.reportingThreshold, match.reportingThreshold)
  }
}
