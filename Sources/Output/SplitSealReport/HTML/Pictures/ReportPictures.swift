internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch
internal import SplitSealProbe

/// The pictures of a report, each once, and how those of a pair lie on each other.
public struct ReportPictures: Sendable {
  /// Where the pictures of samples are.
  var tiles: [Int: PictureTile] = [:]
  /// The files, JPEG each, with their sides.
  var sheets: [(jpeg: [UInt8], width: Int, height: Int)] = []
  /// By the rank of the pair.
  var warps: [Int: PairWarp] = [:]
  /// How large they are; `nil` where there are none.
  var scale: PictureScale?
  /// Pictures that could not be read any more.
  var unreadableCount = 0
  /// Pictures for which there was no room.
  var omittedCount = 0

  /// No pictures: the report says so.
  public static let none = ReportPictures()

  private init() {}

  /// Makes the pictures of a report.
  ///
  /// What is in memory at once are the pictures of some pairs and what was made of the others. The same input gives the same
  /// pictures, whatever `workerCount`.
  /// - Parameters:
  ///   - result: The audit.
  ///   - source: Where pictures come from.
  ///   - workerCount: Pictures in work at once, 1 or more.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*n*) for *n* pictures; each is decoded once, few twice.
  public init(_ result: AuditResult, from source: any ReportPictureSource, workerCount: Int) async throws {
    let shown = ShownPairs(result)
    let pairs = shown.pairs
    var samples: [Int] = []
    var isListed: Set<Int> = []
    for sample in pairs.flatMap({ [$0.evaluated, $0.other] }) + shown.otherSamples
    where isListed.insert(sample).inserted {
      samples.append(sample)
    }
    guard !samples.isEmpty else {
      scale = PictureScale.all[0]
      return
    }
    let step = max(1, samples.count / PictureScale.trialCount)
    let trial = stride(from: 0, to: samples.count, by: step).map { samples[$0] }
    let tried = try await WorkerPool.map(count: trial.count, workerCount: workerCount, scratch: {}) { index, _ in
      source.picture(of: trial[index], leastSide: PictureScale.all[0].side).map {
        Preview($0, longestSide: PictureScale.all[0].side)
      }
    }
    let scale = PictureScale.fitting(
      tried.compactMap(\.self), count: samples.count, byteCount: HTMLReport.pictureByteCount)
    self.scale = scale
    var press = PictureSheetBuilder(scale: scale, source: source, workerCount: workerCount)
    for batch in press.batches(of: pairs) { try await press.add(batch) }
    try await press.add([], alone: shown.otherSamples)
    try await press.finish()
    self = press.pictures
  }
}
