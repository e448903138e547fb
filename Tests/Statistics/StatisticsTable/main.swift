import SplitSealStatistics

// Reads one table a line and prints what the statistics say of it, one `name value` a line, an empty line behind each table.
// Numbers are printed in full. compare.py writes the tables and compares.
//
//     counts A,B,... C,D,...        class counts of two splits
//     values A,B,... C,D,...        a number of each image of two splits
//     pvalues A,B,...               p-values of a family

func show(_ name: String, _ value: Double) { print(name, value) }

func integers(_ text: Substring) -> [Int] { text.split(separator: ",").compactMap { Int($0) } }
func numbers(_ text: Substring) -> [Double] { text.split(separator: ",").compactMap { Double($0) } }

func showCounts(_ first: [Int], _ second: [Int]) {
  let (total, other) = (first.reduce(0, +), second.reduce(0, +))
  for index in first.indices {
    show("fisher.\(index)", FisherExactTest(first[index], of: total, and: second[index], of: other).pValue)
    let interval = WilsonInterval(first[index], of: total)
    show("wilson.low.\(index)", interval.low)
    show("wilson.high.\(index)", interval.high)
    let difference = NewcombeInterval(second[index], of: other, minus: first[index], of: total)
    show("newcombe.low.\(index)", difference.low)
    show("newcombe.high.\(index)", difference.high)
    if first[index] > 0, second[index] > 0, first[index] < total || second[index] < other {
      let ratio = ShareRatio(second[index], of: other, to: first[index], of: total)
      show("ratio.low.\(index)", ratio.low)
      show("ratio.high.\(index)", ratio.high)
    }
  }
  let test = ChiSquareTest(first, second)
  show("pearson", test.pearson)
  show("pearson.p", test.pValue)
  show("g", test.likelihoodRatio)
  show("g.p", test.likelihoodRatioPValue)
  show("expected.least", test.leastExpected)
  show("expected.small", test.smallExpectedShare)
  let distance = ShareDistance(first, second)
  show("tvd", distance.totalVariation)
  show("js", distance.jensenShannon)
  show("v", distance.cramersV)
  show("psi", PopulationStability(first, second).index)
  if test.degrees > 0 {
    show("quantile", ChiSquareDistribution(degrees: test.degrees).quantile(upperTail: 0.05))
  }
  let assignment = AssignmentTest(UnitTable([first, second]), first: 0, second: 1, permutationCount: 9_999, seed: 1)
  show("assignment.statistic", assignment.statistic)
  show("assignment.p", assignment.pValue)
}

func showValues(_ first: [Double], _ second: [Double]) {
  let test = KolmogorovSmirnov(first, second)
  show("ks", test.distance)
  show("ks.ranked", RankedSample(first: first, second: second).distance)
  show("ks.p", test.asymptoticPValue)
  let difference = SampleDifference(first, second)
  show("smd", difference.standardisedMeanDifference)
  show("cliff", difference.cliffsDelta)
  show("wasserstein", difference.wassersteinDistance)
  show("auc", AreaUnderCurve(negatives: first, positives: second).value)
}

while let line = readLine() {
  let words = line.split(separator: " ")
  switch words.first {
  case "counts" where words.count == 3: showCounts(integers(words[1]), integers(words[2]))
  case "values" where words.count == 3: showValues(numbers(words[1]), numbers(words[2]))
  case "pvalues" where words.count == 2:
    for (index, value) in MultipleTesting.benjaminiHochberg.adjusted(numbers(words[1])).enumerated() {
      show("bh.\(index)", value)
    }
    for (index, value) in MultipleTesting.holm.adjusted(numbers(words[1])).enumerated() { show("holm.\(index)", value) }
  default: fatalError("not a table: \(line)")
  }
  print()
}
