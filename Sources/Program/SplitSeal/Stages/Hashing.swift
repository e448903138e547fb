internal import SplitSealBase
internal import SplitSealImage
internal import SplitSealManifest
internal import Synchronization

extension AuditPipeline {
  /// Reads the files of samples once and makes something of their bytes.
  ///
  /// What is in memory at once is one file a worker.
  ///
  /// - Parameters:
  ///   - manifest: Whose samples are read.
  ///   - range: Which of them; all where absent.
  ///   - whole: The range that this one is a part of, for progress.
  ///   - makeScratch: Makes what one worker keeps between files.
  ///   - known: The result for a file that need not be read, by its sample and stamp; `nil` to have it read.
  ///   - body: Turns the bytes of a file with its stamp, or why there are none, into a result.
  /// - Returns: One result a sample, in manifest order.
  /// - Throws: `DatasetFileFault` when the root cannot be opened, or no more files can be; `CancellationError` when the task
  ///   is cancelled.
  func forEachFile<Scratch, Result: Sendable>(
    of manifest: Manifest, _ range: Range<Int>? = nil, within whole: Range<Int>? = nil,
    scratch makeScratch: @escaping @Sendable () -> Scratch,
    known: (@Sendable (Int, FileStamp) -> Result?)? = nil,
    _ body: @escaping @Sendable (inout Scratch, Int, Swift.Result<FileBytes, DatasetFileFault>) -> Result
  ) async throws -> [Result] {
    let samples = manifest.samples
    let directory = try DatasetDirectory(manifest.root, allowsLinks: configuration.allowsLinks)
    let limit = configuration.limits.maximumByteCount
    // Two chunks a worker stay far below the open files that a system allows a process.
    let readsAhead = configuration.workerCount <= 16
    return try await forEachSample(of: range ?? samples.indices, within: whole, .hashing) {
      FileWorker(reader: DatasetReader(directory), scratch: makeScratch())
    } ahead: { worker, index -> Pending<Result> in
      let path = samples[index].path
      if let known, let stamp = worker.reader.stamp(of: path), let result = known(index, stamp) {
        return .known(result)
      }
      guard readsAhead else { return .closed }
      do throws(DatasetFileFault) {
        let file = try worker.reader.open(path)
        file.readAhead()
        return .open(file)
      } catch {
        // Opened when its turn comes: by then others are closed.
        return error == .tooManyOpenFiles ? .closed : .fault(error)
      }
    } _: { worker, index, pending in
      do throws(DatasetFileFault) {
        let file: DatasetFile
        switch pending {
        case .known(let result): return result
        case .fault(let fault): throw fault
        case .open(let open): file = open
        case .closed: file = try worker.reader.open(samples[index].path)
        }
        let stamp = try file.read(into: &worker.buffer, maximumByteCount: limit)
        return body(&worker.scratch, index, .success(FileBytes(bytes: worker.buffer, stamp: stamp)))
      } catch {
        // Which images these are would be different in each run.
        guard error != .tooManyOpenFiles else { throw error }
        return body(&worker.scratch, index, .failure(error))
      }
    }
  }

  /// Makes something of each of some samples.
  ///
  /// The workers take chunks of samples from a shared counter. Results stand in manifest order whoever made them.
  ///
  /// - Parameters:
  ///   - range: The samples.
  ///   - whole: The range that this one is a part of, for progress.
  ///   - phase: What is being done.
  ///   - makeWorker: Makes what one worker keeps between samples.
  ///   - ahead: Begins with a sample while the worker still has a chunk of others before it.
  ///   - body: Makes the result of a sample from what was begun.
  /// - Returns: One result a sample, in order.
  /// - Throws: What `body` throws, and `CancellationError` when the task is cancelled.
  func forEachSample<Worker: ~Copyable, Begun, Result: Sendable>(
    of range: Range<Int>, within whole: Range<Int>? = nil, _ phase: AuditProgress.Phase,
    makeWorker: @escaping @Sendable () -> Worker,
    ahead: @escaping @Sendable (inout Worker, Int) -> Begun,
    _ body: @escaping @Sendable (inout Worker, Int, Begun) throws -> Result
  ) async throws -> [Result] {
    let queue = SampleQueue(range)
    let (doneBefore, totalCount) = (range.lowerBound - (whole ?? range).lowerBound, (whole ?? range).count)
    report(phase, doneBefore, totalCount)
    let parts = try await withThrowingTaskGroup(of: [(Int, [Result])].self) { group in
      for _ in 0..<max(1, configuration.workerCount) {
        group.addTask {
          var worker = makeWorker()
          var mine: [(Int, [Result])] = []
          func begin(_ chunk: Range<Int>, _ worker: inout Worker) -> (chunk: Range<Int>, begun: [Begun]) {
            (chunk, chunk.map { ahead(&worker, $0) })
          }
          var next = queue.take().map { begin($0, &worker) }
          while let (chunk, begun) = next {
            next = queue.take().map { begin($0, &worker) }
            var results: [Result] = []
            results.reserveCapacity(chunk.count)
            for (index, begun) in zip(chunk, begun) {
              try Task.checkCancellation()
              results.append(try body(&worker, index, begun))
            }
            mine.append((chunk.lowerBound, results))
            report(phase, doneBefore + queue.complete(chunk.count), totalCount)
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

/// A file whose turn comes soon.
private enum Pending<Result> {
  /// What is known of it needs no reading.
  case known(Result)
  case open(DatasetFile)
  case closed
  case fault(DatasetFileFault)
}

/// A file that was read.
struct FileBytes {
  let bytes: [UInt8]
  let stamp: FileStamp
}

/// What one worker keeps between files.
private struct FileWorker<Scratch>: ~Copyable {
  var reader: DatasetReader
  var buffer: [UInt8] = []
  var scratch: Scratch

  init(reader: consuming DatasetReader, scratch: Scratch) {
    self.reader = reader
    self.scratch = scratch
  }
}

/// Hands out the samples to the workers, chunk by chunk.
private final class SampleQueue: Sendable {
  /// Samples that a worker takes at a time: few enough to share the work evenly, enough that taking them costs nothing.
  private static let chunkLength = 8

  private let end: Int
  private let next: Mutex<Int>
  private let completed = Mutex(0)

  init(_ range: Range<Int>) {
    end = range.upperBound
    next = Mutex(range.lowerBound)
  }

  /// The next samples to work on; `nil` when there are none left.
  func take() -> Range<Int>? {
    next.withLock { next in
      guard next < end else { return nil }
      defer { next = min(next + Self.chunkLength, end) }
      return next..<min(next + Self.chunkLength, end)
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
    case .tooManyOpenFiles: .unreadable(reason: description)
    case .unreadable(let reason): .unreadable(reason: reason)
    }
  }
}
