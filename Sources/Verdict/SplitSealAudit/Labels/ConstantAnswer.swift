internal import SplitSealBase

/// What models score that have learned which class is commonest, and little else.
struct ConstantAnswer {
  /// The commonest label; of equally common ones the first.
  let label: Int
  /// Accuracy of a model that always answers it: its share, 0...1.
  let accuracy: Double
  /// The mean of that model's recall over the classes that are there: one of them is always right, the others never.
  let balancedAccuracy: Double
  /// Accuracy of a biased model, which is always right on the commonest class and every other time on the others.
  var biasedAccuracy: Double { accuracy + (1 - accuracy) / 2 }
  /// The mean of the biased model's recall over the classes that are there.
  var biasedBalancedAccuracy: Double { balancedAccuracy + (1 - balancedAccuracy) / 2 }

  /// - Precondition: some count is above 0.
  init(_ counts: [Int]) {
    let most = counts.max() ?? 0
    label = counts.firstIndex(of: most) ?? 0
    accuracy = Double(most) / Double(max(1, counts.reduce(0, +)))
    balancedAccuracy = 1 / Double(max(1, counts.count { $0 > 0 }))
  }

  func sentence(_ input: AuditInput) -> String {
    "always answering \(input.name(ofClass: label)) would score \(percent(accuracy, digits: 1)) accuracy and "
      + "\(percent(balancedAccuracy, digits: 1)) balanced accuracy"
  }

  func evidence(_ input: AuditInput) -> [Evidence] {
    [
      Evidence("majorityLabel", .text(input.reading.classNames[label])),
      Evidence("majorityAccuracy", .decimal(accuracy, digits: 4)),
      Evidence("majorityBalancedAccuracy", .decimal(balancedAccuracy, digits: 4)),
      Evidence("biasedAccuracy", .decimal(biasedAccuracy, digits: 4)),
      Evidence("biasedBalancedAccuracy", .decimal(biasedBalancedAccuracy, digits: 4)),
    ]
  }
}
