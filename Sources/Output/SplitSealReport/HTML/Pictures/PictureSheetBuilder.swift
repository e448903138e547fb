internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch
internal import SplitSealProbe

/// Makes the pictures of a report, some pairs at a time.
struct PictureSheetBuilder {
  /// Pictures that are decoded before their sheets are written.
  private static let batchLength = 128

  private(set) var pictures = ReportPictures.none
  private let scale: PictureScale
  private let source: any ReportPictureSource
  private let workerCount: Int
  private var packer = SheetPacker()
  private var byteCount = 0

  init(scale: PictureScale, source: any ReportPictureSource, workerCount: Int) {
    (self.scale, self.source, self.workerCount) = (scale, source, workerCount)
    pictures.scale = scale
  }

  /// The pairs in parts whose pictures are in memory together.
  func batches(of pairs: [ShownPair]) -> [[ShownPair]] {
    stride(from: 0, to: pairs.count, by: Self.batchLength / 2).map {
      Array(pairs[$0..<min($0 + Self.batchLength / 2, pairs.count)])
    }
  }

  /// What is made of one file.
  private struct Made: Sendable {
    let preview: Preview?
    let comparison: ComparisonPicture?
    let isReadable: Bool
  }

  private struct Wanted: Sendable {
    let sample: Int
    var isNew: Bool
    var isCompared: Bool
  }

  /// Makes the pictures of pairs, and of samples that stand alone; those that are there already are not made again.
  mutating func add(_ pairs: [ShownPair], alone samples: [Int] = []) async throws {
    let wanted = self.wanted(pairs, samples)
    let (scale, source) = (scale, source)
    let made = try await WorkerPool.map(count: wanted.count, workerCount: workerCount, scratch: {}) { index, _ in
      let task = wanted[index]
      guard task.isNew || task.isCompared,
        let picture = source.picture(of: task.sample, leastSide: scale.leastSide(comparing: task.isCompared))
      else { return Made(preview: nil, comparison: nil, isReadable: false) }
      return Made(
        preview: task.isNew ? Preview(picture, longestSide: scale.side) : nil,
        comparison: task.isCompared ? ComparisonPicture(picture) : nil, isReadable: true)
    }
    var comparison: [Int: ComparisonPicture] = [:]
    for (task, made) in zip(wanted, made) {
      comparison[task.sample] = made.comparison
      guard task.isNew else { continue }
      if let preview = made.preview, byteCount < HTMLReport.pictureByteCount {
        pictures.tiles[task.sample] = packer.place(preview)
      } else if made.isReadable {
        pictures.omittedCount += 1
      } else {
        pictures.unreadableCount += 1
      }
      seen.insert(task.sample)
    }
    let compared = comparison
    let warps = try await WorkerPool.map(count: pairs.count, workerCount: workerCount, scratch: {}) { index, _ in
      let match = pairs[index].match
      return PairWarp.find(match, first: compared[match.first], second: compared[match.second])
    }
    for (pair, warp) in zip(pairs, warps) { pictures.warps[pair.rank] = warp }
    try await writeSheets()
  }

  private var seen: Set<Int> = []

  /// The files that some pairs need, each once.
  private func wanted(_ pairs: [ShownPair], _ samples: [Int]) -> [Wanted] {
    var wanted: [Wanted] = []
    var placeOf: [Int: Int] = [:]
    for pair in pairs {
      let isCompared = PairWarp.needsPictures(pair.match)
      for sample in [pair.evaluated, pair.other] {
        if let place = placeOf[sample] {
          if isCompared { wanted[place].isCompared = true }
        } else {
          placeOf[sample] = wanted.count
          wanted.append(Wanted(sample: sample, isNew: !seen.contains(sample), isCompared: isCompared))
        }
      }
    }
    for sample in samples where placeOf[sample] == nil && !seen.contains(sample) {
      placeOf[sample] = wanted.count
      wanted.append(Wanted(sample: sample, isNew: true, isCompared: false))
    }
    return wanted
  }

  mutating func finish() async throws {
    packer.finish()
    try await writeSheets()
    // The last sheets may be more than there was room for: they go, and the pictures on them.
    var (kept, total) = (0, 0)
    while kept < pictures.sheets.count, total + pictures.sheets[kept].jpeg.count * 4 / 3 <= HTMLReport.pictureByteCount
    {
      total += pictures.sheets[kept].jpeg.count * 4 / 3
      kept += 1
    }
    guard kept < pictures.sheets.count else { return }
    pictures.sheets.removeLast(pictures.sheets.count - kept)
    let before = pictures.tiles.count
    pictures.tiles = pictures.tiles.filter { $0.value.sheet < kept }
    pictures.omittedCount += before - pictures.tiles.count
  }

  private mutating func writeSheets() async throws {
    let sheets = packer.takeFinished()
    let quality = scale.quality
    let files = try await WorkerPool.map(count: sheets.count, workerCount: workerCount, scratch: {}) { index, _ in
      try? sheets[index].jpeg(quality: quality)
    }
    for (sheet, file) in zip(sheets, files) {
      // Without memory for it the sheet is an empty file, and its pictures are blank.
      pictures.sheets.append((file ?? [], sheet.width, sheet.height))
      byteCount += (file?.count ?? 0) * 4 / 3
    }
  }
}
