internal import ArgumentParser
internal import SplitSeal
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

/// What counts as a match.
struct MatchFlags: ParsableArguments {
  @OptionGroup var detection: MethodOption

  @Option(
    help: ArgumentHelp(
      "Lowest score of a match, 0 to 1; 'auto' takes the lowest score from 0.5 on at which fewer than one match by chance"
        + " is expected (default: 0.5).",
      valueName: "score|auto"))
  var threshold: ReportingThreshold?

  /// The arguments with which `scan` finds the same matches under the same policy.
  func arguments(threshold: Double) -> [String] {
    (detection.method.map { ["--method", $0.rawValue] } ?? [])
      + (self.threshold == nil ? [] : ["--threshold", "\(threshold)"])
  }
}

extension AuditConfiguration {
  /// Takes the settings for matches from the policy, and from flags where they are given.
  mutating func apply(_ flags: MatchFlags) {
    if let method = flags.detection.method ?? MatchMethod(rawValue: policy.match.method.rawValue) {
      match.method = method
    }
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
