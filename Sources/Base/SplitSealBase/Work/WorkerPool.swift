internal import Synchronization

/// Several workers on one row of tasks.
package enum WorkerPool {
  /// Makes something of every index, several at a time.
  ///
  /// - Parameters:
  ///   - count: Indices, 0..<`count`.
  ///   - workerCount: Workers, 1 or more.
  ///   - makeScratch: Makes what one worker keeps between indices.
  ///   - progress: Called after each index, from any task, with how many are done.
  ///   - body: Makes one result.
  /// - Returns: The results in order, whoever made them.
  /// - Throws: `CancellationError` when the task is cancelled.
  package static func map<Scratch, Result: Sendable>(
    count: Int, workerCount: Int, scratch makeScratch: @escaping @Sendable () -> Scratch,
    progress: @escaping @Sendable (Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Int, inout Scratch) -> Result
  ) async throws -> [Result] {
    let (next, done) = (Counter(), Counter())
    let parts = try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
      for _ in 0..<max(1, workerCount) {
        group.addTask {
          var scratch = makeScratch()
          var mine: [(Int, Result)] = []
          while true {
            let index = next.increment() - 1
            guard index < count else { return mine }
            try Task.checkCancellation()
            mine.append((index, body(index, &scratch)))
            progress(done.increment())
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return parts.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension WorkerPool {
  /// Works on chunks of `0..<count`, several at a time, and hands each chunk's result over as it comes.
  ///
  /// What is in flight is bounded: a worker's result is received before it takes another chunk, so that at most one
  /// chunk a worker waits. Results come in no particular order.
  ///
  /// - Parameters:
  ///   - count: Indices, 0..<`count`.
  ///   - chunkLength: Indices of one chunk, 1 or more.
  ///   - workers: What each worker keeps from chunk to chunk; their number is that of the workers.
  ///   - work: Makes the result of a chunk.
  ///   - receive: Takes a chunk's result, one call at a time, on the caller's task.
  /// - Throws: What `work` and `receive` throw, and `CancellationError` when the task is cancelled.
  package static func forEachChunk<Worker: Sendable, Result: Sendable>(
    of count: Int, chunkLength: Int, workers: [Worker],
    work: @escaping @Sendable (Range<Int>, inout Worker) throws -> Result,
    receive: (Range<Int>, Result) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Range<Int>, Result, Worker).self) { group in
      var next = 0
      func start(_ worker: Worker) {
        guard next < count else { return }
        let chunk = next..<min(next + chunkLength, count)
        next = chunk.upperBound
        group.addTask {
          try Task.checkCancellation()
          var worker = worker
          let result = try work(chunk, &worker)
          return (chunk, result, worker)
        }
      }
      for worker in workers { start(worker) }
      for try await (chunk, result, worker) in group {
        try receive(chunk, result)
        start(worker)
      }
    }
  }
}

/// A number that several workers count up.
private final class Counter: Sendable {
  private let value = Mutex(0)

  /// Adds one.
  ///
  /// - Returns: The number after that.
  func increment() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}
