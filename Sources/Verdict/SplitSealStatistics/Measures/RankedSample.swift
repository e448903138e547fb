/// Values of two splits in ascending order, with the units that are assigned to splits as a whole.
///
/// A unit is the samples of one group in one split, or a single sample. Permuting units is exact where samples of a group
/// resemble each other; permuting samples is not.
public struct RankedSample: Sendable {
  /// Unit of each value, in ascending order of the values.
  private let units: [Int32]
  /// Where equal values end, in the same order.
  private let isLast: [Bool]
  /// Values by unit.
  private let sizes: [Int32]
  /// Units of the first split.
  public let firstUnitCount: Int
  /// Units of the second split.
  public var secondUnitCount: Int { sizes.count - firstUnitCount }
  /// D of the two splits as they are, 0...1.
  public let distance: Double

  /// Sorts values.
  ///
  /// `units` tells the unit of each value, counted from 0 through both splits: those of the first split first.
  /// - Precondition: One unit a value; every unit has a value; the units of `first` come before those of `second`; both
  ///   splits have a value; all values are finite.
  /// - Complexity: O(n log n).
  public init(first: [Double], firstUnits: [Int], second: [Double], secondUnits: [Int]) {
    precondition(first.count == firstUnits.count && second.count == secondUnits.count, "one unit a value")
    let values = first + second
    let unitOf = firstUnits + secondUnits
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    units = order.map { Int32(unitOf[$0]) }
    isLast = order.indices.map { $0 + 1 == order.count || values[order[$0]] != values[order[$0 + 1]] }
    var sizes = Array(repeating: Int32(0), count: (unitOf.max() ?? -1) + 1)
    for unit in unitOf { sizes[unit] += 1 }
    firstUnitCount = (firstUnits.max() ?? -1) + 1
    precondition(
      firstUnitCount > 0 && sizes.count > firstUnitCount && sizes.allSatisfy { $0 > 0 }
        && secondUnits.allSatisfy { [firstUnitCount] in $0 >= firstUnitCount },
      "units are numbered through, those of the first split first")
    self.sizes = sizes
    distance = Self.distance(
      units, isLast, sizes, inFirst: sizes.indices.map { [firstUnitCount] in $0 < firstUnitCount })
  }

  /// Sorts values that are units of their own.
  public init(first: [Double], second: [Double]) {
    self.init(
      first: first, firstUnits: Array(first.indices), second: second,
      secondUnits: second.indices.map { first.count + $0 })
  }

  /// The p-value of D under random assignment of the units to the two splits, as many units to each as there are.
  ///
  /// - Complexity: O(n) a draw.
  public func permutationTest(
    permutationCount: Int, extremeLimit: Int? = 20, using random: inout SeededGenerator
  ) -> SequentialMonteCarlo {
    var order = Array(sizes.indices)
    var inFirst = Array(repeating: false, count: sizes.count)
    // The split with fewer units is drawn: D does not care which of the two is called the first.
    let drawn = min(firstUnitCount, secondUnitCount)
    return SequentialMonteCarlo(largestCount: permutationCount, extremeLimit: extremeLimit) {
      random.moveToFront(drawn, of: &order)
      for unit in order[..<drawn] { inFirst[unit] = true }
      let value = Self.distance(units, isLast, sizes, inFirst: inFirst)
      for unit in order[..<drawn] { inFirst[unit] = false }
      return value >= distance * (1 - 1e-12)
    }
  }

  /// D in whole numbers up to the last division, so that equal distances are equal.
  private static func distance(
    _ units: [Int32], _ isLast: [Bool], _ sizes: [Int32], inFirst: [Bool]
  ) -> Double {
    var first = 0
    for (size, isFirst) in zip(sizes, inFirst) where isFirst { first += Int(size) }
    let second = units.count - first
    guard first > 0, second > 0 else { return 0 }
    var (difference, greatest) = (0, 0)
    for place in units.indices {
      difference += inFirst[Int(units[place])] ? second : -first
      if isLast[place] { greatest = max(greatest, abs(difference)) }
    }
    return Double(greatest) / (Double(first) * Double(second))
  }
}
