/// A ratio of classes that every split has to have after a repair.
public struct ClassRatio: Hashable, Sendable {
  /// One class and its part.
  public struct Part: Hashable, Sendable {
    /// Index of the label.
    public let label: Int
    /// How many of it there are for each `part` of another class; greater than 0.
    public let part: Double

    /// Declares a part.
    public init(label: Int, part: Double) {
      self.label = label
      self.part = part
    }
  }

  /// The classes, each once.
  public let parts: [Part]
  /// How far a split may be off: the ratio of each class to the first is its declared one times 1/(1 + t)...(1 + t).
  public let tolerance: Double

  /// Declares a ratio.
  ///
  /// - Parameters:
  ///   - parts: The classes, two or more, each once.
  ///   - tolerance: How far a split may be off, 0 or more.
  public init(parts: [Part], tolerance: Double) {
    self.parts = parts
    self.tolerance = tolerance
  }

  /// Whether a split of so many samples of each class is near enough; one without any of these classes is.
  func isKept(by row: [Int]) -> Bool {
    guard let first = parts.first, parts.contains(where: { row[$0.label] > 0 }) else { return true }
    guard parts.allSatisfy({ row[$0.label] > 0 }) else { return false }
    return parts.allSatisfy { part in
      let found = Double(row[part.label]) / Double(row[first.label])
      let declared = part.part / first.part
      // The slack keeps 110 to 100 within 10 % of 1 to 1.
      return max(found / declared, declared / found) <= 1 + tolerance + 1e-9
    }
  }

  /// How many samples of each class to take out so that a split has the ratio to the sample, as few as that takes.
  ///
  /// The class that is the scarcest for its part stays whole; of the others the nearest whole number stays.
  func surplus(of row: [Int]) -> [Int] {
    let scale = parts.reduce(Double.infinity) { min($0, Double(row[$1.label]) / $1.part) }
    var surplus = row.map { _ in 0 }
    for part in parts {
      surplus[part.label] = max(0, row[part.label] - Int((part.part * scale).rounded(.toNearestOrAwayFromZero)))
    }
    return surplus
  }

  /// The shares of a split that has the declared classes in this ratio, and of the others what it had.
  ///
  /// - Parameter shares: What it had, by label, 0...1.
  /// - Returns: The shares by label, 0...1.
  func applied(to shares: [Double]) -> [Double] {
    let all = parts.reduce(0) { $0 + $1.part }
    let available = parts.reduce(0) { $0 + shares[$1.label] }
    var wanted = shares
    for part in parts { wanted[part.label] = available * part.part / all }
    return wanted
  }
}
