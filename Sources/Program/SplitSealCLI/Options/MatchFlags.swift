internal import ArgumentParser
internal import SplitSeal
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

/// What counts as a match.
struct MatchFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How near-duplicates are found: alignment (descriptors name candidates, their pixels decide) or pdq (the hash)"
        + " (default: alignment).",
      valueName: "method"))
  var method: MatchMethod?

  @Option(
    help: ArgumentHelp(
      "Pairs that score this or more are matches, 0 to 1; auto takes the lowest from 0.5 on at which less than one chance"
        + " match is expected (default: 0.5).",
      valueName: "score|auto"))
  var threshold: ReportingThreshold?

  /// The arguments that make `scan` see the same matches, where it reads the same policy.
  func arguments(threshold: Double) -> [String] {
    (method.map { ["--method", $0.rawValue] } ?? []) + (self.threshold == nil ? [] : ["--threshold", "\(threshold)"])
  }
}

extension AuditConfiguration {
  /// Takes what the policy says of matches, and what flags say instead.
  mutating func apply(_ flags: MatchFlags) {
    if let method = flags.method ?? MatchMethod(rawValue: policy.match.method.rawValue) { match.method = method }
    var score = policy.match.threshold
    if flags.threshold == .automatic {
      score = Policy().match.threshold
      var options = ProbeOptions()
      options.adoptsThreshold = true
      probe = options
    } else if case .score(let given) = flags.threshold {
      score = given
    }
    (match.reportingThreshold, match.listingThreshold) = (score, score)
  }
}
