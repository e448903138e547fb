internal import SplitSealBase
internal import SplitSealMatch
internal import SplitSealPolicy
public import SplitSealProbe

extension AuditInput {
  /// Share of the reported near-duplicates that may be chance before the report warns.
  static let tolerableChanceShare = 0.05

  /// What the probe says that the detector cannot do on these data, one sentence each.
  var powerGaps: [String] {
    guard let power else { return [] }
    guard !power.edits.isEmpty else {
      return ["how many edited copies the detector would find: no image shows enough to be edited"]
    }
    return chanceGaps(power) + recallGaps(power)
  }

  /// Whether so many reported near-duplicates are expected to be chance that nobody may call one of them a copy.
  package var isChanceLikely: Bool {
    guard let power, power.hasEstimate else { return false }
    return power.expectedChanceMatches > max(1, Self.tolerableChanceShare * Double(nearPairCount))
  }

  private var nearPairCount: Int { matches.counts.reduce(0) { $0 + $1.nearPairs } }

  private func chanceGaps(_ power: DetectionPower) -> [String] {
    guard isChanceLikely else { return [] }
    let (reported, expected) = (nearPairCount, power.expectedChanceMatches)
    let advice =
      power.proposedThreshold.map { "--threshold \(scoreText($0)) expects less than one" }
      ?? "no threshold expects less than one"
    return [
      "whether near-duplicates are copies: the data defeat the detector at \(scoreText(power.threshold)), where chance"
        + " alone gives about \(counted(Int(expected.rounded()), "pair")), and \(grouped(reported)) were found; \(advice)"
    ]
  }

  private func recallGaps(_ power: DetectionPower) -> [String] {
    let overall = OverallPower(power, coverage())
    let missed = power.edits.filter { $0.madeCount > 0 && overall.recall(of: $0) < 0.5 }
    guard !missed.isEmpty else { return [] }
    let names = missed.map { "\($0.name) (\(overall.percentFound(of: $0)) % found)" }
    let ofAll = overall.isWhole ? "" : "; \(overall.remainder)"
    return [
      "most copies made by \(enumeration(names)): the probe found fewer than half of them\(ofAll)"
    ]
  }
}

/// What the probe measured, stated over all images of the dataset.
///
/// The probe edits images that show enough to be compared. Copies of all others would not have been found.
public struct OverallPower: Hashable, Sendable {
  /// Images of the dataset.
  public let listedCount: Int
  /// Those that were read and show enough to be compared.
  public let comparedCount: Int
  /// The copies of all edits together.
  public let all: DetectionPower.Edit

  /// States a measurement over all images.
  ///
  /// - Parameters:
  ///   - power: What the probe measured.
  ///   - coverage: How much of each split could be compared.
  public init(_ power: DetectionPower, _ coverage: [SplitCoverage]) {
    listedCount = coverage.reduce(0) { $0 + $1.listedCount }
    comparedCount = coverage.reduce(0) { $0 + $1.comparedCount }
    all = DetectionPower.Edit(
      name: "all", foundCount: power.edits.reduce(0) { $0 + $1.foundCount },
      madeCount: power.edits.reduce(0) { $0 + $1.madeCount })
  }

  /// Whether every image was compared, so that the probe's own numbers hold for all of them.
  public var isWhole: Bool { comparedCount == listedCount }

  /// Share of the copies of all images that would have been found, 0...1; those of images that cannot be compared are not.
  public func recall(of edit: DetectionPower.Edit) -> Double {
    listedCount == 0 ? 0 : edit.recall * Double(comparedCount) / Double(listedCount)
  }

  /// The same in whole percent, rounded down.
  public func percentFound(of edit: DetectionPower.Edit) -> Int {
    guard listedCount > 0, edit.madeCount > 0 else { return 0 }
    // Counts of images and copies: far from what overflows.
    return edit.foundCount * 100 * comparedCount / (edit.madeCount * listedCount)
  }

  /// What of the images could not be compared, for a sentence.
  package var remainder: String {
    let rest = listedCount - comparedCount
    return "\(grouped(rest)) of \(counted(listedCount, "image")) cannot be compared, and copies of "
      + "\(rest == 1 ? "it" : "them") count as not found"
  }
}

/// A threshold with as many digits as it has, two at least: `0.50`, `0.999`.
package func scoreText(_ score: Double) -> String {
  let short = fixed(score, digits: 2)
  return Double(short) == score ? short : fixed(score, digits: 3)
}
