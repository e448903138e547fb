internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealPolicy
internal import SplitSealStatistics

/// Finds simple properties of images that predict the label by themselves: all images of one class are PNG.
///
/// A model that learns such a property is right for the wrong reason, and wrong wherever the property means something
/// else.
struct ShortcutRule: Rule {
  /// The gain has to be this many standard errors above 0: at most about one chance alarm in 1,000 properties without any
  /// connection.
  static let leastStandardErrors = 3.29

  var id: RuleID { .shortcut }

  func evaluate(_ input: AuditInput) -> RuleOutcome {
    var outcome = RuleOutcome()
    let limits = input.policy.shortcut
    let readable = ReadableSplits(input)
    guard !input.manifest.labels.isEmpty, !readable.splits.isEmpty else { return outcome }
    guard input.reading.meaning == .classes, !input.reading.isMultiple else {
      outcome.skippedChecks.append("shortcut looks at labels that are one class an image, and these are not")
      return outcome
    }
    let images = readable.splits.map { LabelledImages($0, readable.samples[$0], input.manifest) }
    let large = images.filter { $0.samples.count >= limits.leastImageCount && $0.classes.count > 1 }
    let small = images.filter { $0.samples.count < limits.leastImageCount || $0.classes.count < 2 }
    if !small.isEmpty {
      outcome.skippedChecks.append(.tooFewLabelled(small.map { input.name(ofSplit: $0.split) }, limits.leastImageCount))
    }
    guard !large.isEmpty else { return outcome }
    let table = PropertyTable(input)
    let units = PropertyUnits(input)
    let folds = large.map { Folds($0, units, seed: limits.seed) }
    let predictions = table.columns.map { column in
      zip(large, folds).compactMap { images, folds in prediction(column, images, folds, units, input) }
    }
    outcome.findings = predictions.compactMap { finding($0, input) }
    if outcome.findings.isEmpty, let best = predictions.joined().max(by: { $0.score.gain < $1.score.gain }) {
      outcome.passedChecks.append(.noShortcut(best, predictions.count(where: { !$0.isEmpty }), input))
    } else if table.columns.isEmpty {
      outcome.passedChecks.append(
        "shortcut: image properties are the same for all images, so that none predicts the label")
    }
    return outcome
  }

  /// The parts of a split's images and what stays together: the same for all properties that all of them have.
  private struct Folds {
    let units: [Int]
    let folds: GroupedFolds

    init(_ images: LabelledImages, _ units: PropertyUnits, seed: UInt64) {
      self.units = units.units(of: images.samples).units
      folds = GroupedFolds(groups: self.units, count: 5, seed: seed)
    }
  }

  private func prediction(
    _ column: PropertyColumn, _ all: LabelledImages, _ folds: Folds, _ units: PropertyUnits, _ input: AuditInput
  ) -> PropertyPrediction? {
    let limits = input.policy.shortcut
    let images = all.having(column, input.manifest)
    guard images.samples.count >= limits.leastImageCount, images.classes.count > 1 else { return nil }
    let values = images.samples.map { column.values[$0] }
    // One value predicts nothing.
    guard values.contains(where: { $0 != values[0] }) else { return nil }
    let own = images.samples.count == all.samples.count ? folds : Folds(images, units, seed: limits.seed)
    guard own.folds.count > 1 else { return nil }
    let score = LabelPrediction(
      values: values, isCategory: column.categories != nil, labels: images.labels, classCount: images.classes.count,
      units: own.units, folds: own.folds)
    return PropertyPrediction(column: column, images: images, score: score)
  }

  /// One finding for each property, of all splits in which it predicts the label.
  private func finding(_ predictions: [PropertyPrediction], _ input: AuditInput) -> Finding? {
    let limits = input.policy.shortcut
    let found = predictions.filter {
      $0.score.gain > limits.warningGain && $0.score.gain > Self.leastStandardErrors * $0.score.standardError
    }
    guard let best = found.max(by: { $0.score.gain < $1.score.gain }) else { return nil }
    let property = best.column.property
    let others = found.filter { $0.images.split != best.images.split }.map {
      "\(input.manifest.splits[$0.images.split].name) \(fixed($0.score.balancedAccuracy, digits: 4))"
    }
    return Finding(
      rule: id, severity: best.score.gain > limits.errorGain ? .error : .warning,
      message: .shortcut(found, best, input), splits: found.map(\.images.split).sorted(),
      evidence: [
        Evidence("property", .text(property.rawValue)),
        Evidence("split", .text(input.manifest.splits[best.images.split].name)),
        Evidence("images", .integer(best.images.samples.count)),
        Evidence("classes", .integer(best.images.classes.count)),
        Evidence("balancedAccuracy", .decimal(best.score.balancedAccuracy, digits: 4)),
        Evidence("standardError", .decimal(best.score.standardError, digits: 4)),
        Evidence("chance", .decimal(best.score.chance, digits: 4)),
      ] + (others.isEmpty ? [] : [Evidence("otherSplits", .text(others.joined(separator: ", ")))]),
      items: ["property=\(property.rawValue)"])
  }
}

/// How well a property predicts the label in one split.
struct PropertyPrediction {
  let column: PropertyColumn
  let images: LabelledImages
  let score: LabelPrediction
}

extension String {
  fileprivate static func shortcut(
    _ found: [PropertyPrediction], _ best: PropertyPrediction, _ input: AuditInput
  ) -> String {
    let scores = found.map {
      "\(percent($0.score.balancedAccuracy, digits: 1)) balanced accuracy in \(input.name(ofSplit: $0.images.split))"
    }
    return "\(best.column.property.noun) alone predicts the label with \(enumeration(scores))"
      + " (chance \(percent(best.score.chance, digits: 1))): \(explanation(best, input))"
  }

  /// What the connection is, in the split where it is closest.
  private static func explanation(_ best: PropertyPrediction, _ input: AuditInput) -> String {
    let images = best.images
    func name(_ label: Int) -> String { input.name(ofLabel: images.classes[label]) }
    func values(_ label: Int) -> [Float] {
      zip(images.samples, images.labels).filter { $0.1 == label }.map { best.column.values[$0.0] }
    }
    let byClass = images.classes.indices.map(values)
    guard let categories = best.column.categories else {
      let medians = byClass.map { median(of: $0.map { Double($0) }) }
      let low = medians.indices.min { (medians[$0], $0) < (medians[$1], $1) } ?? 0
      let high = medians.indices.max { (medians[$0], -$0) < (medians[$1], -$1) } ?? 0
      let digits = best.column.property.digits
      return "the median is \(fixed(medians[low], digits: digits)) for \(name(low)) and"
        + " \(fixed(medians[high], digits: digits))\(best.column.property.unit) for \(name(high))"
    }
    // The category whose shares in two classes differ most.
    var most = (difference: -1.0, category: 0, high: 0, low: 0, highShare: 0.0, lowShare: 0.0)
    let counts = byClass.map { values in
      values.reduce(into: Array(repeating: 0, count: categories.count)) { $0[Int($1)] += 1 }
    }
    for category in categories.indices {
      let shares = counts.indices.map { Double(counts[$0][category]) / Double(Swift.max(1, byClass[$0].count)) }
      let high = shares.indices.max { (shares[$0], -$0) < (shares[$1], -$1) } ?? 0
      let low = shares.indices.min { (shares[$0], $0) < (shares[$1], $1) } ?? 0
      if shares[high] - shares[low] > most.difference {
        most = (shares[high] - shares[low], category, high, low, shares[high], shares[low])
      }
    }
    let category = categories[most.category].quoted
    let high = most.highShare == 1 ? "every image" : percent(most.highShare, digits: 1)
    let low = most.lowShare == 0 ? "none" : percent(most.lowShare, digits: 1)
    return "\(high) of \(name(most.high)) and \(low) of \(name(most.low)) is \(category)"
  }

  fileprivate static func noShortcut(_ best: PropertyPrediction, _ count: Int, _ input: AuditInput) -> String {
    let gain = fixed(input.policy.shortcut.warningGain * 100, digits: 0)
    return "shortcut: none of \(counted(count, "image property", "image properties")) predicts the label by itself"
      + " \(gain) points better than chance and by more than chance gives; the best is \(best.column.property.noun) in"
      + " \(input.name(ofSplit: best.images.split)), with \(percent(best.score.balancedAccuracy, digits: 1)) balanced"
      + " accuracy (chance \(percent(best.score.chance, digits: 1)))"
  }

  fileprivate static func tooFewLabelled(_ splits: [String], _ least: Int) -> String {
    "shortcut needs \(counted(least, "readable image")) of two classes of \(LabelledImages.leastClassSize) or more: too few"
      + " in \(enumeration(splits))"
  }
}
