public import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealImage
public import SplitSealManifest

/// What the records of a segment rest on.
public struct ShardHeader: Hashable, Sendable {
  /// The most groupings that a header may name.
  public static let maximumGroupingCount = 64

  /// How the fingerprints were made.
  public let terms: HashingTerms
  /// Tells parts of one hashing from those of others: a digest of root, splits, inputs and all rows, and of the number of
  /// parts.
  public let hashing: Digest256
  /// Which part of the hashing the segment holds.
  public let part: HashingPart
  /// Samples of the whole hashing.
  public let sampleCount: Int
  /// Absolute path of the folder that paths start from.
  public let root: String
  /// The splits of the whole hashing, in order of first appearance.
  public let splits: [Split]
  /// The inputs of the whole hashing, in the order given.
  public let inputs: [ManifestInput]
  /// The names of the groupings, in which every record has a place.
  public let groupings: [String]
  /// The column of times, in which every record has a place; `nil` when there is none.
  public let times: Times?

  /// The versions of the libraries that decoded the images; `nil` where they are not recorded.
  ///
  /// Parts of one hashing may differ in them, and so may shards that are matched: machines have the libraries they have.
  public let libraries: String?

  /// A column of times.
  public struct Times: Hashable, Sendable {
    /// Name of the column.
    public let name: String
    /// What the times count.
    public let unit: SampleTimes.Unit
  }

  /// The header of one part of a hashing.
  ///
  /// - Parameters:
  ///   - manifest: All samples of the hashing.
  ///   - part: The part.
  ///   - terms: How the fingerprints are made.
  ///   - libraries: The versions of the libraries that decode the images: printable text of fewer than 65,536 bytes.
  /// - Complexity: O(*n*) for *n* samples.
  public init(_ manifest: Manifest, part: HashingPart = .whole, terms: HashingTerms, libraries: String? = nil) {
    self.terms = terms
    self.part = part
    self.libraries = libraries
    sampleCount = manifest.samples.count
    root = manifest.root
    splits = manifest.splits
    inputs = manifest.inputs
    groupings = manifest.groupings.map(\.name)
    times = manifest.times.map { Times(name: $0.name, unit: $0.unit) }
    hashing = Self.digest(of: manifest, partCount: part.count)
  }

  private static func digest(of manifest: Manifest, partCount: Int) -> Digest256 {
    var hash = SHA256()
    var writer = ByteWriter()
    writer.append(UInt32(partCount))
    writer.append(UInt64(manifest.samples.count))
    writer.append(manifest.root)
    for split in manifest.splits { writer.append(split) }
    for input in manifest.inputs { writer.append(input) }
    for grouping in manifest.groupings { writer.append(grouping.name) }
    writer.append(manifest.times.map { Times(name: $0.name, unit: $0.unit) })
    for index in manifest.samples.indices {
      writer.append(rowOf: index, of: manifest)
      if writer.bytes.count >= 1 << 16 {
        hash.update(data: writer.bytes)
        writer.removeAll()
      }
    }
    hash.update(data: writer.bytes)
    return Digest256(hash.finalize())
  }

  /// Whether a text is an absolute path that goes nowhere but down: it becomes part of the paths of samples.
  private static func isRoot(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "/") else { return false }
    return text.utf8.count == 1 || (try? PathRule.checkSamplePath(Array(text.utf8)[1...])) != nil
  }

  var coded: [UInt8] {
    var writer = ByteWriter(byteCount: 1024)
    writer.append(terms.fingerprints)
    writer.append(UInt64(terms.limits.maximumPixelCount))
    writer.append(UInt64(terms.limits.maximumByteCount))
    writer.append(UInt8(terms.includesPDQ ? 1 : 0))
    writer.append(hashing.words)
    writer.append(UInt32(part.number))
    writer.append(UInt32(part.count))
    writer.append(UInt64(sampleCount))
    writer.append(root)
    writer.append(UInt32(splits.count))
    for split in splits { writer.append(split) }
    writer.append(UInt32(inputs.count))
    for input in inputs { writer.append(input) }
    writer.append(UInt32(groupings.count))
    for name in groupings { writer.append(name) }
    writer.append(times)
    if let libraries { writer.append(libraries) }
    return writer.bytes
  }

  /// Which fingerprints a coded header speaks of: what other versions may have written behind that is theirs.
  static func fingerprints(from reader: ByteReader) -> String? {
    var reader = reader
    return reader.text()
  }

  /// Reads a coded header; `nil` when the bytes are not one.
  init?(from reader: inout ByteReader) {
    var limits = ImageLimits()
    guard let fingerprints = reader.text(), let pixelCount = reader.count(atMost: .max),
      let byteCount = reader.count(atMost: .max),
      let hasPDQ = reader.number(UInt8.self), hasPDQ <= 1, let hashing = reader.words(),
      let number = reader.number(UInt32.self), let count = reader.number(UInt32.self),
      let part = HashingPart(Int(number), of: Int(count)), let sampleCount = reader.count(atMost: Int(UInt32.max)),
      let root = reader.text(), Self.isRoot(root),
      let splits = reader.list(of: { $0.split() }), splits.count <= Split.maximumCount,
      let inputs = reader.list(of: { $0.input() }),
      let groupings = reader.list(of: { $0.text() }), groupings.count <= Self.maximumGroupingCount,
      let times = reader.times(), let libraries = reader.libraries(),
      reader.isAtEnd,
      Set(splits.map { Array($0.name.utf8) }).count == splits.count,
      Set(groupings.map { Array($0.utf8) }).count == groupings.count
    else { return nil }
    limits.maximumPixelCount = pixelCount
    limits.maximumByteCount = byteCount
    terms = HashingTerms(fingerprints: fingerprints, limits: limits, includesPDQ: hasPDQ == 1)
    self.hashing = Digest256(words: hashing)
    self.part = part
    self.sampleCount = sampleCount
    self.root = root
    self.splits = splits
    self.inputs = inputs
    self.groupings = groupings
    self.times = times
    self.libraries = libraries
  }
}

extension SplitRole: WireCoded {
  package var wireCode: UInt8 {
    switch self {
    case .training: 0
    case .validation: 1
    case .test: 2
    case .other: 3
    }
  }
}

extension SampleTimes.Unit: WireCoded {
  package var wireCode: UInt8 {
    switch self {
    case .milliseconds: 0
    case .steps: 1
    }
  }
}

extension ByteWriter {
  fileprivate mutating func append(_ split: Split) {
    append(split.role.wireCode)
    append(split.name)
  }

  fileprivate mutating func append(_ times: ShardHeader.Times?) {
    append(UInt8(times == nil ? 0 : 1))
    guard let times else { return }
    append(times.unit.wireCode)
    append(times.name)
  }

  fileprivate mutating func append(_ input: ManifestInput) {
    append(input.format.wireCode)
    append(UInt8(input.sha256 == nil ? 0 : 1))
    for byte in input.sha256 ?? [] { append(byte) }
    append(UInt64(input.ignoredFileCount))
    for texts in [input.ignoredNames, input.notes] {
      append(UInt32(texts.count))
      for text in texts { append(text) }
    }
    append(UInt8(input.hasLabelLists ? 1 : 0))
    append(input.path)
  }
}

extension ByteReader {
  /// A number of elements, then so many of them.
  fileprivate mutating func list<Element>(of element: (inout ByteReader) -> Element?) -> [Element]? {
    guard let count = number(UInt32.self) else { return nil }
    var list: [Element] = []
    // No memory is taken on the word of the number: the bytes run out first.
    for _ in 0..<count {
      guard let next = element(&self) else { return nil }
      list.append(next)
    }
    return list
  }

  fileprivate mutating func split() -> Split? {
    guard let role = number(UInt8.self).flatMap(SplitRole.init(wireCode:)), let name = text(), !name.isEmpty else {
      return nil
    }
    return Split(name: name, role: role)
  }

  fileprivate mutating func input() -> ManifestInput? {
    guard let format = number(UInt8.self).flatMap(ManifestInput.Format.init(wireCode:)),
      let hasDigest = number(UInt8.self),
      hasDigest <= 1, let digest = slice(hasDigest == 1 ? 32 : 0),
      let ignoredFileCount = count(atMost: Int(UInt32.max)),
      let ignoredNames = list(of: { $0.printableText() }), let notes = list(of: { $0.printableText() }),
      let hasLabelLists = number(UInt8.self), hasLabelLists <= 1, let path = text()
    else { return nil }
    return ManifestInput(
      path: path, format: format, sha256: hasDigest == 1 ? Array(digest) : nil,
      ignoredFileCount: ignoredFileCount, ignoredNames: ignoredNames, notes: notes,
      hasLabelLists: hasLabelLists == 1)
  }

  /// A text that reports print as it is; `nil` also where it holds what a terminal would act on.
  private mutating func printableText() -> String? {
    guard let text = text(), text.unicodeScalars.allSatisfy({ printable(String($0)) == String($0) }) else { return nil }
    return text
  }

  /// The versions of image libraries, or none in a header that ends here; `nil` when the bytes are neither.
  fileprivate mutating func libraries() -> String?? {
    guard !isAtEnd else { return .some(nil) }
    return printableText().map { .some($0) }
  }

  /// A column of times or none; `nil` when the bytes are neither.
  fileprivate mutating func times() -> ShardHeader.Times?? {
    switch number(UInt8.self) {
    case 0: return .some(nil)
    case 1:
      guard let unit = number(UInt8.self).flatMap(SampleTimes.Unit.init(wireCode:)), let name = text() else {
        return nil
      }
      return ShardHeader.Times(name: name, unit: unit)
    default: return nil
    }
  }
}
