internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Compares labels that are numbers: their distributions, since there are no classes.
struct NumberSkew {
  private let input: AuditInput
  private let units: StatisticalUnits

  init(_ input: AuditInput) {
    self.input = input
    units = input.statisticalUnits()
  }

  /// Draws at most; a random split ends after a few dozen.
  ///
  /// Fewer for many images: each draw passes over all of them.
  private static func permutationCount(images: Int, pairs: Int) -> Int {
    max(2_000 * pairs - 1, min(9_999, 200_000_000 / images))
  }

  var outcome: RuleOutcome {
    var outcome = RuleOutcome()
    let roles: [SplitRole] = [.training, .validation, .test]
    let samples = samplesBySplit()
    let splits = roles.flatMap { role in
      input.manifest.splits.indices.filter { input.manifest.splits[$0].role == role && !samples[$0].isEmpty }
    }
    guard splits.count > 1 else { return outcome }
    let minimum = MinimumSample(input)
    let large = splits.filter { split in
      let groups = units.isGrouped ? Set(samples[split].map { units.unitOf[$0] }).count : nil
      let gap = minimum.gap(split, images: samples[split].count, groups: groups)
      if let gap { outcome.inconclusive.append(gap) }
      return gap == nil
    }
    let pairs = large.indices.flatMap { first in large[(first + 1)...].map { (large[first], $0) } }
    let comparisons = pairs.enumerated().map { compare(samples[$1.0], samples[$1.1], stream: $0, pairs: pairs.count) }
    let adjusted = MultipleTesting.holm.adjusted(comparisons.map(\.pValue))
    for ((pair, comparison), adjusted) in zip(zip(pairs, comparisons), adjusted) {
      let level = severity(comparison.distance, adjusted)
      let sentence = self.sentence(pair, comparison, adjusted, tests: pairs.count)
      guard let level else {
        outcome.passedChecks.append("labels are numbers and not classes: \(sentence)")
        continue
      }
      outcome.findings.append(
        Finding(
          rule: .classSkew, severity: level, message: "labels are numbers, and their distributions differ: \(sentence)",
          splits: [pair.0, pair.1].sorted(), evidence: evidence(comparison, adjusted),
          items: ["numbers"] + [pair.0, pair.1].map { "split=\(input.manifest.splits[$0].name)" }))
    }
    return outcome
  }

  private struct Comparison {
    let distance: Double
    let pValue: Double
    let drawCount: Int
    let difference: SampleDifference
    let medians: (Double, Double)
  }

  private func samplesBySplit() -> [[Int]] {
    var result: [[Int]] = input.manifest.splits.map { _ in [] }
    for (index, sample) in input.manifest.samples.enumerated() where sample.label != nil {
      result[sample.split].append(index)
    }
    return result
  }

  private func compare(_ first: [Int], _ second: [Int], stream: Int, pairs: Int) -> Comparison {
    func values(_ samples: [Int]) -> [Double] {
      samples.compactMap { input.manifest.samples[$0].label.map { input.reading.numbers[$0] } }
    }
    // Units are numbered through as they come, those of the first split first.
    var numberOf: [Int: Int] = [:]
    func numbers(_ samples: [Int]) -> [Int] {
      samples.map { sample in
        if let known = numberOf[units.unitOf[sample]] { return known }
        numberOf[units.unitOf[sample]] = numberOf.count
        return numberOf.count - 1
      }
    }
    let (own, other) = (values(first), values(second))
    let (ownUnits, otherUnits) = (numbers(first), numbers(second))
    let ranked = RankedSample(first: own, firstUnits: ownUnits, second: other, secondUnits: otherUnits)
    var random = SeededGenerator(seed: input.policy.classes.seed, stream: stream)
    let draws = Self.permutationCount(images: own.count + other.count, pairs: pairs)
    let test = ranked.permutationTest(permutationCount: draws, using: &random)
    return Comparison(
      distance: ranked.distance, pValue: test.pValue, drawCount: test.drawCount,
      difference: SampleDifference(own, other),
      medians: (Self.median(own), Self.median(other)))
  }

  private func severity(_ distance: Double, _ adjusted: Double) -> Severity? {
    let (limits, drift) = (input.policy.classes, input.policy.propertyDrift)
    if adjusted < limits.error.pValue, distance > drift.errorDistance { return .error }
    return adjusted < limits.warning.pValue && distance > drift.warningDistance ? .warning : nil
  }

  private func sentence(_ pair: (Int, Int), _ found: Comparison, _ adjusted: Double, tests: Int) -> String {
    let names = "\(input.name(ofSplit: pair.0)) and \(input.name(ofSplit: pair.1))"
    let medians = "\(numberText(found.medians.0)) and \(numberText(found.medians.1))"
    return "Kolmogorov-Smirnov distance \(fixed(found.distance, digits: 3)) between \(names), medians \(medians), "
      + "Wasserstein distance \(numberText(found.difference.wassersteinDistance)); \(pText(found.pValue)), adjusted "
      + "\(significant(adjusted)) (\(counted(found.drawCount, "random assignment")) of "
      + "\(units.isGrouped ? "groups" : "images"), Holm over \(counted(tests, "test")))"
  }

  private func evidence(_ found: Comparison, _ adjusted: Double) -> [Evidence] {
    [
      Evidence("distance", .decimal(found.distance, digits: 4)),
      Evidence("pValue", .text(significant(found.pValue))),
      Evidence("adjustedPValue", .text(significant(adjusted))),
      Evidence("permutations", .integer(found.drawCount)),
      Evidence("seed", .text(String(input.policy.classes.seed))),
      Evidence("standardisedMeanDifference", .decimal(found.difference.standardisedMeanDifference, digits: 4)),
      Evidence("cliffsDelta", .decimal(found.difference.cliffsDelta, digits: 4)),
      Evidence("wassersteinDistance", .text(numberText(found.difference.wassersteinDistance))),
    ]
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// A number in its own unit: whole ones as they are, small ones to two significant digits.
private func numberText(_ number: Double) -> String {
  // Sums of differences are whole but for their roundings.
  if (number - number.rounded()).magnitude <= 1e-9 * number.magnitude, number.magnitude < 1e15 {
    return fixed(number, digits: 0)
  }
  guard number.magnitude < 0.1 else { return fixed(number, digits: 2) }
  return (number < 0 ? "-" : "") + significant(number.magnitude)
}
