internal import SplitSealStatistics

/// How well one property of a split's images predicts their label.
struct LabelPrediction {
  /// Parts of equal numbers of images into which numbers are cut.
  private static let binCount = 20
  /// Categories that are told apart; the rarer ones are one.
  private static let mostCategoryCount = 20

  /// Mean recall of the classes, of images that the answers do not rest on, 0...1.
  let balancedAccuracy: Double
  /// The same of a constant answer: one over the number of classes.
  let chance: Double
  /// Standard error of ``balancedAccuracy``, with images of one unit taken as dependent, and widened as the answers for
  /// all parts rest on nearly the same images: 1.5 times for five parts.
  let standardError: Double

  /// What the property adds to a constant answer, -1...1.
  var gain: Double { balancedAccuracy - chance }

  /// Predicts each image's label by what is commonest, as shares of the classes, among the images whose property is
  /// about the same; in parts, each by the images of the others.
  ///
  /// - Parameters:
  ///   - values: The property of each image.
  ///   - isCategory: Whether values are numbers of categories.
  ///   - labels: The class of each image, 0..<`classCount`, each of which is there.
  ///   - classCount: Number of classes, 2 or more.
  ///   - units: What stays together, numbered from 0.
  ///   - folds: The part of each image.
  /// - Complexity: O(*n* log *n*) for *n* images.
  /// - Source: Cameron, Miller: A Practitioner's Guide to Cluster-Robust Inference, Journal of Human Resources 50 (2015),
  ///   for units; Nadeau, Bengio: Inference for the Generalization Error, Machine Learning 52 (2003), for the parts.
  init(
    values: [Float], isCategory: Bool, labels: [Int], classCount: Int, units: [Int], folds: GroupedFolds
  ) {
    let (bins, binCount) = isCategory ? Self.categories(values) : Self.quantiles(values)
    let cellCount = binCount * classCount
    var counts = Array(repeating: Int32(0), count: folds.count * cellCount)
    var totals = Array(repeating: 0, count: folds.count * classCount)
    for index in labels.indices {
      let fold = folds.folds[index]
      counts[fold * cellCount + bins[index] * classCount + labels[index]] += 1
      totals[fold * classCount + labels[index]] += 1
    }
    let answers = Self.answers(counts, totals, folds.count, binCount, classCount)
    let isRight = labels.indices.map { answers[folds.folds[$0] * binCount + bins[$0]] == labels[$0] }
    let (score, error) = Self.score(isRight, labels, classCount, units)
    balancedAccuracy = score
    let partCount = Double(folds.count)
    standardError = error * (1 + partCount / max(1, partCount - 1)).squareRoot()
    chance = 1 / Double(classCount)
  }

  /// The answer for each part and bin: the class of the largest share in the other parts; -1 where the bin is empty there.
  private static func answers(
    _ counts: [Int32], _ totals: [Int], _ foldCount: Int, _ binCount: Int, _ classCount: Int
  ) -> [Int] {
    let cellCount = binCount * classCount
    var sums = Array(repeating: 0, count: cellCount), classSums = Array(repeating: 0, count: classCount)
    for fold in 0..<foldCount {
      for cell in 0..<cellCount { sums[cell] += Int(counts[fold * cellCount + cell]) }
      for label in 0..<classCount { classSums[label] += totals[fold * classCount + label] }
    }
    var answers = Array(repeating: -1, count: foldCount * binCount)
    for fold in 0..<foldCount {
      for bin in 0..<binCount {
        var best = 0.0
        for label in 0..<classCount {
          let cell = bin * classCount + label
          let count = sums[cell] - Int(counts[fold * cellCount + cell])
          let total = classSums[label] - totals[fold * classCount + label]
          guard count > 0, Double(count) / Double(total) > best else { continue }
          best = Double(count) / Double(total)
          answers[fold * binCount + bin] = label
        }
      }
    }
    return answers
  }

  /// The mean recall and its standard error.
  private static func score(
    _ isRight: [Bool], _ labels: [Int], _ classCount: Int, _ units: [Int]
  ) -> (Double, Double) {
    var right = Array(repeating: 0, count: classCount), totals = right
    for (index, label) in labels.enumerated() {
      totals[label] += 1
      if isRight[index] { right[label] += 1 }
    }
    let recalls = zip(right, totals).map { Double($0) / Double($1) }
    // What each unit adds to the mean recall beyond its expectation.
    let unitCount = (units.max() ?? -1) + 1
    var residuals = Array(repeating: 0.0, count: unitCount)
    for (index, label) in labels.enumerated() {
      residuals[units[index]] += ((isRight[index] ? 1 : 0) - recalls[label]) / Double(totals[label])
    }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let correction = unitCount > 1 ? Double(unitCount) / Double(unitCount - 1) : .infinity
    let count = Double(classCount)
    return (recalls.reduce(0, +) / count, (squares * correction).squareRoot() / count)
  }

  /// Numbers the commonest categories from 0; the others are one.
  private static func categories(_ values: [Float]) -> (bins: [Int], count: Int) {
    var counts = Array(repeating: 0, count: Int(values.max() ?? 0) + 1)
    for value in values { counts[Int(value)] += 1 }
    let common = counts.indices.filter { counts[$0] > 0 }.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    var binOf = Array(repeating: mostCategoryCount, count: counts.count)
    for (bin, category) in common.prefix(mostCategoryCount).enumerated() { binOf[category] = bin }
    return (values.map { binOf[Int($0)] }, mostCategoryCount + 1)
  }

  /// Cuts numbers into bins of about as many images; labels play no part in it.
  private static func quantiles(_ values: [Float]) -> (bins: [Int], count: Int) {
    let sorted = values.sorted()
    let count = min(binCount, max(2, values.count / 10))
    var edges: [Float] = []
    for bin in 1..<count {
      let edge = sorted[bin * sorted.count / count]
      if edge > edges.last ?? sorted[0] { edges.append(edge) }
    }
    let bins = values.map { value in
      var (low, high) = (0, edges.count)
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] <= value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return (bins, edges.count + 1)
  }
}
