extension AtomAssignment {
  /// Looks at atoms and splits before restoring is given up.
  private static let workLimit = 50_000_000

  /// Moves atoms until no split is further off its counts than it may be, or nothing helps.
  ///
  /// Each step takes the move, or where none helps the exchange of two atoms, that brings the splits the closest for each
  /// image that leaves the split it came from. Atoms that cannot be told apart by their classes and origins are looked at
  /// once. A heuristic: it may stop at counts that another way would have met.
  mutating func restore() {
    var kinds = Kinds(self)
    var work = 0
    while violation > 0, work < Self.workLimit {
      guard let step = bestMove(&kinds, &work) ?? bestExchange(&kinds, &work) else { return }
      for (kind, split) in step {
        let atom = kinds.take(kind)
        put(atom, into: split)
        kinds.add(atom, in: self)
      }
    }
  }

  /// Atoms of equal classes, origins and split.
  private struct Kinds {
    struct Key: Hashable {
      let split: Int
      let labels: [Atoms.Count]
      let homes: [Atoms.Count]
    }

    private var numberOf: [Key: Int] = [:]
    private(set) var keys: [Key] = []
    /// The atoms of each kind: what came last goes first.
    private(set) var atoms: [[Int]] = []

    init(_ assignment: AtomAssignment) {
      for atom in assignment.atoms.members.indices { add(atom, in: assignment) }
    }

    mutating func add(_ atom: Int, in assignment: AtomAssignment) {
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

    mutating func take(_ kind: Int) -> Int { atoms[kind].removeLast() }
  }

  private typealias Step = [(kind: Int, split: Int)]

  /// Images that leave the split they came from when an atom of a kind goes to a split.
  private func departures(_ key: Kinds.Key, to split: Int) -> Int {
    let here = key.homes.first { $0.index == key.split }?.count ?? 0
    return here - (key.homes.first { $0.index == split }?.count ?? 0)
  }

  private func bestMove(_ kinds: inout Kinds, _ work: inout Int) -> Step? {
    var best: (step: Step, worth: Double)?
    for kind in kinds.keys.indices where !kinds.atoms[kind].isEmpty {
      let key = kinds.keys[kind]
      for split in counts.indices where split != key.split {
        work += key.labels.count
        let gain = -change([(key.labels, key.split, split)])
        let worth = gain / (Double(max(0, departures(key, to: split))) + 0.001)
        if gain > 1e-9, worth > best?.worth ?? 0 { best = ([(kind, split)], worth) }
      }
    }
    return best?.step
  }

  private func bestExchange(_ kinds: inout Kinds, _ work: inout Int) -> Step? {
    var best: (step: Step, worth: Double)?
    for first in kinds.keys.indices where !kinds.atoms[first].isEmpty {
      for second in kinds.keys.indices.dropFirst(first + 1) where !kinds.atoms[second].isEmpty {
        guard work < Self.workLimit else { return best?.step }
        let (a, b) = (kinds.keys[first], kinds.keys[second])
        guard a.split != b.split else { continue }
        work += a.labels.count + b.labels.count
        let gain = -change([(a.labels, a.split, b.split), (b.labels, b.split, a.split)])
        let count = max(0, departures(a, to: b.split) + departures(b, to: a.split))
        let worth = gain / (Double(count) + 0.001)
        if gain > 1e-9, worth > best?.worth ?? 0 { best = ([(first, b.split), (second, a.split)], worth) }
      }
    }
    return best?.step
  }

  /// How the violation changes when samples of some classes go from one split to another.
  private func change(_ moves: [(labels: [Atoms.Count], from: Int, to: Int)]) -> Double {
    // What changes, by split and class; -1 stands for all classes.
    var deltas: [Place: Int] = [:]
    for move in moves {
      for part in move.labels {
        deltas[Place(split: move.from, label: part.index), default: 0] -= part.count
        deltas[Place(split: move.to, label: part.index), default: 0] += part.count
        deltas[Place(split: move.from, label: -1), default: 0] -= part.count
        deltas[Place(split: move.to, label: -1), default: 0] += part.count
      }
    }
    // In order, so that sums of decimals are the same in every run.
    return deltas.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
      let (place, delta) = entry
      let (count, wanted) =
        place.label < 0
        ? (counts[place.split].reduce(0, +), target[place.split].reduce(0, +))
        : (counts[place.split][place.label], target[place.split][place.label])
      return sum + off(Double(count + delta), wanted, place.split) - off(Double(count), wanted, place.split)
    }
  }

  private struct Place: Hashable, Comparable {
    let split: Int
    let label: Int

    static func < (a: Place, b: Place) -> Bool { (a.split, a.label) < (b.split, b.label) }
  }
}
