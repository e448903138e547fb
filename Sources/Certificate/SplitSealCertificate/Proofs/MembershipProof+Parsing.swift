public import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

extension MembershipProof {
  /// Reads a proof.
  ///
  /// Nothing is verified. Refused: members that are not in the format, another schema or version, a path of more hashes
  /// than any tree has, and what `JSONParser` refuses.
  ///
  /// - Parameter bytes: One document, with or without a final line feed.
  /// - Throws: `CertificateError`: `malformed`, or `unsupported` for another schema or version.
  public init(parsing bytes: [UInt8]) throws(CertificateError) {
    var limits = JSONLimits()
    limits.maximumByteCount = Self.maximumByteCount
    limits.maximumStringByteCount = 128 << 10
    limits.maximumElementCount = 1 << 10
    limits.maximumDepth = 8
    limits.allowsDecimals = false
    let document: JSONValue
    do { document = try JSONParser.parse(bytes, limits: limits) } catch {
      throw CertificateError(.malformed, "not a proof: \(error)")
    }
    let reader = StatementReader(document)
    let schema = try reader.string("schema")
    let version = try reader.string("schemaVersion")
    guard version.hasSameBytes(as: "1") || version.utf8.starts(with: "1.".utf8) else {
      throw CertificateError(.unsupported, "the proof's version is \(version.quoted), and this version knows 1")
    }
    switch schema {
    case InclusionProof.schema: self = .inclusion(try InclusionProof(reader))
    case AbsenceProof.schema: self = .absence(try AbsenceProof(reader))
    default: throw CertificateError(.unsupported, "the proof's schema is \(schema.quoted), which is none that is known")
    }
  }
}

extension InclusionProof {
  fileprivate init(_ reader: StatementReader) throws(CertificateError) {
    try reader.expectMembers([
      "schema", "schemaVersion", "certificate", "split", "index", "size", "record", "hashes",
    ])
    certificateID = try reader.digest("certificate")
    split = try reader.string("split")
    index = try reader.count("index")
    size = try reader.count("size")
    line = Array(try reader.string("record").utf8)
    path = try reader.path()
  }
}

extension AbsenceProof {
  fileprivate init(_ reader: StatementReader) throws(CertificateError) {
    try reader.expectMembers(["schema", "schemaVersion", "certificate", "sha256", "splits"])
    certificateID = try reader.digest("certificate")
    sha256 = try reader.digest("sha256")
    gaps = try reader.array("splits", limit: RecordSummary.maximumSplitCount) { gap throws(CertificateError) in
      try gap.expectMembers(["split", "size", "before", "after"])
      return Gap(
        split: try gap.string("split"), size: try gap.count("size"), before: try Neighbour.optional(gap, "before"),
        after: try Neighbour.optional(gap, "after"))
    }
    guard !gaps.isEmpty else { throw CertificateError(.malformed, "the proof speaks of no split") }
  }
}

extension AbsenceProof.Neighbour {
  fileprivate static func optional(
    _ gap: StatementReader, _ key: String
  ) throws(CertificateError) -> AbsenceProof.Neighbour? {
    guard gap.optional(key) != nil else { return nil }
    let reader = try gap.object(key)
    try reader.expectMembers(["sha256", "index", "hashes"])
    return AbsenceProof.Neighbour(
      sha256: try reader.digest("sha256"), index: try reader.count("index"), path: try reader.path())
  }
}

extension StatementReader {
  fileprivate func expectMembers(_ known: [String]) throws(CertificateError) {
    guard let members = value.members else { throw CertificateError(.malformed, "the proof is not an object") }
    for member in members where !known.contains(where: { $0.hasSameBytes(as: member.key) }) {
      throw CertificateError(.malformed, "the proof has an unknown member \(member.key.quoted)")
    }
  }

  fileprivate func path() throws(CertificateError) -> MerklePath {
    MerklePath(
      hashes: try array("hashes", limit: MembershipProof.maximumPathLength) { hash throws(CertificateError) in
        guard let digest = Digest256(hexadecimal: try hash.string()) else {
          throw hash.fault("is not 64 lower-case hexadecimal digits")
        }
        return digest
      })
  }
}
