@testable import SplitSealRepair
import SplitSealTestSupport

/// Small random problems, and their solutions by looking at every set.
struct RandomProblem {
  let problem: RemovalProblem

  /// Units on some sides; two of different sides conflict with some probability, each conflict between cells of its own
  /// or, now and then, between the cells of a group.
  init(seed: UInt64, unitCount: Int, sideCount: Int, density: Double, heaviest: Int) {
    var random = SplitMix64(seed: seed)
    func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    let sides = (0..<unitCount).map { _ in below(sideCount) }
    let weights = (0..<unitCount).map { _ in 1 + below(heaviest) }
    var cellsOf = Array(repeating: [Int](), count: unitCount)
    var conflicts: [[Int]] = []
    func cell(_ units: [Int]) -> Int {
      for unit in units { cellsOf[unit].append(conflicts.count) }
      conflicts.append([])
      return conflicts.count - 1
    }
    for a in 0..<unitCount {
      for b in 0..<a where sides[a] != sides[b] && Double(below(1000)) < 1000 * density {
        let (first, second) = (cell([a]), cell([b]))
        conflicts[first].append(second)
        conflicts[second].append(first)
      }
    }
    // A group: what each side has of it conflicts with what the others have.
    let members = (0..<unitCount).filter { _ in below(3) == 0 }
    let cells = Set(members.map { sides[$0] }).sorted().map { side in cell(members.filter { sides[$0] == side }) }
    for a in cells { for b in cells where a != b { conflicts[a].append(b) } }
    problem = RemovalProblem(weights: weights, sides: sides, cellsOf: cellsOf, conflicts: conflicts)
  }

  /// The least cost of all sets that leave no conflict, pair by pair.
  var leastCost: Int {
    let count = problem.weights.count
    var pairs: [(Int, Int)] = []
    for a in 0..<count {
      for b in 0..<a {
        let conflict = problem.cellsOf[a].contains { cell in
          problem.cellsOf[b].contains { problem.conflicts[cell].contains($0) }
        }
        if conflict { pairs.append((a, b)) }
      }
    }
    return (0..<(1 << count)).filter { set in
      pairs.allSatisfy { set >> $0.0 & 1 == 1 || set >> $0.1 & 1 == 1 }
    }.map { set in (0..<count).reduce(0) { $0 + (set >> $1 & 1) * problem.weights[$1] } }.min() ?? 0
  }
}
