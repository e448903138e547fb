/// The linear relaxation of a removal problem: each unit is removed, kept, or half removed.
///
/// Its value bounds every solution from below. Of a problem with two sides nothing is ever half removed, and the bound is
/// the optimum; of others what is wholly removed or kept here is so in some optimum.
///
/// - Source: König's theorem by maximum flow for two sides; for more, the bipartite double cover of Nemhauser and Trotter,
///   Vertex packings: structural properties and algorithms, Mathematical Programming 8 (1975).
struct RemovalRelaxation {
  /// Twice the value: a whole number.
  let doubledValue: Int
  /// Twice how far each unit is removed: 0, 1 or 2.
  let doubledRemovals: [Int]
  /// What it took, in arcs looked at.
  let work: Int

  /// No solution costs less than this.
  var lowerBound: Int { (doubledValue + 1) / 2 }

  /// Solves the relaxation.
  init(_ problem: RemovalProblem) {
    let sides = Set(problem.sides).sorted()
    let isBipartite = sides.count <= 2
    let (unitCount, cellCount) = (problem.weights.count, problem.conflicts.count)
    // Every unit and cell has a left copy, behind those of the source, and a right copy, before that of the sink. With two
    // sides the first has left copies alone and the second right ones.
    func left(unit: Int) -> Int { 2 + unit }
    func right(unit: Int) -> Int { 2 + unitCount + unit }
    func left(cell: Int) -> Int { 2 + 2 * unitCount + cell }
    func right(cell: Int) -> Int { 2 + 2 * unitCount + cellCount + cell }
    func hasLeft(_ unit: Int) -> Bool { !isBipartite || problem.sides[unit] == sides.first }
    func hasRight(_ unit: Int) -> Bool { !isBipartite || problem.sides[unit] != sides.first }

    var flow = MaximumFlow(nodeCount: 2 + 2 * unitCount + 2 * cellCount, source: 0, sink: 1)
    for unit in 0..<unitCount {
      if hasLeft(unit) {
        flow.addArc(from: 0, to: left(unit: unit), capacity: problem.weights[unit])
        for cell in problem.cellsOf[unit] {
          flow.addArc(from: left(unit: unit), to: left(cell: cell), capacity: MaximumFlow.unlimited)
        }
      }
      if hasRight(unit) {
        flow.addArc(from: right(unit: unit), to: 1, capacity: problem.weights[unit])
        for cell in problem.cellsOf[unit] {
          flow.addArc(from: right(cell: cell), to: right(unit: unit), capacity: MaximumFlow.unlimited)
        }
      }
    }
    for (cell, others) in problem.conflicts.enumerated() {
      for other in others {
        flow.addArc(from: left(cell: cell), to: right(cell: other), capacity: MaximumFlow.unlimited)
      }
    }
    let value = flow.run()
    let isReachable = flow.isReachable
    doubledValue = isBipartite ? 2 * value : value
    doubledRemovals = (0..<unitCount).map { unit in
      let isCut =
        (hasLeft(unit) && !isReachable[left(unit: unit)] ? 1 : 0)
        + (hasRight(unit) && isReachable[right(unit: unit)] ? 1 : 0)
      return isBipartite ? 2 * isCut : isCut
    }
    // Building the network takes its time as well.
    work = flow.work + 20 * (unitCount + cellCount)
  }
}
