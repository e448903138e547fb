internal import SplitSealBase

/// Which units are to be removed so that no two conflicting ones are left: a weighted vertex cover.
///
/// Conflicts are kept between *cells*, not units: two units conflict when they are in conflicting cells. A group with a
/// thousand images in each of two splits is two cells with one conflict, and not a million edges.
struct RemovalProblem: Hashable, Sendable {
  /// What it costs to remove each unit, 1 or more.
  let weights: [Int]
  /// The side of each unit: units that conflict are of different sides.
  let sides: [Int]
  /// The cells of each unit; all units of a cell are of one side.
  let cellsOf: [[Int]]
  /// The cells that each cell conflicts with; symmetric.
  let conflicts: [[Int]]
  /// The units of each cell, ascending.
  let unitsOf: [[Int]]

  /// States a problem.
  init(weights: [Int], sides: [Int], cellsOf: [[Int]], conflicts: [[Int]]) {
    self.weights = weights
    self.sides = sides
    self.cellsOf = cellsOf
    self.conflicts = conflicts
    var unitsOf = Array(repeating: [Int](), count: conflicts.count)
    for (unit, cells) in cellsOf.enumerated() {
      for cell in cells { unitsOf[cell].append(unit) }
    }
    self.unitsOf = unitsOf
  }

  /// What it costs to remove some units.
  func cost(_ units: some Sequence<Int>) -> Int { units.reduce(0) { $0 + weights[$1] } }

  /// The units that conflict with a cell's, ascending, each once.
  func rivals(ofCell cell: Int) -> [Int] { Set(conflicts[cell].flatMap { unitsOf[$0] }).sorted() }

  /// Whether no two conflicting units are left when some are removed.
  func isSolved(removing removed: [Int]) -> Bool {
    var isRemoved = Array(repeating: false, count: weights.count)
    for unit in removed { isRemoved[unit] = true }
    let isAlive = unitsOf.map { units in units.contains { !isRemoved[$0] } }
    return conflicts.indices.allSatisfy { cell in !isAlive[cell] || !conflicts[cell].contains { isAlive[$0] } }
  }

  /// The same problem with other weights.
  func weighted(_ weights: [Int]) -> RemovalProblem {
    RemovalProblem(weights: weights, sides: sides, cellsOf: cellsOf, conflicts: conflicts)
  }
}

extension RemovalProblem {
  /// A problem of some of the units, with their indices in the whole one.
  struct Part {
    let problem: RemovalProblem
    /// The unit of the whole that each unit of the part is.
    let units: [Int]
  }

  /// The problem of some units alone; units and cells that conflict with nothing any more are left out.
  ///
  /// - Parameter units: Ascending.
  /// - Returns: The parts that have no conflict with each other, by their first units.
  func parts(of units: [Int]) -> [Part] {
    var isKept = Array(repeating: false, count: weights.count)
    for unit in units { isKept[unit] = true }
    var isAlive = Array(repeating: false, count: conflicts.count)
    for unit in units { for cell in cellsOf[unit] { isAlive[cell] = true } }
    let isInvolved = conflicts.indices.map { cell in isAlive[cell] && conflicts[cell].contains { isAlive[$0] } }
    // Cells and, behind them, units are joined.
    var numberOf = Array(repeating: -1, count: conflicts.count + weights.count)
    var members: [[Int]] = []
    for start in units where numberOf[conflicts.count + start] < 0 && cellsOf[start].contains(where: { isInvolved[$0] })
    {
      let number = members.count
      members.append([])
      var stack = [conflicts.count + start]
      numberOf[conflicts.count + start] = number
      while let node = stack.popLast() {
        let next: [Int]
        if node >= conflicts.count {
          members[number].append(node - conflicts.count)
          next = cellsOf[node - conflicts.count].filter { isInvolved[$0] }
        } else {
          next =
            conflicts[node].filter { isInvolved[$0] }
            + unitsOf[node].filter { isKept[$0] }.map { conflicts.count + $0 }
        }
        for other in next where numberOf[other] < 0 {
          numberOf[other] = number
          stack.append(other)
        }
      }
    }
    return members.map { part(of: $0.sorted(), isInvolved: isInvolved) }
  }

  private func part(of units: [Int], isInvolved: [Bool]) -> Part {
    var newCells: [Int: Int] = [:]
    var oldCells: [Int] = []
    let cells = units.map { unit in
      cellsOf[unit].filter { isInvolved[$0] }.map { cell in
        if let known = newCells[cell] { return known }
        newCells[cell] = oldCells.count
        oldCells.append(cell)
        return oldCells.count - 1
      }
    }
    let problem = RemovalProblem(
      weights: units.map { weights[$0] }, sides: units.map { sides[$0] }, cellsOf: cells,
      conflicts: oldCells.map { cell in conflicts[cell].compactMap { newCells[$0] } })
    return Part(problem: problem, units: units)
  }
}
