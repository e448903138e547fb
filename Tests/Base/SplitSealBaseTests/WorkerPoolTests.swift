import Testing

@testable import SplitSealBase

/// Work on many indices by several workers.
@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 7]) func `every index is worked on once, whatever the number of workers`(workers: Int)
    async throws
  {
    var seen = Array(repeating: 0, count: 100)
    try await WorkerPool.forEachChunk(of: 100, chunkLength: 9, workers: Array(repeating: 0, count: workers)) {
      chunk, count in
      count += chunk.count
      return chunk.map { $0 * $0 }
    } receive: { chunk, squares in
      #expect(squares == chunk.map { $0 * $0 })
      for index in chunk { seen[index] += 1 }
    }
    #expect(seen.allSatisfy { $0 == 1 })
  }

  @Test func `results of a map stand in order`() async throws {
    let doubled = try await WorkerPool.map(count: 50, workerCount: 3, scratch: { 2 }) { $0 * $1 }
    #expect(doubled == (0..<50).map { $0 * 2 })
  }

  @Test func `a worker keeps its own state, and an error ends the work`() async {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await WorkerPool.forEachChunk(of: 10, chunkLength: 1, workers: [0]) { _, count in
        count += 1
        guard count < 4 else { throw Stop() }
        return count
      } receive: { chunk, count in
        #expect(count == chunk.lowerBound + 1)
      }
    }
  }

  @Test func `work that was cancelled ends`() async {
    let task = Task {
      try await WorkerPool.forEachChunk(of: 1_000_000, chunkLength: 1, workers: [0]) { _, _ in
      } receive: { chunk, _ in
        if chunk.lowerBound == 3 { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
