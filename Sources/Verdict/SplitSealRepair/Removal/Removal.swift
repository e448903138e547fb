internal import SplitSealManifest

/// The smallest set of images without which no conflict is left, and what it rests on.
struct Removal: Sendable {
  /// Indices of the graph's units, ascending.
  let units: [Int]
  /// No set of fewer images does, by the relaxation.
  let lowerBound: Int
  /// Whether the search for a smaller set was completed.
  let isSmallest: Bool
  /// Pairs of units that conflict and of which neither may be removed.
  let unsolved: [(Int, Int)]

  /// Finds the set.
  ///
  /// Of equally small ones that which takes the most from training, then from splits without a role, then from
  /// validation, so that published test sets stay what they are; where the classes' shares move too far, another one of
  /// the same size is looked for.
  init(_ graph: ConflictGraph, _ table: ImageTable, _ manifest: Manifest, target: SharesTarget, options: RepairOptions)
  {
    let mayGo = graph.units.map { unit in options.droppedSplits?.contains(unit.split) ?? true }
    let counts = graph.units.map(\.images.count)
    let whole = graph.problem(weights: counts)
    var isForced = Array(repeating: false, count: graph.units.count)
    var unsolved: [(Int, Int)] = []
    for cell in graph.conflicts.indices {
      guard let fixed = whole.unitsOf[cell].first(where: { !mayGo[$0] }) else { continue }
      for rival in whole.rivals(ofCell: cell) {
        if mayGo[rival] {
          isForced[rival] = true
        } else if fixed < rival {
          unsolved.append((fixed, rival))
        }
      }
    }
    let forced = counts.indices.filter { isForced[$0] }
    let free = counts.indices.filter { mayGo[$0] && !isForced[$0] }
    let parts = whole.parts(of: free)
    var solver = RemovalSolver(workLimit: options.workLimit)
    let price = graph.units.map { Self.preference(manifest.splits[$0.split].role) * $0.images.count }
    var solutions = parts.map { part in
      let weights = Self.weights(of: part, counts, secondary: part.units.map { price[$0] })
      return solver.solution(of: part.problem.weighted(weights)).map { part.units[$0] }
    }
    lowerBound = whole.cost(forced) + parts.reduce(0) { $0 + RemovalSolver.lowerBound(of: $1.problem) }
    let isExact = solver.isExact
    let balance = RemovalBalance(graph, table, manifest, target: target)
    balance.improve(&solutions, of: parts, forced: forced, solver: &solver)
    units = (forced + solutions.flatMap(\.self)).sorted()
    isSmallest = isExact || whole.cost(units) == lowerBound
    self.unsolved = unsolved
  }

  /// The weights with which the count of images comes first and another price, one a unit of the part, second.
  static func weights(of part: RemovalProblem.Part, _ counts: [Int], secondary: [Int]) -> [Int] {
    let all = secondary.reduce(1, +)
    return zip(part.units, secondary).map { counts[$0] * all + $1 }
  }

  /// What an image of a role is worth beside another one.
  private static func preference(_ role: SplitRole) -> Int {
    switch role {
    case .training: 0
    case .other: 1
    case .validation: 2
    case .test: 3
    }
  }
}
