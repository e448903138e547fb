extension GroupAssignment {
  /// Classes looked at before restoring is given up.
  private static let workLimit = 500_000_000
  /// Steps of the search that goes on where nothing helps.
  private static let detourLength = 400
  /// Steps for which an atom does not go back.
  private static let memory = 12

  /// Moves atoms until no split is further off than it may be, or nothing helps.
  ///
  /// Each step takes the move, or where none helps the exchange of two atoms, that brings the splits the closest for each
  /// image that leaves the split it came from. Where nothing helps any more a tabu search takes the least bad moves for a
  /// while; what it finds is taken if nothing is off then, as otherwise it moves many images for little. InseparableGroups that cannot be told apart by their classes and origins are looked at
  /// once. A heuristic: it may stop where another way would have led further.
  ///
  /// - Source: Glover, Tabu search, part I, ORSA Journal on Computing 1 (1989).
  mutating func restore() {
    var kinds = AtomKinds(self)
    var work = 0
    descend(&kinds, &work)
    let stuck = self
    var forbidden: [AtomKinds.Place: Int] = [:]
    for round in 0..<Self.detourLength where violation > 0 && work < Self.workLimit {
      let step = bestMove(kinds, &work) { place, gain, count in
        forbidden[place, default: 0] > round ? nil : gain - 0.001 * Double(count)
      }
      guard let step else { break }
      for (kind, _) in step { forbidden[kinds.place(kind)] = round + Self.memory }
      take(step, &kinds)
    }
    if violation > 0 { self = stuck }
  }

  /// Takes the best step as long as one helps.
  private mutating func descend(_ kinds: inout AtomKinds, _ work: inout Int) {
    while violation > 0, work < Self.workLimit {
      let move = bestMove(kinds, &work) { Self.worth(gain: $1, departures: $2) }
      guard let step = move ?? bestExchange(kinds, &work) else { return }
      take(step, &kinds)
    }
  }

  private static func worth(gain: Double, departures: Int) -> Double? {
    gain > 1e-9 ? gain / (Double(max(0, departures)) + 0.001) : nil
  }

  private mutating func take(_ step: Step, _ kinds: inout AtomKinds) {
    for (kind, split) in step {
      let atom = kinds.take(kind)
      put(atom, into: split)
      kinds.add(atom, in: self)
    }
  }

  /// Kinds of atoms, and the split that one of each goes to.
  private typealias Step = [(kind: Int, split: Int)]

  /// The move of one atom that is worth the most; of equals the first.
  ///
  /// `worth` is told where the atom would go, how much closer the splits are then, and how many images leave the split
  /// they came from; what it gives `nil` for is not taken.
  private func bestMove(
    _ kinds: AtomKinds, _ work: inout Int, worth: (AtomKinds.Place, Double, Int) -> Double?
  ) -> Step? {
    var best: (step: Step, worth: Double)?
    for kind in kinds.keys.indices where !kinds.atoms[kind].isEmpty {
      let key = kinds.keys[kind]
      for split in counts.indices where split != key.split {
        guard work < Self.workLimit else { return best?.step }
        let gain = gain([(key.labels, key.split, split)], &work)
        guard let worth = worth(kinds.place(kind, in: split), gain, key.departures(to: split)) else { continue }
        if worth > best?.worth ?? -.infinity { best = ([(kind, split)], worth) }
      }
    }
    return best?.step
  }

  /// The exchange of two atoms that helps the most for what it moves.
  private func bestExchange(_ kinds: AtomKinds, _ work: inout Int) -> Step? {
    var best: (step: Step, worth: Double)?
    for first in kinds.keys.indices where !kinds.atoms[first].isEmpty {
      for second in kinds.keys.indices.dropFirst(first + 1) where !kinds.atoms[second].isEmpty {
        let (a, b) = (kinds.keys[first], kinds.keys[second])
        guard a.split != b.split else { continue }
        guard work < Self.workLimit else { return best?.step }
        let gain = gain([(a.labels, a.split, b.split), (b.labels, b.split, a.split)], &work)
        let departures = a.departures(to: b.split) + b.departures(to: a.split)
        guard let worth = Self.worth(gain: gain, departures: departures) else { continue }
        if worth > best?.worth ?? 0 { best = ([(first, b.split), (second, a.split)], worth) }
      }
    }
    return best?.step
  }

  /// How much closer the splits are when samples of some classes go from one split to another.
  private func gain(_ moves: [(labels: [InseparableGroups.Count], from: Int, to: Int)], _ work: inout Int) -> Double {
    let splits = Set(moves.flatMap { [$0.from, $0.to] }).sorted()
    return splits.reduce(0) { sum, split in
      var more = Array(repeating: 0, count: counts[split].count)
      for move in moves where move.from == split || move.to == split {
        for part in move.labels { more[part.index] += move.to == split ? part.count : -part.count }
      }
      work += 2 * more.count
      return sum + violation(split) { _ in 0 } - violation(split) { more[$0] }
    }
  }
}

/// The atoms of an assignment, those that cannot be told apart together.
struct AtomKinds {
  /// What tells atoms apart: their split, their samples by class, their images by the split they came from.
  struct Key: Hashable {
    let split: Int
    let labels: [InseparableGroups.Count]
    let homes: [InseparableGroups.Count]

    /// Images that leave the split they came from when such an atom goes to a split; negative where more come back.
    func departures(to split: Int) -> Int { homeCount(self.split) - homeCount(split) }

    private func homeCount(_ split: Int) -> Int { homes.first { $0.index == split }?.count ?? 0 }
  }

  /// InseparableGroups of some classes and origins in some split.
  typealias Place = Key

  private var numberOf: [Key: Int] = [:]
  /// The kinds there are or were, in the order in which they appeared.
  private(set) var keys: [Key] = []
  /// The atoms of each kind: what came last goes first.
  private(set) var atoms: [[Int]] = []

  /// Sorts the atoms of an assignment; all have a split.
  init(_ assignment: GroupAssignment) {
    for atom in assignment.atoms.members.indices { add(atom, in: assignment) }
  }

  /// Adds an atom.
  mutating func add(_ atom: Int, in assignment: GroupAssignment) {
    let key = Key(
      split: assignment.splitOf[atom] ?? 0, labels: assignment.atoms.labelCounts[atom], homes: assignment.homes[atom])
    let number = numberOf[key] ?? keys.count
    if number == keys.count {
      numberOf[key] = number
      keys.append(key)
      atoms.append([])
    }
    atoms[number].append(atom)
  }

  /// Takes an atom of a kind away.
  mutating func take(_ kind: Int) -> Int { atoms[kind].removeLast() }

  /// Where atoms of a kind are, or would be in another split.
  func place(_ kind: Int, in split: Int? = nil) -> Place {
    let key = keys[kind]
    return Place(split: split ?? key.split, labels: key.labels, homes: key.homes)
  }
}
