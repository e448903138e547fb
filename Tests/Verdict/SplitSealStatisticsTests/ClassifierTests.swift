import SplitSealStatistics
import Testing

@Suite struct GroupedFoldsTests {
  @Test func `no group is in two parts, and parts are of one size where groups allow it`() {
    let groups = (0..<100).map { $0 / 5 }
    let folds = GroupedFolds(groups: groups, count: 5, seed: 1)
    #expect(folds.count == 5)
    for group in 0..<20 { #expect(Set(folds.folds[(5 * group)..<(5 * group + 5)]).count == 1) }
    for fold in 0..<5 { #expect(folds.folds.count { $0 == fold } == 20) }
    #expect(GroupedFolds(groups: groups, count: 5, seed: 2) != folds)
    #expect(GroupedFolds(groups: [0, 0, 1], count: 5, seed: 1).count == 2)
  }
}

@Suite struct BalancedAccuracyTests {
  @Test func `a constant answer scores one over the classes, whatever their shares`() {
    let truths = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2]
    let constant = BalancedAccuracy(truths: truths, answers: Array(repeating: 0, count: 10))
    #expect(constant.accuracy == 0.7)
    #expect(abs(constant.value - 1 / 3.0) < 1e-15 && constant.value == constant.constantAnswer)
    // By hand: recalls 1, 1/2 and 0.
    #expect(BalancedAccuracy(truths: truths, answers: [0, 0, 0, 0, 0, 0, 0, 1, 0, 1]).value == 0.5)
  }
}

@Suite struct LogisticRegressionTests {
  @Test func `one feature of two values gives the log-odds of the table`() {
    // 30 of 40 and 10 of 40: the saturated model's scores are ln 3 and -ln 3.
    let feature = (0..<80).map { $0 < 40 ? 1.0 : 0 }
    let isSecond = (0..<80).map { $0 < 30 || $0 >= 70 }
    let model = LogisticRegression(features: [feature], isSecond: isSecond, rows: Array(0..<80), ridge: 1e-9)
    #expect(abs(model.score(of: 0, in: [feature]) - 1.0986122886681098) < 1e-7)
    #expect(abs(model.score(of: 79, in: [feature]) + 1.0986122886681098) < 1e-7)
  }

  @Test func `classes that can be told apart without error keep finite weights`() {
    let feature = (0..<40).map(Double.init)
    let model = LogisticRegression(features: [feature], isSecond: feature.map { $0 >= 20 }, rows: Array(0..<40))
    #expect(model.weights.allSatisfy { $0.isFinite })
    #expect(model.score(of: 0, in: [feature]) < 0 && model.score(of: 39, in: [feature]) > 0)
  }
}

@Suite struct SplitClassifierTests {
  private func features(shift: Double, seed: UInt64) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<3).map { _ in (0..<200).map { row in random.uniform() + (row < 100 ? 0 : shift) } }
  }
  private let isSecond = (0..<200).map { $0 >= 100 }

  @Test func `splits that differ are told apart, and splits that do not are not`() {
    var random = SeededGenerator(seed: 9)
    let same = SplitClassifier(
      features: features(shift: 0, seed: 3), isSecond: isSecond, units: Array(0..<200), seed: 1)
    #expect((0.35...0.65).contains(same.area))
    #expect(same.permutationTest(permutationCount: 99, using: &random).pValue > 0.01)
    let shifted = SplitClassifier(
      features: features(shift: 0.5, seed: 3), isSecond: isSecond, units: Array(0..<200), seed: 1)
    #expect(shifted.area > 0.9)
    #expect(shifted.permutationTest(permutationCount: 99, using: &random).pValue == 0.01)
  }
}
