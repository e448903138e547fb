@testable import SplitSealRepair
import Testing

/// Flows whose values are known.
@Suite struct MaximumFlowTests {
  @Test func `the network of Cormen and others carries 23`() {
    // Introduction to Algorithms, third edition, figure 26.1 and 26.6: s, v1...v4, t.
    var flow = MaximumFlow(nodeCount: 6, source: 0, sink: 5)
    for (tail, head, capacity) in [
      (0, 1, 16), (0, 2, 13), (1, 3, 12), (2, 1, 4), (2, 4, 14), (3, 2, 9), (3, 5, 20), (4, 3, 7), (4, 5, 4),
    ] { flow.addArc(from: tail, to: head, capacity: capacity) }
    #expect(flow.run() == 23)
    // The least cut of the figure: s, v1, v2 and v4 against v3 and t.
    #expect(flow.isReachable == [true, true, true, false, true, false])
  }

  @Test func `what is not connected carries nothing`() {
    var flow = MaximumFlow(nodeCount: 4, source: 0, sink: 3)
    flow.addArc(from: 0, to: 1, capacity: 5)
    flow.addArc(from: 2, to: 3, capacity: 5)
    #expect(flow.run() == 0)
    #expect(flow.isReachable == [true, true, false, false])
  }

  @Test func `a long chain does not exhaust the stack`() {
    let count = 200_000
    var flow = MaximumFlow(nodeCount: count, source: 0, sink: count - 1)
    for node in 1..<count { flow.addArc(from: node - 1, to: node, capacity: 2) }
    #expect(flow.run() == 2)
  }
}
