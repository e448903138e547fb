internal import ArgumentParser
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
/// The signal handler only sets a flag, which is all that is safe there; a thread looks at it. It is not a task, as those may
/// all be at work. What has not ended two seconds after it was cancelled, because it lists folders or solves something and
/// looks at nothing else, ends with the process; so does everything at a second Ctrl-C.
enum Interruption {
  private static let wasRequested = Atomic(false)
  /// Cancels what is at work; `nil` while nothing is.
  private static let cancel = Mutex<(@Sendable () -> Void)?>(nil)
  /// Microseconds between two looks at the flag.
  private static let pause: UInt32 = 20_000
  /// Looks at the flag until a task that was cancelled ends with the process.
  private static let patience = 100
  private static let watcher = SystemThread.start { watch() }

  /// Runs `operation` so that Ctrl-C or a polite kill cancels it.
  ///
  /// - Throws: What `operation` throws, and `CancellationError` after an interruption.
  static func cancelling<Result: Sendable>(_ operation: @escaping @Sendable () async throws -> Result) async throws
    -> Result
  {
    guard watcher else { throw SystemThread.tooFew }
    for signal in [SIGINT, SIGTERM] { install(signal) }
    let result = try await run(operation)
    guard !wasRequested.load(ordering: .relaxed) else { throw CancellationError() }
    return result
  }

  /// Runs what goes on until Ctrl-C or a polite kill, which is how it is meant to end.
  ///
  /// - Throws: What `operation` throws when it ends by itself.
  static func awaiting(_ operation: @escaping @Sendable () async throws -> Void) async throws {
    guard watcher else { throw SystemThread.tooFew }
    for signal in [SIGINT, SIGTERM] { install(signal) }
    do {
      try await run(operation)
    } catch is CancellationError {}
    wasRequested.store(false, ordering: .relaxed)
  }

  private static func run<Result: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await operation() }
    cancel.withLock { $0 = { task.cancel() } }
    defer { cancel.withLock { $0 = nil } }
    return try await task.value
  }

  private static func watch() -> Never {
    var looks = 0
    while true {
      usleep(pause)
      guard wasRequested.load(ordering: .relaxed) else {
        looks = 0
        continue
      }
      looks += 1
      cancel.withLock { $0?() }
      guard looks > patience else { continue }
      Console.note("splitseal: interrupted")
      // Not exit: what is at work would find its globals gone.
      _exit(ExitCode.interrupted.rawValue)
    }
  }

  private static func install(_ number: Int32) {
    _ = signal(number) { number in
      Interruption.wasRequested.store(true, ordering: .relaxed)
      _ = signal(number, SIG_DFL)
    }
  }
}
