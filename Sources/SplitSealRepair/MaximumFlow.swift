/// A network with capacities, and its maximum flow.
///
/// - Source: Dinic, Algorithm for solution of a problem of maximum flow in networks with power estimation, Soviet
///   Mathematics Doklady 11 (1970). The search for augmenting paths has its own stack: chains may be long.
struct MaximumFlow {
  /// Capacity of an arc that no cut of finite weight crosses.
  static let unlimited = Int.max / 4

  private var targets: [Int32] = []
  private var capacities: [Int] = []
  /// The arcs that leave each node; an arc and its reverse are neighbours, `arc ^ 1`.
  private var arcs: [[Int32]]
  private let source: Int
  private let sink: Int
  private var levels: [Int32] = []
  /// Arcs that were looked at: what the work is measured by.
  private(set) var work = 0

  /// Makes a network without arcs.
  init(nodeCount: Int, source: Int, sink: Int) {
    arcs = Array(repeating: [], count: nodeCount)
    self.source = source
    self.sink = sink
  }

  /// Adds an arc of some capacity, 0 or more.
  mutating func addArc(from tail: Int, to head: Int, capacity: Int) {
    arcs[tail].append(Int32(targets.count))
    targets.append(Int32(head))
    capacities.append(capacity)
    arcs[head].append(Int32(targets.count))
    targets.append(Int32(tail))
    capacities.append(0)
  }

  /// Sends as much as possible from the source to the sink.
  ///
  /// - Returns: The value of the flow, which is the weight of the least cut.
  /// - Complexity: O(*v*² *e*) for *v* nodes and *e* arcs, far less in practice.
  mutating func run() -> Int {
    var value = 0
    while findLevels() {
      var next = Array(repeating: 0, count: arcs.count)
      while true {
        let sent = augment(&next)
        guard sent > 0 else { break }
        value += sent
      }
    }
    return value
  }

  /// Whether each node can be reached from the source by arcs that are not full, after ``run()``: the side of the source of
  /// the least cut that is nearest to it.
  var isReachable: [Bool] { levels.map { $0 >= 0 } }

  /// Numbers the nodes by their distance from the source.
  ///
  /// - Returns: Whether the sink is reached.
  private mutating func findLevels() -> Bool {
    levels = Array(repeating: -1, count: arcs.count)
    levels[source] = 0
    var queue = [source]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      work += arcs[node].count
      for arc in arcs[node] where capacities[Int(arc)] > 0 && levels[Int(targets[Int(arc)])] < 0 {
        levels[Int(targets[Int(arc)])] = levels[node] + 1
        queue.append(Int(targets[Int(arc)]))
      }
    }
    return levels[sink] >= 0
  }

  /// Finds one path along rising levels and fills it.
  ///
  /// - Parameter next: For each node the first of its arcs that may still lead on.
  /// - Returns: What was sent; 0 where there is no path.
  private mutating func augment(_ next: inout [Int]) -> Int {
    var path: [Int] = []
    var node = source
    while node != sink {
      guard next[node] < arcs[node].count else {
        // A dead end: back, and never here again.
        guard let arc = path.popLast() else { return 0 }
        node = Int(targets[arc ^ 1])
        next[node] += 1
        continue
      }
      work += 1
      let arc = Int(arcs[node][next[node]])
      let head = Int(targets[arc])
      if capacities[arc] > 0, levels[head] == levels[node] + 1 {
        path.append(arc)
        node = head
      } else {
        next[node] += 1
      }
    }
    let sent = path.reduce(Self.unlimited) { min($0, capacities[$1]) }
    for arc in path {
      capacities[arc] -= sent
      capacities[arc ^ 1] += sent
    }
    return sent
  }
}
