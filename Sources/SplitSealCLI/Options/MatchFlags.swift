internal import ArgumentParser
internal import SplitSeal
internal import SplitSealMatch
internal import SplitSealProbe

/// What counts as a match.
struct MatchFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How near-duplicates are found: alignment (descriptors name candidates, their pixels decide) or pdq (the hash).",
      valueName: "method"))
  var method: MatchMethod = .alignment

  @Option(
    help: ArgumentHelp(
      "Pairs that score this or more are matches, 0 to 1; auto takes the lowest from 0.5 on at which less than one chance"
        + " match is expected (default: 0.5).",
      valueName: "score|auto"))
  var threshold: ReportingThreshold?

  /// The arguments that make `scan` see the same matches.
  func arguments(threshold: Double) -> [String] {
    (method == .alignment ? [] : ["--method", method.rawValue])
      + (threshold == MatchOptions().reportingThreshold ? [] : ["--threshold", "\(threshold)"])
  }
}

extension AuditConfiguration {
  /// Takes what the flags say of matches.
  mutating func apply(_ flags: MatchFlags) {
    match.method = flags.method
    if case .score(let score) = flags.threshold { (match.reportingThreshold, match.listingThreshold) = (score, score) }
    guard flags.threshold == .automatic else { return }
    var options = ProbeOptions()
    options.adoptsThreshold = true
    probe = options
  }
}
