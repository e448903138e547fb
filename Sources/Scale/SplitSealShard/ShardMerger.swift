internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest

/// Joins the segments of several hashings into one dataset.
struct ShardMerger {
  /// What is there of one hashing.
  private struct Hashing {
    let header: ShardHeader
    /// The file that its first segment was in.
    let file: String
    /// Index of each of its splits among all splits.
    let splits: [Int]
    /// Index of each of its groupings among all groupings.
    let groupings: [Int]
    /// Index of its first input among all inputs.
    let firstInput: Int
    /// Where the records of each part stand among all.
    var parts: [Int: Range<Int>] = [:]
  }

  private var terms: HashingTerms?
  /// What the times of all hashings count; `nil` as long as none has times.
  private var timeUnit: SampleTimes.Unit?
  private var hashings: [Hashing] = []
  /// Index of each among ``hashings``: a file may have a segment for every few hundred bytes.
  private var places: [Digest256: Int] = [:]
  private var splits: [Split] = []
  private var splitNames = NameTable()
  private var inputs: [ManifestInput] = []
  /// The records, in the order in which they were read.
  private var table = SampleTable()
  /// What became of the files of the records.
  private var outcomes: [FingerprintOutcome] = []
  private var arena = DescriptorArena()
  /// The versions of image libraries that segments name, each once, in order of first appearance.
  private var libraries: [String] = []
  /// The hashing and the part that records are added to.
  private var current = (hashing: 0, part: 0)

  /// Begins a segment: what is added belongs to it.
  mutating func begin(_ header: ShardHeader, of source: ShardSource, segment: Int) throws(ShardError) {
    try agree(on: header.terms, source, segment)
    if let named = header.libraries, !libraries.contains(where: { $0.hasSameBytes(as: named) }) {
      libraries.append(named)
    }
    let place: Int
    if let known = places[header.hashing] {
      place = known
    } else {
      place = hashings.count
      places[header.hashing] = place
      var indices: [Int] = []
      for split in header.splits { indices.append(try index(of: split, source, segment)) }
      try agree(on: header.times, source, segment)
      var groupings: [Int] = []
      for name in header.groupings { groupings.append(try grouping(named: name, source, segment)) }
      hashings.append(
        Hashing(
          header: header, file: source.name, splits: indices, groupings: groupings, firstInput: inputs.count))
      inputs += header.inputs
    }
    guard hashings[place].header.isOfOneHashing(with: header) else {
      throw ShardError(
        .corrupt, "damaged: the header is not that of its hashing", hint: "hash again", file: source.name,
        segment: segment)
    }
    guard hashings[place].parts[header.part.number] == nil else {
      let what = header.part.count == 1 ? "the same samples" : "part \(header.part.number) of \(header.part.count)"
      throw ShardError(
        .duplicatePart, "\(what) stood in a segment before", hint: "give every shard once", file: source.name,
        segment: segment)
    }
    hashings[place].parts[header.part.number] = table.count..<table.count
    current = (place, header.part.number)
  }

  private mutating func agree(on terms: HashingTerms, _ source: ShardSource, _ segment: Int) throws(ShardError) {
    guard let known = self.terms else { return self.terms = terms }
    guard known != terms else { return }
    let what =
      known.limits == terms.limits
      ? "it was hashed \(terms.includesPDQ ? "with" : "without") --pdq, and shards before it were not"
      : "it was hashed with other limits of pixels or bytes than shards before it"
    throw ShardError(
      .differentTerms, what, hint: "hash all of them with the same --pdq, --max-pixels and --max-bytes",
      file: source.name, segment: segment)
  }

  private mutating func index(of split: Split, _ source: ShardSource, _ segment: Int) throws(ShardError) -> Int {
    let (index, isNew) = splitNames.insert(Array(split.name.utf8)[...])
    if isNew { splits.append(split) }
    guard splits.count <= Split.maximumCount else {
      throw ShardError(
        .tooMany, "with it there are more than \(Split.maximumCount) splits", hint: "match fewer datasets at once",
        file: source.name, segment: segment)
    }
    guard splits[index].role == split.role else {
      let name = printable(split.name)
      throw ShardError(
        .conflictingRole,
        "the role of '\(name)' is \(split.role.rawValue) here and \(splits[index].role.rawValue) before",
        hint: "hash all of them with the same --role \(name)=ROLE", file: source.name, segment: segment)
    }
    return index
  }

  private mutating func agree(on times: ShardHeader.Times?, _ source: ShardSource, _ segment: Int) throws(ShardError) {
    guard let times else { return }
    if table.times == nil { table.times = SampleTimesBuilder(name: times.name, absentCount: table.count) }
    timeUnit = timeUnit ?? times.unit
    guard timeUnit == times.unit else {
      throw ShardError(
        .differentTerms, "the times are \(times.unit.rawValue) here and were not in shards before",
        hint: "write all times as dates, or all as whole numbers, and hash again", file: source.name, segment: segment)
    }
  }

  /// The index of a grouping among all groupings, joined by name.
  private mutating func grouping(named name: String, _ source: ShardSource, _ segment: Int) throws(ShardError) -> Int {
    if let known = table.groupings.firstIndex(where: { $0.name.hasSameBytes(as: name) }) { return known }
    guard table.groupings.count < ShardHeader.maximumGroupingCount else {
      throw ShardError(
        .tooMany, "with it there are more than \(ShardHeader.maximumGroupingCount) groupings",
        hint: "match fewer datasets at once, or hash them with the same --group-column", file: source.name,
        segment: segment)
    }
    table.groupings.append(GroupingBuilder(name: name, absentCount: table.count))
    return table.groupings.count - 1
  }

  /// Adds the records of one block to the segment that was begun last.
  ///
  /// - Returns: How many they were, and how many are of readable images.
  mutating func add(
    _ payload: inout ByteReader, limit: Int, from blocks: borrowing BlockReader
  ) throws(ShardError) -> (count: Int, readableCount: Int) {
    guard let count = payload.number(UInt32.self), Int(count) <= limit else {
      throw blocks.corrupt("the segment has more records than it should")
    }
    let first = table.count
    let header = hashings[current.hashing].header
    for _ in 0..<count {
      guard let row = payload.row(groupingCount: header.groupings.count, hasTimes: header.times != nil),
        let outcome = payload.outcome(into: &arena)
      else {
        throw blocks.corrupt("a record cannot be read")
      }
      try append(row, from: blocks)
      outcomes.append(outcome)
    }
    guard payload.isAtEnd else { throw blocks.corrupt("something stands behind the records") }
    if let part = hashings[current.hashing].parts[current.part] {
      hashings[current.hashing].parts[current.part] = part.lowerBound..<table.count
    }
    return (Int(count), outcomes[first...].count { $0.fingerprint != nil })
  }

  private mutating func append(_ row: ShardRow, from blocks: borrowing BlockReader) throws(ShardError) {
    let hashing = hashings[current.hashing]
    do throws(PathRule.Fault) {
      try PathRule.checkSamplePath(row.path)
    } catch {
      throw blocks.fault(.invalidPath, error.reason, hint: error.hint)
    }
    guard let path = String(validating: row.path, as: UTF8.self), row.split < hashing.splits.count,
      row.input < hashing.header.inputs.count, Self.isName(row.label), row.groups.allSatisfy(Self.isName)
    else { throw blocks.corrupt("a record cannot be read") }
    let split = hashing.header.splits[row.split].name
    if let name = blocks.source.splitName, !name.hasSameBytes(as: split) {
      throw blocks.fault(
        .conflictingSplit,
        "the split of '\(printable(path))' is '\(printable(split))' here and '\(printable(name))' on the command line",
        hint: "give the file without '\(printable(name))='")
    }
    table.append(
      SampleTable.Row(
        path: path, split: hashing.splits[row.split], label: row.label, input: hashing.firstInput + row.input,
        line: row.line))
    for (index, group) in zip(hashing.groupings, row.groups) { table.groupings[index].append(group) }
    for index in table.groupings.indices where table.groupings[index].count < table.count {
      table.groupings[index].append(nil)
    }
    let unit = hashing.header.times?.unit
    _ = table.times?.append(unit.flatMap { unit in row.time.map { ($0, unit) } })
  }

  /// Whether bytes may be a label or a group, or stand for none.
  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count <= SampleTable.maximumNameByteCount && String(validating: bytes, as: UTF8.self) != nil
  }

  /// A sentence about image libraries whose versions differ; `nil` where they do not.
  var librariesWarning: String? {
    guard libraries.count > 1 else { return nil }
    let shown = libraries.prefix(3).joined(separator: "; ") + (libraries.count > 3 ? "; and others" : "")
    return
      "these shards were hashed with different image libraries (\(shown)): equal files and near-duplicates are found as "
      + "usual, but equal pixels in different files may not be recognised as equal"
  }

  /// The dataset of all segments.
  ///
  /// - Throws: ``ShardError`` where a part is missing.
  consuming func joined() throws(ShardError) -> (dataset: HashedDataset, terms: HashingTerms) {
    guard let terms else {
      throw ShardError(.notFound, "no shard is named", hint: "name what splitseal hash wrote", file: "command line")
    }
    for hashing in hashings { try Self.checkParts(of: hashing) }
    let root = Manifest.commonFolder(hashings.map(\.header.root))
    var order: [Range<Int>] = []
    var prefixes: [String] = []
    for hashing in hashings {
      let prefix = relativePath(hashing.header.root, below: root)
      prefixes += hashing.header.inputs.map { _ in prefix }
      order += (1...hashing.header.part.count).compactMap { hashing.parts[$0] }.filter { !$0.isEmpty }
    }
    // Shards are mostly given in order, and then nothing is copied.
    let isInOrder = zip(order, order.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound }
    let outcomes = isInOrder ? self.outcomes : Array(order.map { self.outcomes[$0] }.joined())
    let manifest = table.manifest(
      root: root, splits: splits, inputs: inputs, prefixes: prefixes, order: isInOrder ? nil : order)
    return (HashedDataset(manifest: manifest, outcomes: outcomes), terms)
  }

  private static func checkParts(of hashing: Hashing) throws(ShardError) {
    let count = hashing.header.part.count
    let missingCount = count - hashing.parts.count
    // One of the first numbers is missing: as many are looked at as there are parts, and not as many as a file says.
    guard missingCount > 0, let first = (1...count).first(where: { hashing.parts[$0] == nil }) else { return }
    throw ShardError(
      .missingPart,
      "part \(first) of \(count)\(missingCount == 1 ? "" : " and \(missingCount - 1) more") of the same hashing is missing",
      hint: "give all parts; those of one hashing have the same inputs, flags, root and number of parts",
      file: hashing.file)
  }
}

extension ShardHeader {
  /// Whether two headers are those of parts of one hashing, beside the digest that says so.
  fileprivate func isOfOneHashing(with other: ShardHeader) -> Bool {
    hashing == other.hashing && part.count == other.part.count && sampleCount == other.sampleCount && root == other.root
      && splits == other.splits && inputs.count == other.inputs.count && groupings == other.groupings
      && times == other.times
  }
}
