internal import Dispatch
internal import NIOHTTP1
internal import Synchronization

/// Works on pictures, a few at a time, on threads of their own: neither the connections nor decisions wait for a decoder.
final class PictureWorkers: Sendable {
  /// Requests that may wait; more are refused.
  static let mostWaiting = 64

  private struct State {
    var runningCount = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let workerCount: Int
  private let queue = DispatchQueue(label: "splitseal.pictures", attributes: .concurrent)
  private let state = Mutex(State())

  /// Prepares the workers: so many at once, 1 or more.
  init(workerCount: Int) { self.workerCount = max(1, workerCount) }

  /// Does a piece of work when its turn comes.
  ///
  /// - Throws: ``Refusal`` when too many wait already.
  func perform<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws(Refusal) -> Result {
    guard await enter() else { throw Refusal(status: .serviceUnavailable, message: "too many pictures at once") }
    defer { leave() }
    return await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }

  private func enter() async -> Bool {
    let isFree: Bool? = state.withLock { state in
      if state.runningCount < workerCount {
        state.runningCount += 1
        return true
      }
      return state.waiting.count < Self.mostWaiting ? false : nil
    }
    guard let isFree else { return false }
    guard !isFree else { return true }
    await withCheckedContinuation { continuation in
      let mayGoOn = state.withLock { state in
        // A worker may have become free in between.
        guard state.runningCount >= workerCount else {
          state.runningCount += 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if mayGoOn { continuation.resume() }
    }
    return true
  }

  private func leave() {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.runningCount -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
