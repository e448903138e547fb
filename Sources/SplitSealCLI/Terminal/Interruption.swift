internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Turns Ctrl-C into the cancellation of a task.
///
/// The signal handler only sets a flag, which is all that is safe there; a small task looks at it. A second Ctrl-C ends
/// the process at once.
enum Interruption {
  private static let wasRequested = Atomic(false)

  /// Runs `operation` so that Ctrl-C or a polite kill cancels it.
  ///
  /// - Throws: What `operation` throws, and `CancellationError` after an interruption.
  static func cancelling<Result: Sendable>(_ operation: @escaping @Sendable () async throws -> Result) async throws
    -> Result
  {
    for signal in [SIGINT, SIGTERM] { install(signal) }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        while !wasRequested.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(20)) }
        return nil
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() ?? nil else {
        group.cancelAll()
        throw CancellationError()
      }
      return result
    }
  }

  /// Runs what goes on until Ctrl-C or a polite kill, which is how it is meant to end.
  ///
  /// - Throws: What `operation` throws when it ends by itself.
  static func awaiting(_ operation: @escaping @Sendable () async throws -> Void) async throws {
    for signal in [SIGINT, SIGTERM] { install(signal) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await operation() }
      group.addTask {
        while !wasRequested.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(20)) }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static func install(_ number: Int32) {
    _ = signal(number) { number in
      Interruption.wasRequested.store(true, ordering: .relaxed)
      _ = signal(number, SIG_DFL)
    }
  }
}
