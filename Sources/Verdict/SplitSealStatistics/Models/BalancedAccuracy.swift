/// The mean of the recalls of all classes: what a constant answer cannot raise above one over their number.
public struct BalancedAccuracy: Hashable, Sendable {
  /// The mean recall of the classes that are there, 0...1; 0 when there is none.
  public let value: Double
  /// What the best constant answer scores: one over the number of classes that are there; 0 when there is none.
  public let constantAnswer: Double
  /// Share of right answers, 0...1; 0 when there is none.
  public let accuracy: Double

  /// Scores answers.
  ///
  /// - Precondition: one answer a truth; classes are 0 or more.
  public init(truths: [Int], answers: [Int]) {
    precondition(truths.count == answers.count, "one answer a truth")
    let count = (truths.max() ?? -1) + 1
    var (totals, right) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    for (truth, answer) in zip(truths, answers) {
      totals[truth] += 1
      if truth == answer { right[truth] += 1 }
    }
    let present = totals.indices.filter { totals[$0] > 0 }
    let recalls = present.map { Double(right[$0]) / Double(totals[$0]) }
    value = present.isEmpty ? 0 : recalls.reduce(0, +) / Double(present.count)
    constantAnswer = present.isEmpty ? 0 : 1 / Double(present.count)
    accuracy = truths.isEmpty ? 0 : Double(right.reduce(0, +)) / Double(truths.count)
  }
}
