public import SplitSealBase
internal import Crypto
public import SplitSealJSON

/// That one record is among those that a certificate commits to: the record and its way to the signed root.
///
/// Whoever has the certificate can check it without the other records.
public struct InclusionProof: Hashable, Sendable {
  /// What the document's `schema` says.
  static let schema = "splitseal-inclusion-proof"

  /// The certificate that commits to the record.
  public let certificateID: Digest256
  /// The split in whose tree the record is.
  public let split: String
  /// The record's place in that tree, from 0.
  public let index: Int
  /// Records of the split.
  public let size: Int
  /// The record's line as it stands in `records.jsonl`, without its line feed: the leaf.
  public let line: [UInt8]
  /// The way to the split's `recordRoot`.
  public let path: MerklePath

  /// The proof as its document.
  public var json: JSONValue {
    .object([
      "schema": .string(Self.schema), "schemaVersion": .string(MembershipProof.schemaVersion),
      "certificate": .string(certificateID.description), "split": .string(split), "index": .integer(index),
      "size": .integer(size), "record": .string(String(decoding: line, as: UTF8.self)),
      "hashes": MembershipProof.json(path),
    ])
  }
}

/// That no file with a digest is in some splits of a certificate: the digests before and after it, side by side in each
/// split's sorted tree.
public struct AbsenceProof: Hashable, Sendable {
  /// What the document's `schema` says.
  static let schema = "splitseal-absence-proof"

  /// A digest that is in a split, with its way to the signed root.
  public struct Neighbour: Hashable, Sendable {
    /// The digest.
    public let sha256: Digest256
    /// Its place among the split's sorted digests, from 0.
    public let index: Int
    /// The way to the split's `contentRoot`.
    public let path: MerklePath
  }

  /// The proof for one split.
  public struct Gap: Hashable, Sendable {
    /// The split.
    public let split: String
    /// Digests of the split, repetitions counted.
    public let size: Int
    /// The greatest digest below the absent one; `nil` when all are above it.
    public let before: Neighbour?
    /// The least digest above the absent one; `nil` when all are below it.
    public let after: Neighbour?
  }

  /// The certificate that the splits are of.
  public let certificateID: Digest256
  /// SHA-256 of the file that is absent.
  public let sha256: Digest256
  /// One proof for each split that is spoken of, in the certificate's order.
  public let gaps: [Gap]

  /// The proof as its document.
  public var json: JSONValue {
    func value(_ neighbour: Neighbour) -> JSONValue {
      .object([
        "sha256": .string(neighbour.sha256.description), "index": .integer(neighbour.index),
        "hashes": MembershipProof.json(neighbour.path),
      ])
    }
    return .object([
      "schema": .string(Self.schema), "schemaVersion": .string(MembershipProof.schemaVersion),
      "certificate": .string(certificateID.description), "sha256": .string(sha256.description),
      "splits": .array(
        gaps.map {
          .object([
            "split": .string($0.split), "size": .integer($0.size), "before": $0.before.map(value),
            "after": $0.after.map(value),
          ])
        }),
    ])
  }
}

/// A proof about one file, for whoever has the certificate and not the records.
public enum MembershipProof: Hashable, Sendable {
  case inclusion(InclusionProof)
  case absence(AbsenceProof)

  /// The version of both documents.
  static let schemaVersion = "1.0"
  /// Hashes of the longest path: more than any tree of 2^53 leaves has.
  static let maximumPathLength = 64
  /// Bytes of the longest document: a record of 64 KiB, escaped.
  public static let maximumByteCount = 1 << 20

  /// The document: one RFC 8785 line with a final line feed.
  public var bytes: [UInt8] {
    switch self {
    case .inclusion(let proof): proof.json.canonicalBytes + [UInt8(ascii: "\n")]
    case .absence(let proof): proof.json.canonicalBytes + [UInt8(ascii: "\n")]
    }
  }

  /// The certificate that it speaks of.
  public var certificateID: Digest256 {
    switch self {
    case .inclusion(let proof): proof.certificateID
    case .absence(let proof): proof.certificateID
    }
  }

  static func json(_ path: MerklePath) -> JSONValue { .array(path.hashes.map { .string($0.description) }) }
}
