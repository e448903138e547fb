internal import SplitSealImage
internal import SplitSealManifest
internal import Synchronization

extension AuditPipeline {
  /// Reads every sample's file once and makes something of its bytes.
  ///
  /// The workers take chunks of samples from a shared counter; what is in memory at once is one file a worker. Results
  /// stand in manifest order whoever made them.
  ///
  /// - Parameters:
  ///   - manifest: Whose samples are read.
  ///   - makeScratch: Makes what one worker keeps between files.
  ///   - known: The result for a file that need not be read, by its sample and stamp; `nil` to have it read.
  ///   - body: Turns the bytes of a file with its stamp, or why there are none, into a result.
  /// - Returns: One result a sample, in manifest order.
  /// - Throws: `DatasetFileFault` when the root cannot be opened, `CancellationError` when the task is cancelled.
  func forEachFile<Scratch, Result: Sendable>(
    of manifest: Manifest, scratch makeScratch: @escaping @Sendable () -> Scratch,
    known: (@Sendable (Int, FileStamp) -> Result?)? = nil,
    _ body: @escaping @Sendable (inout Scratch, Int, Swift.Result<FileBytes, DatasetFileFault>) -> Result
  ) async throws -> [Result] {
    let samples = manifest.samples
    let directory = try DatasetDirectory(manifest.root, allowsLinks: configuration.allowsLinks)
    let limit = configuration.limits.maximumByteCount
    let queue = SampleQueue(count: samples.count)
    // Two chunks a worker stay far below the open files that a system allows a process.
    let readsAhead = configuration.workerCount <= 16
    report(.hashing, 0, samples.count)
    let parts = try await withThrowingTaskGroup(of: [(Int, [Result])].self) { group in
      for _ in 0..<max(1, configuration.workerCount) {
        group.addTask {
          var scratch = makeScratch()
          var reader = DatasetReader(directory)
          var buffer: [UInt8] = []
          var mine: [(Int, [Result])] = []
          /// Opens a chunk's files, so that the system reads them while the chunk before is worked on.
          func open(_ chunk: Range<Int>) -> [Pending<Result>] {
            chunk.map { index in
              let path = samples[index].path
              if let known, let stamp = reader.stamp(of: path), let result = known(index, stamp) {
                return .known(result)
              }
              guard readsAhead else { return .closed }
              do throws(DatasetFileFault) {
                let file = try reader.open(path)
                file.readAhead()
                return .file(file)
              } catch {
                return .fault(error)
              }
            }
          }
          var ahead = queue.take().map { ($0, open($0)) }
          while let (chunk, pending) = ahead {
            ahead = queue.take().map { ($0, open($0)) }
            var results: [Result] = []
            results.reserveCapacity(chunk.count)
            for (index, entry) in zip(chunk, pending) {
              try Task.checkCancellation()
              switch entry {
              case .known(let result):
                results.append(result)
              case .fault(let fault):
                results.append(body(&scratch, index, .failure(fault)))
              case .file, .closed:
                do throws(DatasetFileFault) {
                  let file = if case .file(let file) = entry { file } else { try reader.open(samples[index].path) }
                  let stamp = try file.read(into: &buffer, maximumByteCount: limit)
                  results.append(body(&scratch, index, .success(FileBytes(bytes: buffer, stamp: stamp))))
                } catch {
                  results.append(body(&scratch, index, .failure(error)))
                }
              }
            }
            mine.append((chunk.lowerBound, results))
            report(.hashing, queue.complete(chunk.count), samples.count)
          }
          return mine
        }
      }
      var parts: [(Int, [Result])] = []
      for try await part in group { parts += part }
      return parts
    }
    return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }
}

/// A sample whose turn comes soon.
private enum Pending<Result> {
  /// What is known of it needs no reading.
  case known(Result)
  case file(DatasetFile)
  case closed
  case fault(DatasetFileFault)
}

/// A file that was read.
struct FileBytes {
  let bytes: [UInt8]
  let stamp: FileStamp
}

/// Hands out the samples to the workers, chunk by chunk.
private final class SampleQueue: Sendable {
  /// Samples that a worker takes at a time: few enough to share the work evenly, enough that taking them costs nothing.
  private static let chunkLength = 8

  private let count: Int
  private let next = Mutex(0)
  private let completed = Mutex(0)

  init(count: Int) { self.count = count }

  /// The next samples to work on; `nil` when there are none left.
  func take() -> Range<Int>? {
    next.withLock { next in
      guard next < count else { return nil }
      defer { next = min(next + Self.chunkLength, count) }
      return next..<min(next + Self.chunkLength, count)
    }
  }

  /// Notes that samples are done.
  ///
  /// - Returns: The samples that are done by now.
  func complete(_ number: Int) -> Int {
    completed.withLock { completed in
      completed += number
      return completed
    }
  }
}

extension DatasetFileFault {
  /// The image fault that says the same.
  func imageFault(limit: Int) -> ImageFault {
    switch self {
    case .missing: .missing
    case .notAFile: .notAFile
    case .leavesRoot(let target): .unreadable(reason: "a link leads out of the dataset to \(printable(target))")
    case .link: .unreadable(reason: "it is a link, or stands behind one")
    case .tooLarge(let byteCount): .tooManyBytes(count: byteCount, limit: limit)
    case .unreadable(let reason): .unreadable(reason: reason)
    }
  }
}
