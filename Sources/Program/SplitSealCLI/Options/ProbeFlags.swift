internal import ArgumentParser
internal import SplitSeal
internal import SplitSealMatch
internal import SplitSealPolicy
internal import SplitSealProbe

/// The score from which pairs are reported: a number, or whatever the probe finds fit.
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

/// From which score pairs are reported, and whether the detector is measured.
struct ProbeFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report pairs that score this or more, 0 to 1; auto takes the lowest from 0.5 on at which no more than one pair in"
        + " twenty is expected to be wrong (default: 0.5).",
      valueName: "score|auto"))
  var threshold: ReportingThreshold?

  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Edit up to 300 of the images and say how many of the copies would have been found (default: certify does, scan"
        + " does not)."))
  var probe: Bool?

  @Option(help: ArgumentHelp("Seed that chooses the images of the probe (default: 1).", valueName: "number"))
  var probeSeed: UInt32?

  func validate() throws {
    if threshold == .automatic, probe == false {
      throw ValidationError("--threshold auto needs the probe: drop --no-probe, or give a number")
    }
    if probeSeed != nil, probe == false { throw ValidationError("--probe-seed is of no use with --no-probe") }
  }

  /// Whether the detector is measured, in a command that does so by itself or not.
  func isProbing(byDefault: Bool) -> Bool { probe ?? (byDefault || threshold == .automatic) }
}

extension AuditConfiguration {
  /// Takes what the flags say of the threshold and the probe.
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
