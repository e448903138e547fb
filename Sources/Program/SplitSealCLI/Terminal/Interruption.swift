internal import ArgumentParser
internal import SplitSealBase
internal import Synchronization
internal import SplitSealSystem

/// Ctrl-C and SIGTERM, from the start of a command to its end.
///
/// The first signal cancels the command's task, which stops at its next check for cancellation. Work that has not stopped two
/// seconds later, because it never checks, is ended with the process; so is everything at a second signal. Either way the
/// partial files are removed and files that must not be half-written are finished first. A third signal kills the process as
/// the system does by default, in case a write hangs.
///
/// The signal handler only counts, because little else is safe there. A thread reads the count: a task could not, as all threads
/// that run tasks may be busy.
enum Interruption {
  private struct State {
    /// Cancels the work; `nil` while no command runs.
    var cancel: (@Sendable () -> Void)?
    /// Writes that are finished even when the process is about to end.
    var writeCount = 0
  }

  /// Signals since the command started.
  private static let signalCount = Atomic(0)
  private static let wasReported = Atomic(false)
  private static let state = Mutex(State())
  /// Microseconds between two reads of the count.
  private static let pause: UInt32 = 20_000
  /// Reads of the count from the first signal until the process is ended: two seconds.
  private static let patience = 100
  private static let watcher = SystemThread.start { watch() }

  /// Runs a whole command so that a signal cancels it.
  ///
  /// - Throws: What `operation` throws; `CancellationError` once a signal has come, whatever became of the command.
  static func cancelling<Result: Sendable>(_ operation: @escaping @Sendable () async throws -> Result) async throws
    -> Result
  {
    guard watcher else { throw SystemThread.tooFew }
    // Makes the global before the signal handler uses it.
    signalCount.store(0, ordering: .relaxed)
    install()
    let task = Task { try await operation() }
    state.withLock { $0.cancel = { task.cancel() } }
    defer { state.withLock { $0.cancel = nil } }
    let result = await task.result
    guard signalCount.load(ordering: .relaxed) == 0 else { throw CancellationError() }
    return try result.get()
  }

  /// Runs a part of a command that is meant to be ended by a signal; the command then goes on.
  ///
  /// - Throws: What `operation` throws when it ends by itself.
  static func awaiting(_ operation: @escaping @Sendable () async throws -> Void) async throws {
    try Task.checkCancellation()
    let task = Task { try await operation() }
    let outer = state.withLock { state in
      defer { state.cancel = { task.cancel() } }
      return state.cancel
    }
    let result = await task.result
    let wasRequested = state.withLock { state in
      // In one step, so that the signal which ended this part cannot reach the rest of the command.
      state.cancel = outer
      return signalCount.exchange(0, ordering: .relaxed) > 0
    }
    install()
    if case .failure(let error) = result, !(wasRequested && error is CancellationError) { throw error }
  }

  /// Runs a short write that is finished even after a second signal, because it would leave half a file behind.
  static func finishing<Result, Failure: Error>(_ write: () throws(Failure) -> Result) throws(Failure) -> Result {
    state.withLock { $0.writeCount += 1 }
    defer { state.withLock { $0.writeCount -= 1 } }
    return try write()
  }

  /// Says that the command was interrupted, once.
  static func report() {
    guard !wasReported.exchange(true, ordering: .relaxed) else { return }
    Console.note("splitseal: interrupted")
  }

  private static func watch() -> Never {
    var readCount = 0
    while true {
      usleep(pause)
      state.withLock { state in
        // Under the lock: see awaiting.
        let signals = signalCount.load(ordering: .relaxed)
        readCount = signals == 0 ? 0 : readCount + 1
        guard signals > 0 else { return }
        state.cancel?()
        guard signals > 1 || readCount > patience, state.writeCount == 0 else { return }
        PartialFiles.removeAll {
          report()
          // Not exit: the threads at work would find their globals destroyed.
          _exit(ExitCode.interrupted.rawValue)
        }
      }
    }
  }

  private static func install() {
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        let previous = Interruption.signalCount.wrappingAdd(1, ordering: .relaxed).oldValue
        if previous > 0 { _ = signal(number, SIG_DFL) }
      }
    }
  }
}
