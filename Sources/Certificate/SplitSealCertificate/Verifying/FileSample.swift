public import SplitSealBase
public import SplitSealManifest
internal import SplitSealStatistics

/// Records drawn at random, each choice as likely as any other: those whose files are read when not all are.
public struct FileSample: Hashable, Sendable {
  /// The seed that the records were drawn with.
  public let seed: UInt64
  /// Records that there are.
  public let recordCount: Int
  /// The places of the records that were drawn, ascending.
  public let indices: [Int]

  /// Draws records without putting any back.
  ///
  /// Whoever can foresee the seed can leave the drawn files alone and change others, so take one from the system's random
  /// numbers, but to repeat what was done.
  ///
  /// - Parameters:
  ///   - count: Records to draw; all are drawn when there are fewer.
  ///   - recordCount: Records that there are.
  ///   - seed: The seed.
  /// - Precondition: counts are 0 or more.
  /// - Complexity: O(`recordCount`).
  public init(_ count: Int, of recordCount: Int, seed: UInt64) {
    precondition(count >= 0 && recordCount >= 0, "counts are 0 or more")
    self.seed = seed
    self.recordCount = recordCount
    var places = Array(0..<recordCount)
    let drawn = min(count, recordCount)
    var random = SeededGenerator(seed: seed)
    random.moveToFront(drawn, of: &places)
    indices = places.prefix(drawn).sorted()
  }

  /// The probability that none of the changed files is drawn: C(*N* - *m*, *K*) / C(*N*, *K*), where *m* of *N* files are
  /// changed and *K* are drawn.
  ///
  /// - Parameter changedCount: Files that are changed, 0...`recordCount`.
  /// - Returns: 0...1.
  /// - Complexity: O(min(*m*, *K*)).
  public func missProbability(changedCount: Int) -> Double {
    precondition((0...recordCount).contains(changedCount), "no more files are changed than there are")
    let (few, many) = (min(changedCount, indices.count), max(changedCount, indices.count))
    var probability = 1.0
    for drawn in 0..<few {
      probability *= Double(max(0, recordCount - many - drawn)) / Double(recordCount - drawn)
    }
    return probability
  }

  /// Numbers of changed files that are worth a statement: one, and what 0.1 %, 1 % and 10 % of all come to.
  public var statedChanges: [Int] {
    var counts = recordCount > 0 ? [1] : []
    for divisor in [1000, 100, 10] {
      let count = (recordCount + divisor - 1) / divisor
      if let last = counts.last, count > last { counts.append(count) }
    }
    return counts
  }

  /// The samples of a manifest that stand in the places of the records that were drawn, in the manifest's order.
  public func samples(of records: RecordSet, in manifest: Manifest) -> [Int] {
    let drawn = Set(indices.map { RecordPlace(records.records[$0]) })
    return manifest.samples.indices.filter { index in
      let sample = manifest.samples[index]
      return drawn.contains(RecordPlace(split: manifest.splits[sample.split].name, path: sample.path.composed))
    }
  }
}

/// Where a record stands, compared by bytes.
struct RecordPlace: Hashable {
  let split: ByteText
  let path: ByteText

  init(split: String, path: String) {
    self.split = ByteText(split)
    self.path = ByteText(path)
  }

  init(_ record: Record) { self.init(split: record.split, path: record.path) }
}

extension DatasetState {
  /// A dataset of which only some files were read.
  ///
  /// Where the manifest stands today is known of all samples. Of a file that was not read the signed content is assumed.
  ///
  /// - Parameters:
  ///   - manifest: The samples.
  ///   - read: The samples whose files were read.
  ///   - contents: What was read, in the order of `read`; `nil` where it could not be.
  ///   - signed: The records that were signed.
  /// - Precondition: `read` and `contents` are of one length.
  /// - Complexity: O(*n*).
  public init(manifest: Manifest, read: [Int], contents: [ContentDigest?], signed: RecordSet) {
    precondition(read.count == contents.count, "one content a sample that was read")
    var places: [RecordPlace: Int] = [:]
    places.reserveCapacity(signed.records.count)
    for (index, record) in signed.records.enumerated() { places[RecordPlace(record)] = index }
    let nothing = ContentDigest(sha256: Digest256(words: SIMD4()), xxh3: Digest128(high: 0, low: 0), byteCount: 0)
    var all: [ContentDigest?] = manifest.samples.map { sample in
      let place = RecordPlace(split: manifest.splits[sample.split].name, path: sample.path.composed)
      guard let record = places[place].map({ signed.records[$0] }) else { return nothing }
      return ContentDigest(sha256: record.sha256, xxh3: Digest128(high: 0, low: 0), byteCount: record.size)
    }
    for (index, content) in zip(read, contents) { all[index] = content }
    self.init(manifest: manifest, contents: all)
  }
}
