internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds simple properties of images that differ between two splits: size, format, brightness, sharpness, camera.
///
/// A flag needs enough images, an adjusted p-value and a distance above the floor, as of a million images every
/// difference is beyond chance.
struct PropertyDriftRule: Rule {
  var id: RuleID { .propertyDrift }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let limits = input.policy.propertyDrift
    let readable = ReadableSplits(input)
    guard readable.splits.count > 1 else { return outcome }
    let large = readable.splits.filter { readable.samples[$0].count >= limits.leastImageCount }
    let small = readable.splits.filter { readable.samples[$0].count < limits.leastImageCount }
    if !small.isEmpty {
      outcome.skippedChecks.append(
        .tooFewImages(small.map { (input.name(ofSplit: $0), readable.samples[$0].count) }, limits.leastImageCount))
    }
    guard large.count > 1 else { return outcome }
    let table = PropertyTable(input)
    guard !table.columns.isEmpty else {
      outcome.passedChecks.append("image properties: they are the same for all images")
      return outcome
    }
    let comparer = PropertyComparer(units: PropertyUnits(input), limits: limits)
    let pairs = large.indices.flatMap { first in large[(first + 1)...].map { (large[first], $0) } }
    var stream = 0
    let comparisons = pairs.map { pair in
      table.columns.compactMap { column in
        stream += 1
        return comparer.comparison(
          column, pair, (readable.samples[pair.0], readable.samples[pair.1]), stream: stream)
      }
    }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(comparisons.flatMap { $0.map(\.pValue) })
    var rest = adjusted[...]
    for (pair, comparisons) in zip(pairs, comparisons) {
      let judged = zip(comparisons, rest).map {
        JudgedProperty(comparison: $0, adjusted: $1, testCount: adjusted.count)
      }
      rest = rest.dropFirst(comparisons.count)
      let findings = judged.compactMap { finding($0, readable, input) }
      outcome.findings += findings
      if findings.isEmpty, !judged.isEmpty { outcome.passedChecks.append(.noDrift(judged, pair, input)) }
      let telling = SplitTelling(table, pair, readable.samples, comparer.units, limits)
      if let finding = telling.flatMap({ self.finding($0, pair, input) }) {
        outcome.findings.append(finding)
      } else if let telling {
        let sentence = String.notTold(telling, pair, input)
        outcome.passedChecks.append(sentence)
        // An area below that of chance is noise.
        if telling.area <= 0.5 { outcome.rewordings[sentence] = .toldByChance(pair, input) }
      }
    }
    return outcome
  }

  // MARK: Findings

  private func severity(_ effect: Double, warning: Double, error: Double) -> Severity? {
    effect > error ? .error : effect > warning ? .warning : nil
  }

  private func finding(_ judged: JudgedProperty, _ readable: ReadableSplits, _ input: AuditInput) -> Finding? {
    let limits = input.policy.propertyDrift
    let found = judged.comparison
    guard judged.adjusted < limits.pValue,
      let severity = severity(found.excess, warning: limits.warningDistance, error: limits.errorDistance)
    else { return nil }
    let names = [found.splits.0, found.splits.1].map { input.manifest.splits[$0].name }
    let (middle, evidence) = details(found, readable)
    return Finding(
      rule: id, severity: severity, message: .drift(judged, middle, input),
      splits: [found.splits.0, found.splits.1].sorted(),
      evidence: [
        Evidence("property", .text(found.column.property.rawValue)), Evidence("first", .text(names[0])),
        Evidence("firstCount", .integer(found.counts.0)), Evidence("second", .text(names[1])),
        Evidence("secondCount", .integer(found.counts.1)), Evidence("distance", .decimal(found.distance, digits: 4)),
      ] + evidence + [
        Evidence("pValue", .text(significant(found.pValue))),
        Evidence("adjustedPValue", .text(significant(judged.adjusted))),
        Evidence("method", .text(found.method)), Evidence("correction", .text(judged.correction)),
        Evidence("tests", .integer(judged.testCount)),
      ],
      items: ["property=\(found.column.property.rawValue)"] + names.map { "split=\($0)" })
  }

  /// What a person wants to know of a difference, in words and as evidence.
  private func details(_ found: PropertyComparison, _ readable: ReadableSplits) -> (String, [Evidence]) {
    if case .category(let chance, let category, let shares) = found.effect {
      let name = found.column.categories?[category] ?? ""
      return (
        name,
        [
          Evidence("chanceDistance", .decimal(chance, digits: 4)), Evidence("category", .text(name)),
          Evidence("firstShare", .decimal(shares.0, digits: 4)), Evidence("secondShare", .decimal(shares.1, digits: 4)),
        ]
      )
    }
    let (first, second) = (
      readable.numbers(found.column, found.splits.0), readable.numbers(found.column, found.splits.1)
    )
    let difference = SampleDifference(first, second)
    let medians = [median(of: first), median(of: second)]
    let digits = found.column.property.digits
    return (
      medians.map { fixed($0, digits: digits) }.joined(separator: " and ") + found.column.property.unit,
      [
        Evidence("firstMedian", .decimal(medians[0], digits: digits + 1)),
        Evidence("secondMedian", .decimal(medians[1], digits: digits + 1)),
        Evidence("standardisedMeanDifference", .decimal(difference.standardisedMeanDifference, digits: 3)),
        Evidence("wasserstein", .decimal(difference.wassersteinDistance, digits: digits + 1)),
      ]
    )
  }

  private func finding(_ telling: SplitTelling, _ pair: (Int, Int), _ input: AuditInput) -> Finding? {
    let limits = input.policy.propertyDrift
    guard let pValue = telling.pValue, pValue < limits.areaPValue,
      let severity = severity(telling.area, warning: limits.warningArea, error: limits.errorArea)
    else { return nil }
    let names = [pair.0, pair.1].map { input.manifest.splits[$0].name }
    return Finding(
      rule: id, severity: severity, message: .told(telling, pValue, pair, input), splits: [pair.0, pair.1].sorted(),
      evidence: [
        Evidence("property", .text("all")), Evidence("first", .text(names[0])), Evidence("second", .text(names[1])),
        Evidence("area", .decimal(telling.area, digits: 4)), Evidence("pValue", .text(significant(pValue))),
        Evidence("images", .integer(telling.imageCount)), Evidence("features", .integer(telling.featureCount)),
      ],
      items: ["property=all"] + names.map { "split=\($0)" })
  }
}

/// A comparison after the adjustment for the number of tests.
struct JudgedProperty {
  let comparison: PropertyComparison
  let adjusted: Double
  let testCount: Int
  var correction: String { MultipleTesting.benjaminiHochberg.rawValue }
}

/// The readable samples of the splits that are compared.
struct ReadableSplits {
  /// Indices into the manifest's splits: training, then validation, then test, each in manifest order.
  let splits: [Int]
  /// Readable samples by split, in manifest order.
  let samples: [[Int]]

  init(_ input: AuditInput) {
    var samples = Array(repeating: [Int](), count: input.manifest.splits.count)
    for (index, outcome) in input.outcomes.enumerated() where outcome.fingerprint != nil {
      samples[input.manifest.samples[index].split].append(index)
    }
    let roles: [SplitRole] = [.training, .validation, .test]
    splits = roles.flatMap { role in
      samples.indices.filter { input.manifest.splits[$0].role == role && !samples[$0].isEmpty }
    }
    self.samples = samples
  }

  /// The numbers of a property in a split, of the images that have it.
  func numbers(_ column: PropertyColumn, _ split: Int) -> [Double] {
    column.numbers(of: samples[split].filter { !column.values[$0].isNaN })
  }
}
