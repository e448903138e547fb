import Synchronization
import Testing

@testable import SplitSealReview

/// Pictures are worked on a few at a time.
@Suite struct PictureWorkersTests {
  /// Work that is being done, and the most that ever was.
  private final class Counts: Sendable {
    let values = Mutex((now: 0, most: 0))
  }

  @Test func `no more are in work than there are workers, and each gets its own`() async throws {
    let counts = Counts()
    let workers = PictureWorkers(workerCount: 2)
    let found = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for sample in 0..<40 {
        group.addTask {
          let result = try await workers.perform {
            counts.values.withLock {
              $0.now += 1
              $0.most = max($0.most, $0.now)
            }
            var sum = sample
            for i in 0..<200_000 { sum = (sum &+ i) & 0xFFFF }
            counts.values.withLock { $0.now -= 1 }
            return sum >= 0 ? 2 * sample : 0
          }
          return (sample, result)
        }
      }
      var found: [Int: Int] = [:]
      for try await (sample, result) in group { found[sample] = result }
      return found
    }
    #expect(found.count == 40)
    for (sample, result) in found { #expect(result == 2 * sample) }
    #expect((1...2).contains(counts.values.withLock { $0.most }))
  }
}
