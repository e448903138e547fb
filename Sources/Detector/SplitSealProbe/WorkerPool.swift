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
