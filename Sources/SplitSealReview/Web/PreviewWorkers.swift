internal import Dispatch
internal import HTTPTypes
internal import Synchronization

/// Makes previews a few at a time, on threads of their own: neither the connections nor decisions wait for a decoder.
final class PreviewWorkers: Sendable {
  /// Previews that may wait; more are refused.
  static let mostWaiting = 64

  private struct State {
    var runningCount = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let workerCount: Int
  private let queue = DispatchQueue(label: "splitseal.previews", attributes: .concurrent)
  private let state = Mutex(State())
  private let make: @Sendable (Int, Int) -> [UInt8]?

  /// Prepares the workers.
  ///
  /// - Parameters:
  ///   - workerCount: Previews in work at once, 1 or more.
  ///   - make: Makes the JPEG of a sample with at most so many pixels on its longest side.
  init(workerCount: Int, make: @escaping @Sendable (_ sample: Int, _ longestSide: Int) -> [UInt8]?) {
    self.workerCount = max(1, workerCount)
    self.make = make
  }

  /// The preview of a sample as JPEG; `nil` where the file cannot be shown.
  ///
  /// - Throws: ``Refusal`` when too many wait already.
  func jpeg(of sample: Int, longestSide: Int) async throws(Refusal) -> [UInt8]? {
    guard await enter() else { throw Refusal(status: .serviceUnavailable, message: "too many pictures at once") }
    defer { leave() }
    return await withCheckedContinuation { continuation in
      queue.async { [make] in continuation.resume(returning: make(sample, longestSide)) }
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
