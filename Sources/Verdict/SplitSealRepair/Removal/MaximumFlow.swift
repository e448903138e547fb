/// A network with capacities, and its maximum flow.
///
/// - Source: Dinic, Algorithm for solution of a problem of maximum flow in networks with power estimation, Soviet
///   Mathematics Doklady 11 (1970). The search for augmenting paths has its own stack: chains may be long.
struct MaximumFlow {
  /// Capacity of an arc that no cut of finite weight crosses.
  static let unlimited = Int.max / 4

  private var targets: [Int32] = []
  private var capacities: [Int] = []
  /// The arcs that leave each node, node by node; an arc and its reverse are neighbours, `arc ^ 1`.
  private var arcs: [Int32] = []
  /// Where in `arcs` those of each node begin, and an end.
  private var starts: [Int32] = []
  private let nodeCount: Int
  private let source: Int
  private let sink: Int
  private var levels: [Int32] = []
  /// Arcs that were looked at: what the work is measured by.
  private(set) var work = 0

  /// Makes a network without arcs.
  init(nodeCount: Int, source: Int, sink: Int) {
    self.nodeCount = nodeCount
    self.source = source
    self.sink = sink
  }

  /// Adds an arc of some capacity, 0 or more.
  mutating func addArc(from tail: Int, to head: Int, capacity: Int) {
    targets.append(Int32(head))
    capacities.append(capacity)
    targets.append(Int32(tail))
    capacities.append(0)
  }

  /// Sends as much as possible from the source to the sink.
  ///
  /// - Returns: The value of the flow, which is the weight of the least cut.
  /// - Complexity: O(*v*² *e*) for *v* nodes and *e* arcs, far less in practice.
  mutating func run() -> Int {
    sortArcs()
    var value = 0
    while findLevels() {
      var next = starts
      while true {
        let sent = augment(&next)
        guard sent > 0 else { break }
        value += sent
      }
    }
    return value
  }

  /// Puts the arcs of each node beside each other.
  private mutating func sortArcs() {
    starts = Array(repeating: 0, count: nodeCount + 1)
    // The tail of an arc is the head of its reverse.
    for arc in targets.indices { starts[Int(targets[arc ^ 1]) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var ends = starts
    arcs = Array(repeating: 0, count: targets.count)
    for arc in targets.indices {
      let tail = Int(targets[arc ^ 1])
      arcs[Int(ends[tail])] = Int32(arc)
      ends[tail] += 1
    }
  }

  /// Whether each node can be reached from the source by arcs that are not full, after ``run()``: the side of the source of
  /// the least cut that is nearest to it.
  var isReachable: [Bool] { levels.map { $0 >= 0 } }

  /// Numbers the nodes by their distance from the source.
  ///
  /// - Returns: Whether the sink is reached.
  private mutating func findLevels() -> Bool {
    levels = Array(repeating: -1, count: nodeCount)
    levels[source] = 0
    var queue = [Int32(source)]
    var position = 0
    while position < queue.count {
      let node = Int(queue[position])
      position += 1
      let range = Int(starts[node])..<Int(starts[node + 1])
      work += range.count
      for place in range {
        let arc = Int(arcs[place])
        let head = Int(targets[arc])
        guard capacities[arc] > 0, levels[head] < 0 else { continue }
        levels[head] = levels[node] + 1
        queue.append(Int32(head))
      }
    }
    return levels[sink] >= 0
  }

  /// Finds one path along rising levels and fills it.
  ///
  /// - Parameter next: For each node the first of its arcs that may still lead on.
  /// - Returns: What was sent; 0 where there is no path.
  private mutating func augment(_ next: inout [Int32]) -> Int {
    var path: [Int] = []
    var node = source
    while node != sink {
      guard next[node] < starts[node + 1] else {
        // A dead end: back, and never here again.
        guard let arc = path.popLast() else { return 0 }
        node = Int(targets[arc ^ 1])
        next[node] += 1
        continue
      }
      work += 1
      let arc = Int(arcs[Int(next[node])])
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
