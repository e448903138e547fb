import Synchronization
import Testing

@testable import SplitSealReview

/// Previews are made a few at a time.
@Suite struct PreviewWorkersTests {
  private struct Counts {
    var now = 0
    var most = 0
  }

  @Test func `no more are in work than there are workers, and each gets its own`() async throws {
    let counts = Mutex(Counts())
    let workers = PreviewWorkers(workerCount: 2) { sample, side in
      counts.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      var sum = 0
      for i in 0..<200_000 { sum = (sum &+ i) % 7 }
      counts.withLock { $0.now -= 1 }
      return sample == 13 ? nil : [UInt8(sample), UInt8(side), UInt8(sum & 0)]
    }
    let found = try await withThrowingTaskGroup(of: (Int, [UInt8]?).self) { group in
      for sample in 0..<40 { group.addTask { (sample, try await workers.jpeg(of: sample, longestSide: 16)) } }
      var found: [Int: [UInt8]?] = [:]
      for try await (sample, bytes) in group { found[sample] = .some(bytes) }
      return found
    }
    #expect(found.count == 40)
    for (sample, bytes) in found { #expect(bytes == (sample == 13 ? nil : [UInt8(sample), 16, 0])) }
    #expect((1...2).contains(counts.withLock(\.most)))
  }
}
