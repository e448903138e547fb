import SplitSealStatistics

/// A test split whose classes have other shares than those of the training split.
struct Change: Sendable {
  let name: String
  /// Shares of the classes in training.
  let shares: [Double]
  /// The share of the first class in test; the others keep their proportions.
  let changed: Double

  static let all = [
    Change(name: "1 % class of 10 disappears", shares: rare(0.01), changed: 0),
    Change(name: "1 % class of 10 doubles", shares: rare(0.01), changed: 0.02),
    Change(name: "5 % class of 10 disappears", shares: rare(0.05), changed: 0),
    Change(name: "binary, 50 to 55 %", shares: [0.5, 0.5], changed: 0.55),
    Change(name: "binary, 50 to 65 %", shares: [0.5, 0.5], changed: 0.65),
  ]

  private static func rare(_ share: Double) -> [Double] { [share] + Array(repeating: (1 - share) / 9, count: 9) }

  /// Whether class-skew finds something in test images that were drawn anew.
  func isFound(draw number: Int) -> Bool {
    var random = SeededGenerator(seed: 20_260_402, stream: number)
    let others = shares.map { $0 * (1 - changed) / (1 - shares[0]) }
    let test = (0..<2_000).map { _ in Self.draw([changed] + others.dropFirst(), &random) }
    let training = shares.indices.flatMap { label in
      Array(repeating: label, count: Int((8_000 * shares[label]).rounded()))
    }
    return findsSkew(
      simulatedInput(
        labels: training + test, isTest: training.map { _ in false } + test.map { _ in true }, classCount: shares.count,
        groupSize: 1))
  }

  private static func draw(_ shares: [Double], _ random: inout SeededGenerator) -> Int {
    var left = random.uniform()
    for (label, share) in shares.enumerated() {
      left -= share
      if left < 0 { return label }
    }
    return shares.count - 1
  }
}
