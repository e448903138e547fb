internal import ArgumentParser
internal import SplitSeal
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

/// The lowest score of a reported pair: a number, or chosen by the probe.
enum ReportingThreshold: Hashable, Sendable, ExpressibleByArgument {
  case score(Double)
  case automatic

  init?(argument: String) {
    if argument == "auto" {
      self = .automatic
    } else if let score = Double(argument), (0...1).contains(score) {
      self = .score(score)
    } else {
      return nil
    }
  }
}

/// The lowest score of a reported pair, and whether detection is measured.
struct ProbeFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Lowest score of a pair to report, 0 to 1; 'auto' takes the lowest score from 0.5 on at which at most one pair in"
        + " twenty is expected to be wrong (default: 0.5).",
      valueName: "score|auto"))
  var threshold: ReportingThreshold?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Measure detection: edit up to 300 of the images and report how many of the edited copies are found (default: only"
        + " in certify)."))
  var probe: Bool?

  @Option(help: ArgumentHelp("Seed that selects the images of the probe (default: 1).", valueName: "number"))
  var probeSeed: UInt32?

  func validate() throws {
    if threshold == .automatic, probe == false {
      throw ValidationError("--threshold auto needs the probe: remove --no-probe, or give a number")
    }
    if probeSeed != nil, probe == false { throw ValidationError("--probe-seed has no effect with --no-probe") }
  }

  /// Whether detection is measured; `byDefault` is what the command does without flags.
  func isProbing(byDefault: Bool) -> Bool { probe ?? (byDefault || threshold == .automatic) }
}

extension AuditConfiguration {
  /// Applies the flags for the threshold and the probe.
  mutating func apply(_ flags: ProbeFlags, probesByDefault: Bool) {
    switch flags.threshold {
    case .score(let score): policy.match.threshold = score
    case .automatic: policy.match.threshold = Policy().match.threshold
    case nil: break
    }
    if flags.threshold != nil { policySources.places["match.threshold"] = "--threshold" }
    (match.reportingThreshold, match.listingThreshold) = (policy.match.threshold, policy.match.threshold)
    guard flags.isProbing(byDefault: probesByDefault) else { return }
    var options = ProbeOptions()
    if let seed = flags.probeSeed { options.seed = seed }
    options.adoptsThreshold = flags.threshold == .automatic
    probe = options
  }
}
