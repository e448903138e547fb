@testable import SplitSealRepair
import SplitSealTestSupport
import Testing

/// The smallest removal, against the enumeration of all sets.
@Suite struct RemovalSolverTests {
  @Test(arguments: [2, 3, 4]) func `the cheapest of all sets is found`(sideCount: Int) {
    for seed in 0..<200 {
      let random = RandomProblem(
        seed: UInt64(seed * 31 + sideCount), unitCount: 2 + seed % 7, sideCount: sideCount,
        density: [0.1, 0.3, 0.6][seed % 3], heaviest: [1, 4][seed % 2])
      var solver = RemovalSolver()
      let removed = solver.solution(of: random.problem)
      #expect(random.problem.isSolved(removing: removed))
      #expect(removed == Set(removed).sorted())
      #expect(random.problem.cost(removed) == random.leastCost, "seed \(seed)")
      #expect(solver.isExact)
    }
  }

  @Test func `the relaxation bounds from below, and is exact for two sides`() {
    for seed in 0..<60 {
      let two = RandomProblem(seed: UInt64(seed), unitCount: 8, sideCount: 2, density: 0.3, heaviest: 3)
      #expect(RemovalSolver.lowerBound(of: two.problem) == two.leastCost)
      let three = RandomProblem(seed: UInt64(seed), unitCount: 8, sideCount: 3, density: 0.3, heaviest: 3)
      #expect(RemovalSolver.lowerBound(of: three.problem) <= three.leastCost)
    }
  }

  @Test func `of a picture in three splits two go, and the bound says so`() {
    // A triangle: the relaxation removes half of each, 1.5, and a whole number of images is 2.
    let problem = RemovalProblem(
      weights: [1, 1, 1], sides: [0, 1, 2], cellsOf: [[0], [1], [2]], conflicts: [[1, 2], [0, 2], [0, 1]])
    var solver = RemovalSolver()
    #expect(solver.solution(of: problem).count == 2)
    #expect(RemovalSolver.lowerBound(of: problem) == 2)
  }

  @Test func `without time a removal is found that may not be the smallest, and that is said`() {
    // Five triangles in a ring: no two-coloured part.
    var conflicts = Array(repeating: [Int](), count: 15)
    for triangle in 0..<5 {
      let nodes = (0..<3).map { triangle * 3 + $0 }
      for a in nodes { conflicts[a] += nodes.filter { $0 != a } }
      let next = (triangle * 3 + 4) % 15
      conflicts[triangle * 3 + 2].append(next)
      conflicts[next].append(triangle * 3 + 2)
    }
    let problem = RemovalProblem(
      weights: Array(repeating: 1, count: 15), sides: (0..<15).map { $0 % 3 }, cellsOf: (0..<15).map { [$0] },
      conflicts: conflicts)
    var solver = RemovalSolver(workLimit: 0)
    let removed = solver.solution(of: problem)
    #expect(problem.isSolved(removing: removed))
    #expect(!solver.isExact)
    #expect(RemovalSolver.lowerBound(of: problem) == 8)
    var patient = RemovalSolver()
    #expect(patient.solution(of: problem).count == 10)
  }

  @Test func `a group of many images is two cells, not a product`() {
    // 5,000 images on each side, each with a match of its own as well, so that they are no twins.
    let count = 5_000
    let units = 0..<(2 * count)
    let problem = RemovalProblem(
      weights: units.map { _ in 1 }, sides: units.map { $0 / count },
      cellsOf: units.map { [2 + $0, $0 / count] },
      conflicts: [[1], [0]] + units.map { [2 + ($0 + count) % (2 * count)] })
    var solver = RemovalSolver()
    #expect(solver.solution(of: problem).count == count)
  }

  @Test func `parts have no conflict with each other and hold every conflict`() {
    for seed in 0..<50 {
      let problem = RandomProblem(seed: UInt64(seed), unitCount: 12, sideCount: 3, density: 0.1, heaviest: 1).problem
      let parts = problem.parts(of: Array(0..<12))
      var partOf = Array(repeating: -1, count: 12)
      for (number, part) in parts.enumerated() { for unit in part.units { partOf[unit] = number } }
      for unit in 0..<12 {
        let rivals = problem.cellsOf[unit].flatMap { problem.rivals(ofCell: $0) }
        #expect(rivals.allSatisfy { partOf[$0] == partOf[unit] })
        #expect(rivals.isEmpty == (partOf[unit] < 0))
      }
    }
  }
}
