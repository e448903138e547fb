internal import SplitSealStatistics

/// Puts each atom into one split, so that the splits have the samples of each class that they are to have.
struct GroupAssignment: Sendable {
  /// Less than one sample off is not off.
  private static let roundingSlack = 0.999_999

  /// What an image too many or too few in a split counts beside one of a class.
  private static let sizeWeight = 0.25

  let atoms: InseparableGroups
  /// Images by the split they come from of each atom; of none in a dataset that had no splits.
  let homes: [[InseparableGroups.Count]]
  /// The samples that each split is to have of each class: whole or not.
  let target: [[Double]]
  /// How far a split's samples of a class, and all of them, may be off, as a share of all of the split.
  let tolerance: Double
  /// The samples that each split is to have.
  private let sizes: [Double]
  /// The split of each atom; `nil` before it has one.
  private(set) var splitOf: [Int?]
  /// Samples by split and class.
  private(set) var counts: [[Int]]

  /// Starts with atoms that are nowhere.
  init(_ atoms: InseparableGroups, homes: [[InseparableGroups.Count]], target: [[Double]], tolerance: Double) {
    self.atoms = atoms
    self.homes = homes
    self.target = target
    self.tolerance = tolerance
    sizes = target.map { $0.reduce(0, +) }
    splitOf = Array(repeating: nil, count: atoms.members.count)
    counts = target.map { $0.map { _ in 0 } }
  }

  /// Puts an atom into a split.
  mutating func put(_ atom: Int, into split: Int) {
    if let old = splitOf[atom] { add(atom, to: old, sign: -1) }
    add(atom, to: split, sign: 1)
    splitOf[atom] = split
  }

  private mutating func add(_ atom: Int, to split: Int, sign: Int) {
    for part in atoms.labelCounts[atom] { counts[split][part.index] += sign * part.count }
  }

  /// Images of an atom that come from a split.
  func homeCount(_ atom: Int, _ split: Int) -> Int { homes[atom].first { $0.index == split }?.count ?? 0 }

  /// How far the squares of what is missing or too much grow when an atom comes into a split.
  func growth(_ atom: Int, into split: Int) -> Double {
    atoms.labelCounts[atom].reduce(0) { sum, part in
      let count = Double(part.count)
      return sum + count * (count + 2 * (Double(counts[split][part.index]) - target[split][part.index]))
    }
  }

  /// By how many samples the splits are further off than they may be.
  ///
  /// Shares count more than sizes: a class in the wrong share is a finding.
  var violation: Double { counts.indices.reduce(0) { $0 + violation($1) { _ in 0 } } }

  /// The same of one split, with some more samples of each class.
  func violation(_ split: Int, adding more: (Int) -> Int) -> Double {
    let wanted = sizes[split]
    var size = 0
    for label in counts[split].indices { size += counts[split][label] + more(label) }
    let allowed = max(tolerance * Double(size), Self.roundingSlack)
    var sum = Self.sizeWeight * max(0, abs(Double(size) - wanted) - max(tolerance * wanted, 1))
    guard wanted > 0 else { return sum }
    for label in counts[split].indices {
      let count = Double(counts[split][label] + more(label))
      sum += max(0, abs(count - target[split][label] / wanted * Double(size)) - allowed)
    }
    return sum
  }
}

extension GroupAssignment {
  /// Leaves each atom where most of its images are.
  ///
  /// No smaller number of images can move. Where two splits hold as many, the larger atoms choose first, the split that
  /// then is the closest to its counts; of equal ones the first.
  mutating func settle() {
    var undecided: [Int] = []
    for atom in atoms.members.indices {
      let most = homes[atom].map(\.count).max() ?? 0
      let best = homes[atom].filter { $0.count == most }
      if best.count == 1 { put(atom, into: best[0].index) } else { undecided.append(atom) }
    }
    for atom in undecided.sorted(by: { (size($1), $0) < (size($0), $1) }) {
      let most = homes[atom].map(\.count).max() ?? 0
      place(atom, among: homes[atom].filter { $0.count == most }.map(\.index))
    }
  }

  /// Puts each atom where the most is missing, the largest first; those of one size in an order that a seed decides.
  mutating func distribute(seed: UInt64) {
    var random = SeededOrder(seed: seed)
    let order = random.shuffled(Array(atoms.members.indices))
    let rank = order.enumerated().reduce(into: Array(repeating: 0, count: order.count)) { $0[$1.element] = $1.offset }
    for atom in order.sorted(by: { (size($1), rank[$0]) < (size($0), rank[$1]) }) {
      place(atom, among: Array(counts.indices))
    }
  }

  private func size(_ atom: Int) -> Int { atoms.members[atom].count }

  private mutating func place(_ atom: Int, among splits: [Int]) {
    // Of equals the split that misses the most in all.
    let best = splits.min { a, b in
      (growth(atom, into: a), surplus(a), a) < (growth(atom, into: b), surplus(b), b)
    }
    put(atom, into: best ?? 0)
  }

  private func surplus(_ split: Int) -> Double {
    Double(counts[split].reduce(0, +)) - target[split].reduce(0, +)
  }
}

/// Orders that are the same for the same seed, everywhere.
struct SeededOrder {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The elements in another order (Fisher and Yates).
  mutating func shuffled(_ elements: [Int]) -> [Int] {
    var elements = elements
    for last in elements.indices.reversed().dropLast() { elements.swapAt(last, random.below(last + 1)) }
    return elements
  }
}
