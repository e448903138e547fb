/// How different class shares may be, given that they were found to be close: not significant is not equal.
///
/// Shares may be called equal within a margin when the bound is below it.
/// - Source: Schuirmann 1987 (two one-sided tests: the bound of 95 % against the margin is a test at 5 %); Efron 1979 (the
///   bootstrap), here of whole units.
public struct EquivalenceBound: Hashable, Sendable {
  /// The largest absolute difference of a class' share between the two splits, 0...1.
  public let difference: Double
  /// Upper end of its one-sided 95 % interval, 0...1.
  public let upperBound: Double
  /// Bootstrap samples that were drawn.
  public let sampleCount: Int

  /// Draws the units of two splits with replacement.
  ///
  /// - Precondition: Both splits hold a unit.
  /// - Complexity: `sampleCount` times the kinds of units, or the units where kinds are many.
  public init(_ table: UnitTable, first: Int, second: Int, sampleCount: Int = 999, seed: UInt64, stream: Int = 0) {
    var random = SeededGenerator(seed: seed, stream: stream)
    var samplers = [first, second].map { split in
      UnitSampler(table, counts: table.counts[split], drawn: table.unitCount(of: split))
    }
    difference = Self.largest(
      table.classCounts(of: first), table.imageCount(of: first), table.classCounts(of: second),
      table.imageCount(of: second))
    let differences = (0..<sampleCount).map { _ in
      samplers[0].resample(using: &random)
      samplers[1].resample(using: &random)
      return Self.largest(
        samplers[0].classCounts, samplers[0].imageCount, samplers[1].classCounts, samplers[1].imageCount)
    }.sorted()
    // The least value that 95 % of the samples do not exceed.
    let rank = (sampleCount * 95 + 99) / 100
    upperBound = differences.isEmpty ? 1 : max(difference, differences[max(0, rank - 1)])
    self.sampleCount = sampleCount
  }

  private static func largest(_ first: [Int], _ firstTotal: Int, _ second: [Int], _ secondTotal: Int) -> Double {
    guard firstTotal > 0, secondTotal > 0 else { return 1 }
    return zip(first, second).reduce(0) {
      max($0, abs(Double($1.0) / Double(firstTotal) - Double($1.1) / Double(secondTotal)))
    }
  }
}
