internal import Synchronization
internal import SplitSealSystem

/// Threads that the program starts itself, besides those that its tasks run on.
enum SystemThread {
  /// Threads beside one for each processor: for the system's queues, the cache and Ctrl-C.
  private static let spareCount = 4
  private static let gate = Mutex(())

  /// The error if the system allows too few threads.
  static let tooFew = CommandError(
    "the system does not allow this program enough threads", hint: "raise the limit of processes with ulimit -u")

  /// Makes sure that enough threads can be started: without them the program would wait for ever.
  ///
  /// - Throws: ``tooFew``.
  static func requireEnough() throws {
    let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + spareCount
    // All of them at once: each waits for the gate.
    let started = gate.withLock { _ in
      (0..<count).map { _ in start { gate.withLock { _ in } } }
    }
    guard started.allSatisfy(\.self) else { throw tooFew }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a detached thread.
  ///
  /// - Returns: `false` if the system allows no more threads.
  static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let context = unsafe Unmanaged.passRetained(Body(body))
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = unsafe pthread_create(
        &thread, &attributes,
        { context in
          unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
          return nil
        }, context.toOpaque())
    #else
      var thread = pthread_t()
      let status = unsafe pthread_create(
        &thread, &attributes,
        { context in
          if let context = unsafe context { unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
          return nil
        }, context.toOpaque())
    #endif
    if status != 0 { unsafe context.release() }
    return status == 0
  }
}
