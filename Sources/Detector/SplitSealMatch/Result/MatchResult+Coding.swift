internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

extension MatchResult {
  /// What coded results begin with, `SSmatch2`: no number of matches, with which earlier forms began.
  private static let form: UInt64 = 0x3268_6374_616D_5353
  /// What stands for a depth that is absent.
  private static let absentDepth: UInt8 = 0xFF

  /// The result as bytes, so that it can be remembered.
  ///
  /// Little-endian: what tells the form; the three lists of matches, each by its length; the counts; the numbers that
  /// stand alone.
  public var coded: [UInt8] {
    var writer = ByteWriter()
    writer.append(Self.form)
    for list in [matches, belowThreshold, withinSplit] {
      writer.append(UInt64(list.count))
      for match in list { match.write(to: &writer) }
    }
    writer.append(UInt64(counts.count))
    for count in counts {
      for number in [
        count.first, count.second, count.bytePairs, count.pixelPairs, count.nearPairs, count.affectedInFirst,
        count.affectedInSecond, count.doubtfulPairs,
      ] { writer.append(UInt64(number)) }
    }
    writer.append(UInt64(tooPlainCounts.count))
    for count in tooPlainCounts + [unlistedCount, cutShortCount] { writer.append(UInt64(count)) }
    writer.append((alikeness ?? .nan).bitPattern)
    writer.append(depth?.rawValue ?? Self.absentDepth)
    return writer.bytes
  }

  /// Reads a coded result; `nil` when the bytes are not one, or speak of samples that are not there.
  ///
  /// - Parameters:
  ///   - bytes: What ``coded`` gave.
  ///   - sampleCount: Samples that a match may name.
  public init?(coded bytes: [UInt8], sampleCount: Int) {
    var reader = ByteReader(bytes)
    guard reader.number(UInt64.self) == Self.form else { return nil }
    var lists: [[Match]] = []
    for _ in 0..<3 {
      guard let count = reader.count(atMost: bytes.count) else { return nil }
      var list: [Match] = []
      for _ in 0..<count {
        guard let match = Match(from: &reader, sampleCount: sampleCount) else { return nil }
        list.append(match)
      }
      lists.append(list)
    }
    guard let pairCount = reader.count(atMost: bytes.count) else { return nil }
    var counts: [SplitPairCount] = []
    for _ in 0..<pairCount {
      var numbers: [Int] = []
      for _ in 0..<8 {
        guard let number = reader.count() else { return nil }
        numbers.append(number)
      }
      counts.append(
        SplitPairCount(
          first: numbers[0], second: numbers[1], bytePairs: numbers[2], pixelPairs: numbers[3], nearPairs: numbers[4],
          affectedInFirst: numbers[5], affectedInSecond: numbers[6], doubtfulPairs: numbers[7]))
    }
    guard let plainCount = reader.count(atMost: bytes.count) else { return nil }
    var plain: [Int] = []
    for _ in 0..<plainCount {
      guard let count = reader.count() else { return nil }
      plain.append(count)
    }
    guard let unlisted = reader.count(), let cutShort = reader.count(),
      let alikeness = reader.number(UInt64.self).map({ Double(bitPattern: $0) }),
      alikeness.isNaN || (0...1).contains(alikeness), let depth = reader.number(UInt8.self),
      depth == Self.absentDepth || SearchDepth(rawValue: depth) != nil, reader.isAtEnd
    else { return nil }
    self.init(
      matches: lists[0], belowThreshold: lists[1], withinSplit: lists[2], counts: counts, unlistedCount: unlisted,
      tooPlainCounts: plain, alikeness: alikeness.isNaN ? nil : alikeness, depth: SearchDepth(rawValue: depth),
      cutShortCount: cutShort)
  }
}

extension Match {
  /// What stands for a number that is absent.
  private static let absent = UInt16.max

  /// First and second sample (4 bytes each), kind, orientation, sampling, views (1 each), distance (2), score, cosine and
  /// overlap (8 each, as the bits of a double; an overlap that is absent is not a number).
  fileprivate func write(to writer: inout ByteWriter) {
    writer.append(UInt32(first))
    writer.append(UInt32(second))
    writer.append(UInt8(MatchKind.allCases.firstIndex(of: kind) ?? 0xFF))
    writer.append(orientation.rawValue)
    writer.append(UInt8(sampling.flatMap { PDQSampling.allCases.firstIndex(of: $0) } ?? 0xFF))
    writer.append(alignment?.firstView.rawValue ?? 0xFF)
    writer.append(alignment?.secondView.rawValue ?? 0xFF)
    writer.append(distance.map { UInt16($0) } ?? Self.absent)
    writer.append(score.bitPattern)
    writer.append((alignment?.cosine ?? 0).bitPattern)
    writer.append((alignment?.overlap ?? .nan).bitPattern)
  }

  fileprivate init?(from reader: inout ByteReader, sampleCount: Int) {
    guard let first = reader.number(UInt32.self), let second = reader.number(UInt32.self), first < second,
      Int(second) < sampleCount, let kind = reader.number(UInt8.self), Int(kind) < MatchKind.allCases.count,
      let orientation = reader.number(UInt8.self).flatMap({ Orientation(rawValue: $0) }),
      let sampling = reader.number(UInt8.self), let firstView = reader.number(UInt8.self),
      let secondView = reader.number(UInt8.self), let distance = reader.number(UInt16.self),
      let score = reader.number(UInt64.self).map({ Double(bitPattern: $0) }), (0...1).contains(score),
      let cosine = reader.number(UInt64.self).map({ Double(bitPattern: $0) }), cosine.isFinite,
      let overlap = reader.number(UInt64.self).map({ Double(bitPattern: $0) })
    else { return nil }
    var alignment: MatchAlignment?
    if firstView != 0xFF || secondView != 0xFF {
      guard let first = DescriptorView(rawValue: firstView), let second = DescriptorView(rawValue: secondView)
      else { return nil }
      alignment = MatchAlignment(
        cosine: cosine, firstView: first, secondView: second, overlap: overlap.isNaN ? nil : overlap)
    }
    self.init(
      first: Int(first), second: Int(second), kind: MatchKind.allCases[Int(kind)], score: score,
      orientation: orientation, distance: distance == Self.absent ? nil : Int(distance),
      sampling: Int(sampling) < PDQSampling.allCases.count ? PDQSampling.allCases[Int(sampling)] : nil,
      alignment: alignment)
  }
}

extension ByteReader {
  fileprivate mutating func count(atMost most: Int = .max) -> Int? {
    number(UInt64.self).flatMap { $0 <= UInt64(most) ? Int($0) : nil }
  }
}
