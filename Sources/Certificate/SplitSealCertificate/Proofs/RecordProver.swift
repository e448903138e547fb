public import SplitSealKeys
public import SplitSealBase

/// Makes proofs from the records of a certificate.
public struct RecordProver {
  private let claims: CertificateClaims
  private let certificateID: Digest256
  private let records: [Record]
  /// The records of each split, in the certificate's order.
  private let ranges: [Range<Int>]
  private var recordTrees: [Int: MerkleLevels] = [:]
  private var contents: [Int: (digests: [Digest256], tree: MerkleLevels)] = [:]

  /// Takes what a certificate commits to.
  ///
  /// - Parameters:
  ///   - verification: A verification of the certificate in which the records were held against it.
  ///   - records: The records.
  /// - Throws: `CertificateError` with code `badRecords` when these are not the records that were signed.
  public init(_ verification: CertificateVerification, records: RecordSet) throws(CertificateError) {
    guard let claims = verification.claims, let id = verification.certificateID, verification.checkedRecords,
      !verification.problems.contains(where: { $0.subject == .records || $0.subject == .claims })
    else {
      throw CertificateError(
        .badRecords, "the records are not those that the certificate commits to",
        hint: "splitseal verify --signature-only says what differs")
    }
    self.claims = claims
    self.certificateID = id
    self.records = records.records
    var ranges: [Range<Int>] = []
    var start = 0
    for split in claims.splits {
      ranges.append(start..<start + split.count)
      start += split.count
    }
    self.ranges = ranges
  }

  /// The places of a path's records: one for each split that has it.
  public func indices(ofPath path: String) -> [Int] {
    let path = path.composed
    return ranges.compactMap { range in
      var (low, high) = (range.lowerBound, range.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if records[middle].path.precedesByBytes(path) { low = middle + 1 } else { high = middle }
      }
      return low < range.upperBound && records[low].path.hasSameBytes(as: path) ? low : nil
    }
  }

  /// The places of the records of files with these bytes.
  ///
  /// - Complexity: O(*n*).
  public func indices(ofContent sha256: Digest256) -> [Int] { records.indices.filter { records[$0].sha256 == sha256 } }

  /// The record at a place.
  public func record(at index: Int) -> Record { records[index] }

  /// Proves that a record is among those that were signed.
  ///
  /// - Precondition: there is such a record.
  /// - Complexity: O(*n*) for the first proof of a split, O(log *n*) for every other.
  public mutating func inclusion(ofRecordAt index: Int) -> InclusionProof {
    let split = ranges.firstIndex { $0.contains(index) } ?? 0
    let range = ranges[split]
    let tree = recordTrees[split] ?? MerkleLevels(leaves: records[range].lazy.map(\.line))
    recordTrees[split] = tree
    return InclusionProof(
      certificateID: certificateID, split: claims.splits[split].name, index: index - range.lowerBound,
      size: range.count, line: records[index].line, path: tree.path(ofLeafAt: index - range.lowerBound))
  }

  /// Proves that no file with a digest is in some splits.
  ///
  /// - Parameters:
  ///   - sha256: SHA-256 of the file.
  ///   - splits: Names of the splits; `nil` for all.
  /// - Returns: The proof; `nil` when the digest is in one of the splits.
  /// - Throws: `CertificateError` with code `badRecords` for a split that the certificate does not have, and for a
  ///   certificate that hides its records: its content roots are over keyed digests.
  /// - Complexity: O(*n* log *n*) for the first proof, O(*n*) for every other.
  public mutating func absence(
    of sha256: Digest256, from splits: [String]? = nil
  ) throws(CertificateError) -> AbsenceProof? {
    guard !claims.mode.isHidden else {
      throw CertificateError(.badRecords, "a certificate that hides its records proves no file to be absent")
    }
    for name in splits ?? [] where !claims.splits.contains(where: { $0.name.hasSameBytes(as: name) }) {
      throw CertificateError(
        .badRecords, "the certificate has no split \(name.quoted)",
        hint: "it has \(claims.splits.map(\.name.quoted).joined(separator: ", "))")
    }
    var gaps: [AbsenceProof.Gap] = []
    for (number, split) in claims.splits.enumerated() {
      if let splits, !splits.contains(where: { $0.hasSameBytes(as: split.name) }) { continue }
      guard let gap = gap(around: sha256, split: number) else { return nil }
      gaps.append(gap)
    }
    return AbsenceProof(certificateID: certificateID, sha256: sha256, gaps: gaps)
  }

  private mutating func gap(around sha256: Digest256, split: Int) -> AbsenceProof.Gap? {
    let (digests, tree) = contents(of: split)
    let next = digests.firstIndex { sha256 <= $0 } ?? digests.count
    guard next == digests.count || digests[next] != sha256 else { return nil }
    func neighbour(_ index: Int) -> AbsenceProof.Neighbour? {
      guard digests.indices.contains(index) else { return nil }
      return AbsenceProof.Neighbour(sha256: digests[index], index: index, path: tree.path(ofLeafAt: index))
    }
    return AbsenceProof.Gap(
      split: claims.splits[split].name, size: digests.count, before: neighbour(next - 1), after: neighbour(next))
  }

  private mutating func contents(of split: Int) -> (digests: [Digest256], tree: MerkleLevels) {
    if let known = contents[split] { return known }
    let digests = records[ranges[split]].map(\.sha256).sorted()
    let made = (digests, MerkleLevels(leaves: digests.lazy.map(\.bytes)))
    contents[split] = made
    return made
  }
}

extension Record {
  /// The record as one RFC 8785 line, without the line feed: a leaf of its split's tree.
  var line: [UInt8] {
    var bytes: [UInt8] = []
    appendLine(to: &bytes)
    return bytes
  }
}
