public import SplitSealKeys
public import SplitSealBase
public import SplitSealManifest

/// Every record of a dataset: sorted by (split, path) as unsigned UTF-8 bytes, each place once, no two paths that would
/// be one file on some system.
///
/// The same path may stand in two splits: that is a finding of the audit, and legal here.
public struct RecordSet: Hashable, Sendable {
  /// The records, in their order.
  public let records: [Record]

  /// Sorts records into a set.
  ///
  /// - Throws: `CertificateError` with code `badRecords` that names the first paths at fault.
  /// - Complexity: O(*n* log *n*).
  public init(_ records: [Record]) throws(CertificateError) {
    let (set, faults) = RecordSet.assemble(records)
    guard faults.isEmpty else { throw RecordSet.error(faults) }
    guard !set.records.isEmpty else {
      throw CertificateError(.badRecords, "the dataset has no images: nothing is committed to")
    }
    self = set
  }

  /// Commits to every sample of a manifest.
  ///
  /// - Parameters:
  ///   - manifest: The samples.
  ///   - contents: The digest of each sample's file, in the manifest's order; `nil` where it could not be read.
  /// - Throws: `CertificateError` with code `badRecords` that names the first files that could not be read, stand
  ///   twice in a split, or whose path breaks the rules.
  /// - Precondition: one element of `contents` a sample.
  public init(manifest: Manifest, contents: [ContentDigest?]) throws(CertificateError) {
    let unreadable = manifest.samples.indices.filter { contents[$0] == nil }
    guard unreadable.isEmpty else {
      throw CertificateError(
        .badRecords,
        RecordSet.list(
          unreadable.map { manifest.samples[$0].path.quoted }, "file that the manifest lists cannot be read",
          "files that the manifest lists cannot be read"),
        hint: "nothing can be committed for a file without bytes: restore it or take it out of the manifest")
    }
    try self.init(RecordSet.records(of: manifest, contents: contents))
  }

  /// Takes records that are known to be in order and without fault.
  init(checked records: [Record]) {
    self.records = records
  }

  /// The records of the samples whose files could be read, in the manifest's order.
  static func records(of manifest: Manifest, contents: [ContentDigest?]) -> [Record] {
    precondition(manifest.samples.count == contents.count, "one content digest a sample")
    return zip(manifest.samples, contents).enumerated().compactMap { index, row in
      let (sample, content) = row
      return content.map { content in
        Record(
          split: manifest.splits[sample.split].name, path: sample.path,
          label: sample.label.map { manifest.labels[$0] }, group: manifest.groupName(of: index),
          sha256: content.sha256, size: content.byteCount)
      }
    }
  }

  /// Composes the paths, sorts, and leaves out what breaks the rules, with one sentence for each thing left out.
  static func assemble(_ records: [Record]) -> (RecordSet, faults: [String]) {
    var faults: [String] = []
    var accepted: [Record] = []
    accepted.reserveCapacity(records.count)
    var paths = PathCollisions()
    for record in records {
      if let fault = Self.fault(of: record) {
        faults.append("\(fault): \(record.path.quoted)")
      } else {
        paths.append(record.path)
        accepted.append(record)
      }
    }
    let collisions = paths.pairs { accepted[$0].path }
    for (first, second) in collisions {
      faults.append(
        "\(accepted[second].path.quoted) and \(accepted[first].path.quoted) would be one file on some systems")
    }
    if !collisions.isEmpty {
      let rejected = Set(collisions.map(\.second))
      accepted = accepted.indices.filter { !rejected.contains($0) }.map { accepted[$0] }
    }
    for index in accepted.indices where !accepted[index].path.isComposed {
      accepted[index] = accepted[index].withComposedPath
    }
    // Most manifests are written in order, and finding that out is cheap.
    if zip(accepted, accepted.dropFirst()).contains(where: { $1.precedes($0) }) { accepted.sort { $0.precedes($1) } }
    guard zip(accepted, accepted.dropFirst()).contains(where: { $0.hasSamePlace(as: $1) }) else {
      return (RecordSet(checked: accepted), faults)
    }
    var unique: [Record] = []
    for record in accepted {
      if let last = unique.last, last.hasSamePlace(as: record) {
        faults.append("\(record.path.quoted) stands twice in split \(record.split.quoted)")
      } else {
        unique.append(record)
      }
    }
    return (RecordSet(checked: unique), faults)
  }

  /// Why a record may not be committed to, whatever the others are; `nil` when it may.
  static func fault(of record: Record) -> String? {
    if let fault = RecordPath.fault(of: record.path) { return fault }
    if record.split.isEmpty { return "the split has no name" }
    if record.split.utf8.count > 256 { return "the split's name is longer than 256 bytes" }
    if record.split.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      return "the split's name has a control character"
    }
    let texts = [record.label, record.group]
    if texts.contains(where: { ($0?.utf8.count ?? 0) > RecordPath.maximumByteCount }) {
      return "the label or group is longer than \(RecordPath.maximumByteCount) bytes"
    }
    if record.size < 0 || record.size >= 1 << 53 { return "the size is out of range" }
    return nil
  }

  private static func error(_ faults: [String]) -> CertificateError {
    CertificateError(
      .badRecords, list(faults, "record cannot be committed to", "records cannot be committed to"),
      hint: "give each image one row in a split, under a path that is the same file on every system")
  }

  /// A count with its noun and the first things it counts: `3 files cannot be read: 'a', 'b', 'c'`.
  static func list(_ items: [String], _ one: String, _ many: String, shown: Int = 3) -> String {
    let more = items.count > shown ? ", and \(items.count - shown) more" : ""
    return "\(items.count) \(items.count == 1 ? one : many): \(items.prefix(shown).joined(separator: ", "))\(more)"
  }
}

extension Record {
  /// The record with its path in normalisation form C.
  fileprivate var withComposedPath: Record {
    Record(split: split, path: path.composed, label: label, group: group, sha256: sha256, size: size, salt: salt)
  }
}
