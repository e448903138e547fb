/// Finds the cheapest solution of a removal problem, or, where that takes too long, a cheap one.
///
/// Exact for problems of two sides, by maximum flow. For more sides the relaxation decides most units, and what it leaves
/// half removed is branched on: either a unit, or all units of a cell, go, or all that conflict with it.
struct RemovalSolver {
  /// Arcs that may be looked at before the search settles for what it has: some seconds.
  static let usualWorkLimit = 200_000_000

  /// Choices that may stand on each other.
  private static let deepestChoice = 200

  private let workLimit: Int
  private var work = 0
  private var depth = 0
  /// Whether all solutions so far are the cheapest that there are.
  private(set) var isExact = true

  /// Prepares a solver.
  ///
  /// - Parameter workLimit: Arcs that may be looked at; the same problem gives the same solution on every machine.
  init(workLimit: Int = Self.usualWorkLimit) { self.workLimit = workLimit }

  /// The units to remove, ascending.
  mutating func solution(of problem: RemovalProblem) -> [Int] {
    // Without a limit there always is one.
    solve(problem, units: Array(problem.weights.indices), below: Int.max / 2)?.sorted() ?? []
  }

  /// What no solution of a problem can cost less than, by the relaxation alone.
  ///
  /// - Complexity: A maximum flow for each part of the problem.
  static func lowerBound(of problem: RemovalProblem) -> Int {
    problem.parts(of: Array(problem.weights.indices)).reduce(0) {
      $0 + RemovalRelaxation($1.problem).lowerBound
    }
  }

  /// The cheapest removals among some units that cost less than a limit; `nil` where there are none.
  private mutating func solve(_ problem: RemovalProblem, units: [Int], below limit: Int) -> [Int]? {
    let parts = problem.parts(of: units)
    let relaxations = parts.map { RemovalRelaxation($0.problem) }
    work += relaxations.reduce(0) { $0 + $1.work }
    var bound = relaxations.reduce(0) { $0 + $1.lowerBound }
    guard bound < limit else { return nil }
    var removed: [Int] = []
    var cost = 0
    for (part, relaxation) in zip(parts, relaxations) {
      bound -= relaxation.lowerBound
      guard let found = solve(part.problem, relaxation, below: limit - cost - bound) else { return nil }
      cost += part.problem.cost(found)
      removed += found.map { part.units[$0] }
    }
    return removed
  }

  private mutating func solve(
    _ problem: RemovalProblem, _ relaxation: RemovalRelaxation, below limit: Int
  ) -> [Int]? {
    let units = problem.weights.indices
    var removed = units.filter { relaxation.doubledRemovals[$0] == 2 }
    var cost = problem.cost(removed)
    let kernels = problem.parts(of: units.filter { relaxation.doubledRemovals[$0] == 1 })
    // Of a kernel the relaxation removes one half of every unit.
    var bound = kernels.reduce(0) { $0 + Self.half(of: $1.problem) }
    guard cost + bound < limit else { return nil }
    for kernel in kernels {
      bound -= Self.half(of: kernel.problem)
      guard let found = branch(kernel.problem, below: limit - cost - bound) else { return nil }
      cost += kernel.problem.cost(found)
      removed += found.map { kernel.units[$0] }
    }
    return removed
  }

  private static func half(of problem: RemovalProblem) -> Int { (problem.cost(problem.weights.indices) + 1) / 2 }

  private mutating func branch(_ problem: RemovalProblem, below limit: Int) -> [Int]? {
    guard work < workLimit, depth < Self.deepestChoice else {
      isExact = false
      let found = Self.greedySolution(of: problem)
      return problem.cost(found) < limit ? found : nil
    }
    depth += 1
    defer { depth -= 1 }
    let all = Array(problem.weights.indices)
    let options = Self.choice(in: problem).sorted { problem.cost($0) < problem.cost($1) }
    var best: [Int]?
    var limit = limit
    for removed in options {
      let cost = problem.cost(removed)
      guard cost < limit else { continue }
      let gone = Set(removed)
      guard let rest = solve(problem, units: all.filter { !gone.contains($0) }, below: limit - cost) else { continue }
      best = removed + rest
      limit = cost + problem.cost(rest)
    }
    return best
  }

  /// Two sets one of which goes: a unit or all that conflicts with it, or a cell's units or all that conflicts with these.
  ///
  /// Of all such choices the one that removes the most; what conflicts twice counts twice.
  private static func choice(in problem: RemovalProblem) -> [[Int]] {
    let cellCosts = problem.unitsOf.map { problem.cost($0) }
    let rivalCosts = problem.conflicts.map { $0.reduce(0) { $0 + cellCosts[$1] } }
    let unitCosts = problem.weights.indices.map { unit in
      problem.cellsOf[unit].reduce(problem.weights[unit]) { $0 + rivalCosts[$1] }
    }
    let unit = unitCosts.indices.max { (unitCosts[$0], $1) < (unitCosts[$1], $0) } ?? 0
    let cells = problem.conflicts.indices.filter { problem.unitsOf[$0].count > 1 }
    let cell = cells.max { (cellCosts[$0] + rivalCosts[$0], $1) < (cellCosts[$1] + rivalCosts[$1], $0) }
    if let cell, cellCosts[cell] + rivalCosts[cell] > unitCosts[unit] {
      return [problem.unitsOf[cell], problem.rivals(ofCell: cell)]
    }
    return [[unit], Set(problem.cellsOf[unit].flatMap { problem.rivals(ofCell: $0) }).sorted()]
  }

  /// Keeps the dearest units, one after the other, that conflict with none that is kept.
  static func greedySolution(of problem: RemovalProblem) -> [Int] {
    var hasKept = Array(repeating: false, count: problem.conflicts.count)
    var removed: [Int] = []
    for unit in problem.weights.indices.sorted(by: { (problem.weights[$1], $0) < (problem.weights[$0], $1) }) {
      if problem.cellsOf[unit].contains(where: { cell in problem.conflicts[cell].contains { hasKept[$0] } }) {
        removed.append(unit)
      } else {
        for cell in problem.cellsOf[unit] { hasKept[cell] = true }
      }
    }
    return removed
  }
}
