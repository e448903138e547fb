public import SplitSealKeys
public import SplitSealBase
internal import SplitSealManifest
internal import Crypto

/// Everything about a record set that a certificate states and anybody can recompute from the records.
public struct RecordSummary: Hashable, Sendable {
  /// One split of the dataset.
  public struct Split: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its records.
    public let count: Int
    /// Bytes of its files.
    public let byteCount: Int
    /// Its distinct groups; 0 when no record has one.
    public let groupCount: Int
    /// Its labels with the number of records of each, by UTF-8 bytes.
    public let classes: [ClassCount]
    /// Root of the tree over its record lines.
    public let recordRoot: Digest256
    /// Root of the tree over its content digests, sorted bytewise, repetitions kept.
    public let contentRoot: Digest256
  }

  /// A label and how many records have it.
  public struct ClassCount: Hashable, Sendable {
    /// The label.
    public let label: String
    /// Records that have it.
    public let count: Int

    /// Whether both have the same count and a label of the same bytes.
    public static func == (a: ClassCount, b: ClassCount) -> Bool {
      a.count == b.count && a.label.hasSameBytes(as: b.label)
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
      label.hashBytes(into: &hasher)
      hasher.combine(count)
    }
  }

  /// What two splits have in common, byte by byte.
  public struct Overlap: Hashable, Sendable {
    /// The split whose name comes first by UTF-8 bytes.
    public let first: String
    /// The other split.
    public let second: String
    /// Pairs of records, one in each, whose files are equal.
    public let equalFilePairCount: Int
    /// Groups that stand in both.
    public let sharedGroupCount: Int
  }

  /// SHA-256 of `records.jsonl`.
  public let recordsDigest: Digest256
  /// The members that at least one record has, sorted.
  public let fields: [String]
  /// The splits, by UTF-8 bytes of their names.
  public let splits: [Split]
  /// Every pair of splits in order: first with second, first with third, and so on.
  public let overlaps: [Overlap]

  /// All records.
  public var count: Int { splits.reduce(0) { $0 + $1.count } }
  /// Bytes of all files.
  public var byteCount: Int { splits.reduce(0) { $0 &+ $1.byteCount } }
}

extension RecordSummary {
  /// Most splits of one dataset: every pair of them has a line in the certificate.
  public static let maximumSplitCount = SplitSealManifest.Split.maximumCount

  /// Counts, hashes and compares the records.
  ///
  /// - Parameters:
  ///   - set: The records.
  ///   - salting: How the content digests are keyed where the records are hidden; `nil` where they are not.
  /// - Throws: `CertificateError` with code `badRecords` when there are more than ``maximumSplitCount`` splits.
  /// - Complexity: O(*n* log *n*) for *n* records, and O(*n*) for each pair of splits.
  public init(_ set: RecordSet, salting: RecordSalting? = nil) throws(CertificateError) {
    let records = set.records
    var ranges: [Range<Int>] = []
    var start = 0
    for index in records.indices where index > start && !records[index].split.hasSameBytes(as: records[start].split) {
      ranges.append(start..<index)
      start = index
      guard ranges.count < Self.maximumSplitCount else {
        throw CertificateError(.badRecords, "there are more than \(Self.maximumSplitCount) splits")
      }
    }
    if start < records.count { ranges.append(start..<records.count) }

    var file = SHA256()
    var groupNumbers: [ByteText: Int] = [:]
    var tallies: [Tally] = []
    for range in ranges { tallies.append(Tally(records[range], salting, file: &file, groupNumbers: &groupNumbers)) }

    recordsDigest = Digest256(file.finalize())
    splits = tallies.map(\.split)
    let hasLabels = splits.contains { !$0.classes.isEmpty }
    let hasGroups = splits.contains { $0.groupCount > 0 }
    let hasSalts = records.first?.salt != nil
    fields =
      (hasGroups ? ["group"] : []) + (hasLabels ? ["label"] : []) + ["path"] + (hasSalts ? ["salt"] : [])
      + ["sha256", "size", "split"]
    var overlaps: [Overlap] = []
    for first in tallies.indices {
      for second in tallies.indices.dropFirst(first + 1) {
        overlaps.append(
          Overlap(
            first: splits[first].name, second: splits[second].name,
            equalFilePairCount: equalPairs(tallies[first].digests, tallies[second].digests),
            sharedGroupCount: equalPairs(tallies[first].groups, tallies[second].groups)))
      }
    }
    self.overlaps = overlaps
  }
}

/// One split's share of the work, and what comparing it with the others needs.
private struct Tally {
  let split: RecordSummary.Split
  /// The content digests, sorted.
  let digests: [Digest256]
  /// The numbers of its groups, ascending, each once.
  let groups: [Int]

  init(
    _ records: ArraySlice<Record>, _ salting: RecordSalting?, file: inout SHA256, groupNumbers: inout [ByteText: Int]
  ) {
    var recordTree = MerkleTree()
    var line: [UInt8] = []
    var byteCount = 0
    var classCounts: [ByteText: Int] = [:]
    var groups: Set<Int> = []
    for record in records {
      line.removeAll(keepingCapacity: true)
      record.appendLine(to: &line)
      recordTree.append(line)
      line.append(UInt8(ascii: "\n"))
      file.update(data: line)
      byteCount &+= record.size
      if let label = record.label { classCounts[ByteText(label), default: 0] += 1 }
      if let group = record.group {
        let next = groupNumbers.count
        let number = groupNumbers[ByteText(group)] ?? next
        if number == next { groupNumbers[ByteText(group)] = next }
        groups.insert(number)
      }
    }
    digests = records.map(\.sha256).sorted()
    self.groups = groups.sorted()
    var contentTree = MerkleTree()
    var leaves = digests
    if let salting { leaves = leaves.map { salting.keyedContent($0) }.sorted() }
    for leaf in leaves { contentTree.append(leaf) }
    split = RecordSummary.Split(
      name: records.first?.split ?? "", count: records.count, byteCount: byteCount, groupCount: groups.count,
      classes: classCounts.sorted { $0.key < $1.key }.map { .init(label: $0.key.text, count: $0.value) },
      recordRoot: recordTree.root, contentRoot: contentTree.root)
  }
}

/// Number of pairs of equal elements, one from each of two sorted arrays.
private func equalPairs<Element: Comparable>(_ a: [Element], _ b: [Element]) -> Int {
  var pairs = 0
  var i = 0
  var j = 0
  while i < a.count, j < b.count {
    if a[i] < b[j] {
      i += 1
    } else if b[j] < a[i] {
      j += 1
    } else {
      let value = a[i]
      let inA = a[i...].prefix { $0 == value }.count
      let inB = b[j...].prefix { $0 == value }.count
      pairs += inA * inB
      i += inA
      j += inB
    }
  }
  return pairs
}
