/// The class shares that the splits are to have after a repair.
struct SharesTarget: Sendable {
  /// Less than one image off is not off: a split of 40 images cannot keep shares to 0.5 points.
  private static let roundingSlack = 0.999_999
  /// The most that a split loses so that it keeps its shares: a dataset that shrinks by more is for its author to mend.
  static let largestPart = 0.25

  let before: ClassShares
  /// The shares by split and class, 0...1; those before where nothing else is declared.
  private(set) var wanted: [[Double]]
  /// Whether a split is brought to a ratio that was declared.
  private(set) var isDeclared: [Bool]
  /// How far a share may be off, 0...1.
  let tolerance: Double

  /// The splits are to keep their shares.
  init(before: ClassShares, tolerance: Double) {
    self.before = before
    self.tolerance = tolerance
    wanted = before.counts.indices.map { split in before.counts[split].indices.map { before.share(split, $0) } }
    isDeclared = before.counts.map { _ in false }
  }

  /// Brings a split to a ratio.
  mutating func declare(_ ratio: ClassRatio, of split: Int) {
    wanted[split] = ratio.applied(to: wanted[split])
    isDeclared[split] = true
  }

  /// Gives all splits the shares of the whole dataset.
  mutating func level() {
    let whole = before.whole
    let total = whole.reduce(0, +)
    guard total > 0 else { return }
    wanted = wanted.map { _ in whole.map { Double($0) / Double(total) } }
  }

  /// How many samples of a class a split has beyond its share; negative where it has fewer.
  func surplus(_ row: [Int], _ split: Int, _ label: Int) -> Double {
    Double(row[label]) - wanted[split][label] * Double(row.reduce(0, +))
  }

  /// By how many samples the classes of a split are further off than they may be; infinite for a split that is emptied.
  func violation(_ row: [Int], _ split: Int) -> Double {
    let total = row.reduce(0, +)
    guard total > 0 else { return before.total(split) == 0 ? 0 : .infinity }
    let allowed = allowance(total)
    return row.indices.reduce(0) {
      $0 + max(0, abs(Double(row[$1]) - wanted[split][$1] * Double(total)) - allowed)
    }
  }

  /// Whether one class of a split is further off than it may be.
  func isViolated(_ row: [Int], _ split: Int, _ label: Int) -> Bool {
    let total = row.reduce(0, +)
    return abs(surplus(row, split, label)) > allowance(total) || (total == 0 && before.counts[split][label] > 0)
  }

  /// The same over all splits.
  func violation(_ shares: ClassShares) -> Double {
    shares.counts.indices.reduce(0) { $0 + violation(shares.counts[$1], $1) }
  }

  /// Samples that a class may be off in a split of that many.
  func allowance(_ total: Int) -> Double { max(tolerance * Double(total) + 1e-9, Self.roundingSlack) }

  /// Further removals of each class after which a split keeps its shares; `nil` where that takes too many.
  ///
  /// Of a small split the tolerance may be less than an image. It is kept all the same where that takes no more further
  /// images than there are classes; else less than one image is not off.
  func removals(from row: [Int], _ split: Int) -> [Int]? {
    let lenient = fewestRemovals(from: row, split, slack: Self.roundingSlack)
    guard let strict = fewestRemovals(from: row, split, slack: 0) else { return lenient }
    let classCount = wanted[split].count { $0 > 0 }
    guard let lenient, strict.reduce(0, +) > lenient.reduce(0, +) + classCount else { return strict }
    return lenient
  }

  /// The fewest further removals of each class after which a split has its shares; `nil` where that takes more
  /// than some part of it.
  ///
  /// With *r* removed in all, each class may lose no fewer and no more than its bounds say; the first *r* that lies between
  /// their sums is the least. The search starts at the most images that the scarcest class allows.
  /// - Complexity: O(*r* *k*) for *r* removals beyond that start and *k* classes.
  func fewestRemovals(
    from row: [Int], _ split: Int, slack: Double, largestPart: Double = Self.largestPart
  ) -> [Int]? {
    let total = row.reduce(0, +)
    let most = min(Int(Double(total) * largestPart), max(0, total - 1))
    let least = max(0, total - mostImages(from: row, split, slack: slack))
    guard least <= most else { return nil }
    for removed in least...most {
      let rest = total - removed
      let allowed = max(tolerance * Double(rest) + 1e-9, slack)
      var least: [Int] = []
      var most: [Int] = []
      for (label, count) in row.enumerated() {
        let expected = wanted[split][label] * Double(rest)
        least.append(max(0, Int((Double(count) - expected - allowed).rounded(.up))))
        most.append(min(count, Int((Double(count) - expected + allowed).rounded(.down))))
      }
      guard zip(least, most).allSatisfy({ $0 <= $1 }) else { continue }
      var missing = removed - least.reduce(0, +)
      guard missing >= 0, removed <= most.reduce(0, +) else { continue }
      // What is left to choose is taken from where there is most to spare.
      var chosen = least
      while missing > 0 {
        let candidates = row.indices.filter { chosen[$0] < most[$0] }
        guard let label = candidates.max(by: { (most[$0] - chosen[$0], $1) < (most[$1] - chosen[$1], $0) }) else {
          break
        }
        chosen[label] += 1
        missing -= 1
      }
      return chosen
    }
    return nil
  }

  /// No split of more images than these can have its shares, as one class has too few: its share times their number may
  /// be beyond its count by what is allowed.
  private func mostImages(from row: [Int], _ split: Int, slack: Double) -> Int {
    row.indices.reduce(row.reduce(0, +)) { most, label in
      let (count, share) = (Double(row[label]), wanted[split][label])
      guard share > 0 else { return most }
      let bySlack = (count + slack) / share
      let byShare = share > tolerance ? (count + 1e-6) / (share - tolerance) : .infinity
      // One more, for what rounding does.
      let bound = max(bySlack, byShare) + 1
      return bound < Double(most) ? Int(bound) : most
    }
  }
}
