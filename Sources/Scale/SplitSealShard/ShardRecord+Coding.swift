internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest

extension ByteWriter {
  /// The row of a sample: split (4 bytes), input (4), line (8), path, label, the group of each grouping, and where there
  /// are times the time (8); a text that is not there is empty.
  mutating func append(rowOf index: Int, of manifest: Manifest) {
    let sample = manifest.samples[index]
    append(UInt32(sample.split))
    append(UInt32(sample.input))
    append(UInt64(sample.line))
    append(sample.path)
    append(sample.label.map { manifest.labels[Int($0)] } ?? "")
    for grouping in manifest.groupings { append(grouping.group(of: index).map { grouping.groups[$0] } ?? "") }
    if let times = manifest.times { append(UInt64(bitPattern: times.time(of: index) ?? .min)) }
  }

  /// What became of a file: 1 (1 byte) and the fingerprint, or 0, whether its bytes could be read (1), their digests if
  /// they could, and the fault.
  mutating func append(_ outcome: FingerprintOutcome) {
    switch outcome {
    case .readable(let fingerprint):
      append(UInt8(1))
      fingerprint.append(to: &self)
    case .unreadable(let fault, let content):
      append(UInt8(0))
      append(UInt8(content == nil ? 0 : 1))
      if let content { append(content) }
      append(fault)
    }
  }

  private mutating func append(_ fault: ImageFault) {
    switch fault {
    case .missing: append(UInt8(0))
    case .notAFile: append(UInt8(1))
    case .unreadable(let reason): append(2, reason)
    case .empty: append(UInt8(3))
    case .notAnImage: append(UInt8(4))
    case .unsupported(let format, let detail):
      append(UInt8(5))
      append(format.wireCode)
      append(UInt8(detail == nil ? 0 : 1))
      append(detail ?? "")
    case .truncated(let reason): append(6, reason)
    case .corrupt(let reason): append(7, reason)
    case .tooManyPixels(let width, let height, let limit):
      append(UInt8(8))
      for number in [width, height, limit] { append(UInt64(number)) }
    case .tooManyBytes(let count, let limit):
      append(UInt8(9))
      for number in [count, limit] { append(UInt64(number)) }
    case .tooMuchMemory(let byteCount, let limit):
      append(UInt8(10))
      for number in [byteCount, limit] { append(UInt64(number)) }
    }
  }

  private mutating func append(_ code: UInt8, _ reason: String) {
    append(code)
    append(reason)
  }
}

/// The row of a sample as its segment counts splits and inputs.
struct ShardRow {
  let split: Int
  let input: Int
  let line: Int
  let path: ArraySlice<UInt8>
  let label: ArraySlice<UInt8>
  let groups: [ArraySlice<UInt8>]
  /// `nil` where the sample has none, or the header no column of times.
  let time: Int64?
}

extension ByteReader {
  /// Lines of the largest manifest: as many as it may have bytes.
  private static let mostLines = 4 << 30

  /// Reads the row of a sample.
  ///
  /// - Parameters:
  ///   - groupingCount: How many groupings the header names.
  ///   - hasTimes: Whether it names a column of times.
  /// - Returns: The row; `nil` when the bytes are not one.
  mutating func row(groupingCount: Int, hasTimes: Bool) -> ShardRow? {
    guard let split = number(UInt32.self), let input = number(UInt32.self), let line = count(atMost: Self.mostLines),
      let path = textBytes(), let label = textBytes()
    else { return nil }
    var groups: [ArraySlice<UInt8>] = []
    for _ in 0..<groupingCount {
      guard let group = textBytes() else { return nil }
      groups.append(group)
    }
    var time: Int64?
    if hasTimes {
      guard let bits = number(UInt64.self) else { return nil }
      time = Int64(bitPattern: bits)
      if time == .min { time = nil }
      guard time.map(SampleTimes.range.contains) ?? true else { return nil }
    }
    return ShardRow(
      split: Int(split), input: Int(input), line: line, path: path, label: label, groups: groups, time: time)
  }

  mutating func outcome(into arena: inout DescriptorArena) -> FingerprintOutcome? {
    switch number(UInt8.self) {
    case 1: return Fingerprint(from: &self, into: &arena).map { .readable($0) }
    case 0:
      guard let hasContent = number(UInt8.self), hasContent <= 1 else { return nil }
      guard hasContent == 1 else { return fault().map { .unreadable($0, nil) } }
      guard let content = content(), let fault = fault() else { return nil }
      return .unreadable(fault, content)
    default: return nil
    }
  }

  private mutating func fault() -> ImageFault? {
    switch number(UInt8.self) {
    case 0: return .missing
    case 1: return .notAFile
    case 2: return text().map { .unreadable(reason: $0) }
    case 3: return .empty
    case 4: return .notAnImage
    case 5:
      guard let format = number(UInt8.self).flatMap({ ImageFormat(wireCode: $0) }), let hasDetail = number(UInt8.self),
        hasDetail <= 1, let detail = text()
      else { return nil }
      return .unsupported(format, detail: hasDetail == 1 ? detail : nil)
    case 6: return text().map { .truncated(reason: $0) }
    case 7: return text().map { .corrupt(reason: $0) }
    case 8:
      guard let width = count(), let height = count(), let limit = count() else { return nil }
      return .tooManyPixels(width: width, height: height, limit: limit)
    case 9:
      guard let count = count(), let limit = self.count() else { return nil }
      return .tooManyBytes(count: count, limit: limit)
    case 10:
      guard let byteCount = count(), let limit = count() else { return nil }
      return .tooMuchMemory(byteCount: byteCount, limit: limit)
    default: return nil
    }
  }
}
