public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

/// What reading records refuses beyond the format.
public struct RecordLimits: Hashable, Sendable {
  /// Bytes of one line, without its line feed.
  public var maximumLineByteCount = 64 << 10
  /// Records.
  public var maximumCount = 1 << 30

  /// The default limits.
  public init() {}

  /// Bytes of the largest file of records of a certificate, by the number of images that it claims; `nil` for a certificate
  /// that cannot be read.
  ///
  /// Nothing is said of the signature: what is too large for the claims cannot be what was signed.
  public static func byteCount(claimedBy certificate: [UInt8]) -> Int? {
    guard let envelope = try? Envelope(parsing: certificate),
      let claims = try? CertificateClaims(payload: envelope.payload)
    else { return nil }
    let limits = RecordLimits()
    return min(min(claims.imageCount, limits.maximumCount) * (limits.maximumLineByteCount + 1), 8 << 30)
  }
}

extension RecordSet {
  /// The bytes of `records.jsonl`: one RFC 8785 line a record, each ended by a line feed.
  ///
  /// - Complexity: O(*n*); about 165 bytes a record.
  public var serialized: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(records.count * 176)
    for record in records {
      record.appendLine(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The file as it was before git, or an editor, ended its lines with CRLF; `nil` where no line or only some end so.
  ///
  /// No record holds a carriage return, so nothing else is lost.
  static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8]? {
    guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")), first > 0, bytes[first - 1] == UInt8(ascii: "\r") else {
      return nil
    }
    let isWhole = bytes.indices.allSatisfy {
      bytes[$0] != UInt8(ascii: "\n") || ($0 > 0 && bytes[$0 - 1] == UInt8(ascii: "\r"))
    }
    return isWhole ? bytes.filter { $0 != UInt8(ascii: "\r") } : nil
  }

  /// Reads `records.jsonl`, accepting nothing but what ``serialized`` writes.
  ///
  /// Every line must be in its canonical form, in order, and under the rules of a ``RecordSet``: one dataset has one
  /// sequence of bytes.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What is refused.
  /// - Throws: `CertificateError` with code `badRecords` and the line.
  /// - Complexity: O(*n*).
  public init(parsing bytes: [UInt8], limits: RecordLimits = RecordLimits()) throws(CertificateError) {
    var records: [Record] = []
    var paths = PathCollisions()
    var canonical: [UInt8] = []
    var start = 0
    var reader = RecordReader()
    while start < bytes.count {
      let line = records.count + 1
      func fault(_ message: String) -> CertificateError { CertificateError(.badRecords, message, line: line) }
      let window = bytes[start..<min(bytes.count, start + limits.maximumLineByteCount + 1)]
      guard let end = window.firstIndex(of: UInt8(ascii: "\n")) else {
        throw fault(
          window.count > limits.maximumLineByteCount
            ? "the line is longer than \(limits.maximumLineByteCount) bytes" : "the last line does not end")
      }
      guard line <= limits.maximumCount else { throw fault("there are more than \(limits.maximumCount) records") }
      let record: Record
      do { record = try reader.record(bytes, in: start..<end) } catch { throw fault(error.reason) }
      if let reason = RecordSet.fault(of: record) { throw fault("\(reason): \(record.path.quoted)") }
      canonical.removeAll(keepingCapacity: true)
      record.appendLine(to: &canonical)
      guard canonical.hasSameBytes(as: bytes[start..<end]) else { throw fault("the line is not in its canonical form") }
      guard record.path.isComposed else {
        throw fault("the path is not in normalisation form C: \(record.path.quoted)")
      }
      if let first = records.first, (first.salt == nil) != (record.salt == nil) {
        throw fault("some records have a salt and some have none")
      }
      if let last = records.last, !last.precedes(record) {
        throw fault(
          last.hasSamePlace(as: record)
            ? "\(record.path.quoted) stands twice in split \(record.split.quoted)" : "the records are not in order")
      }
      paths.append(record.path)
      records.append(record)
      start = end + 1
    }
    if let (first, second) = paths.pairs(path: { records[$0].path }).first {
      throw CertificateError(
        .badRecords,
        "\(records[second].path.quoted) and \(records[first].path.quoted) would be one file on some systems",
        line: second + 1)
    }
    guard !records.isEmpty else { throw CertificateError(.badRecords, "there are no records: nothing is committed to") }
    self.init(checked: records)
  }
}

/// Reads one line after the other, sharing the text of labels, groups and splits that repeat.
private struct RecordReader {
  struct Fault: Error {
    let reason: String
  }

  private var limits = JSONLimits()
  private var shared: [ByteText: String] = [:]

  init() {
    limits.allowsDecimals = false
    limits.maximumDepth = 1
  }

  mutating func record(_ bytes: [UInt8], in range: Range<Int>) throws(Fault) -> Record {
    let value: JSONValue
    do { value = try JSONParser.parse(bytes, in: range, limits: limits) } catch { throw Fault(reason: error.reason) }
    guard let members = value.members else { throw Fault(reason: "the line is not an object") }
    var split: String?, path: String?, label: String?, group: String?, sha256: Digest256?, size: Int64?, salt: LeafSalt?
    for member in members {
      switch member.key {
      case "split": split = try text(member)
      case "path": path = try text(member)
      case "label": label = try text(member)
      case "group": group = try text(member)
      case "sha256": sha256 = Digest256(hexadecimal: try text(member))
      case "salt":
        salt = LeafSalt(hexadecimal: try text(member))
        guard salt != nil else { throw Fault(reason: "the salt is not 32 lower-case hexadecimal digits") }
      case "size": size = member.value.integer
      default: throw Fault(reason: "the record has an unknown member \(member.key.quoted)")
      }
    }
    guard let split, let path, let sha256, let size else {
      throw Fault(reason: "the record lacks one of path, sha256, size, split, or holds something else there")
    }
    return Record(
      split: share(split), path: path, label: label.map { share($0) }, group: group.map { share($0) }, sha256: sha256,
      size: Int(size), salt: salt)
  }

  private func text(_ member: JSONMember) throws(Fault) -> String {
    guard let text = member.value.string else { throw Fault(reason: "\(member.key.quoted) is not a string") }
    return text
  }

  /// One copy of a text that repeats; text of up to 15 bytes needs no storage anyway.
  private mutating func share(_ text: String) -> String {
    guard text.utf8.count > 15 else { return text }
    if let known = shared[ByteText(text)] { return known }
    if shared.count < 1 << 16 { shared[ByteText(text)] = text }
    return text
  }
}
