internal import SplitSealBase
internal import SplitSealPolicy

extension PropertyComparison {
  /// How it was tested.
  var method: String {
    if case .category = effect { return "chi-square, random assignments" }
    return isPermuted ? "Kolmogorov-Smirnov, random assignments" : "Kolmogorov-Smirnov"
  }
}

extension String {
  /// `middle` is the two medians, or the category whose share differs most.
  static func drift(_ judged: JudgedProperty, _ middle: String, _ input: AuditInput) -> String {
    let found = judged.comparison
    let (first, second) = (input.name(ofSplit: found.splits.0), input.name(ofSplit: found.splits.1))
    let start = "\(found.column.property.noun) differs between \(first) and \(second): "
    let end =
      "\(adjustedText(judged)) (\(found.method), \(judged.correction) over \(counted(judged.testCount, "test")))"
    guard case .category(let chance, _, let shares) = found.effect else {
      return start + "median \(middle); D \(fixed(found.distance, digits: 2)), \(end)"
    }
    return start
      + "\(middle.quoted) is \(percent(shares.0, digits: 1)) of \(first) and \(percent(shares.1, digits: 1)) of \(second);"
      + " distance \(fixed(found.distance, digits: 2)) (chance gives \(fixed(chance, digits: 2))), \(end)"
  }

  static func told(_ telling: SplitTelling, _ pValue: Double, _ pair: (Int, Int), _ input: AuditInput) -> String {
    "image properties alone tell \(input.name(ofSplit: pair.0)) from \(input.name(ofSplit: pair.1)): "
      + "area under the curve \(fixed(telling.area, digits: 2)) (0.50 is chance), p \(significant(pValue)) "
      + "(logistic model of \(counted(telling.featureCount, "feature")), cross-validated on "
      + "\(counted(telling.imageCount, "image")))"
  }

  static func tooFewImages(_ splits: [(name: String, count: Int)], _ least: Int) -> String {
    "property-drift compares splits of \(counted(least, "readable image")) or more, as fewer cannot tell drift from"
      + " chance: \(enumeration(splits.map { "\($0.name) holds \(grouped($0.count))" }))"
  }

  /// Not significant is not equal: the sentence gives the largest distance and lets the reader judge.
  static func noDrift(_ judged: [JudgedProperty], _ pair: (Int, Int), _ input: AuditInput) -> String {
    let limits = input.policy.propertyDrift
    let excesses = judged.map(\.comparison.excess)
    let most = excesses.indices.max { (excesses[$0], -$0) < (excesses[$1], -$1) } ?? 0
    let names = enumeration(judged.map(\.comparison.column.property.noun), limit: .max)
    return "image properties: none of \(names) differs between \(input.name(ofSplit: pair.0)) and "
      + "\(input.name(ofSplit: pair.1)) both beyond chance (p < \(fixed(limits.pValue, digits: 2)),"
      + " \(judged[most].correction)) and by a distance above \(fixed(limits.warningDistance, digits: 2));"
      + " the largest is \(fixed(judged[most].comparison.distance, digits: 3)), of"
      + " \(judged[most].comparison.column.property.noun)"
  }

  /// The same where the area is that of chance or below, and its number means nothing.
  static func toldByChance(_ pair: (Int, Int), _ input: AuditInput) -> String {
    "image properties together do not tell \(input.name(ofSplit: pair.0)) from \(input.name(ofSplit: pair.1)):"
      + " no better than chance (an area under the curve of more than"
      + " \(fixed(input.policy.propertyDrift.warningArea, digits: 2)) would be a finding)"
  }

  static func notTold(_ telling: SplitTelling, _ pair: (Int, Int), _ input: AuditInput) -> String {
    "image properties together do not tell \(input.name(ofSplit: pair.0)) from \(input.name(ofSplit: pair.1)):"
      + " area under the curve \(fixed(telling.area, digits: 2)), where 0.50 is chance and more than"
      + " \(fixed(input.policy.propertyDrift.warningArea, digits: 2)) would be a finding"
  }
}

private func adjustedText(_ judged: JudgedProperty) -> String {
  judged.adjusted < 0.001 ? "p_adj < 0.001" : "p_adj \(fixed(judged.adjusted, digits: 3))"
}
