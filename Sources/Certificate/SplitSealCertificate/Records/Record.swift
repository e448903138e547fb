public import SplitSealBase
internal import SplitSealJSON

/// What a certificate commits to for one image: where it stands and which bytes it has.
public struct Record: Sendable {
  /// Name of the split, 1...256 UTF-8 bytes, no control characters.
  public let split: String
  /// Path below the dataset's root, in normalisation form C; see docs/certificate.md for what it may hold.
  public let path: String
  /// The label as the manifest writes it; `nil` when it gives none.
  public let label: String?
  /// The group (subject, patient, video, scene) as the manifest writes it; `nil` when it gives none.
  public let group: String?
  /// SHA-256 of the file's bytes.
  public let sha256: Digest256
  /// Bytes of the file, 0..<2^53.
  public let size: Int
  /// What makes the record's leaf unguessable; `nil` unless the certificate hides its records.
  public let salt: LeafSalt?

  /// Makes a record.
  ///
  /// Whether it may be committed to is decided when it joins a ``RecordSet``.
  public init(
    split: String, path: String, label: String? = nil, group: String? = nil, sha256: Digest256, size: Int,
    salt: LeafSalt? = nil
  ) {
    self.split = split
    self.path = path
    self.label = label
    self.group = group
    self.sha256 = sha256
    self.size = size
    self.salt = salt
  }
}

extension Record: Hashable {
  /// Whether both records have the same bytes in every member.
  public static func == (a: Record, b: Record) -> Bool {
    a.sha256 == b.sha256 && a.size == b.size && a.salt == b.salt && a.path.hasSameBytes(as: b.path)
      && a.split.hasSameBytes(as: b.split)
      && a.label.map(ByteText.init) == b.label.map(ByteText.init)
      && a.group.map(ByteText.init) == b.group.map(ByteText.init)
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sha256)
    hasher.combine(ByteText(path))
    hasher.combine(ByteText(split))
  }
}

extension Record {
  /// The same record with a salt.
  func salted(_ salt: LeafSalt) -> Record {
    Record(split: split, path: path, label: label, group: group, sha256: sha256, size: size, salt: salt)
  }

  /// Whether this record comes before another in `records.jsonl`: by split, then by path, as unsigned UTF-8 bytes.
  func precedes(_ other: Record) -> Bool {
    split.hasSameBytes(as: other.split) ? path.precedesByBytes(other.path) : split.precedesByBytes(other.split)
  }

  /// Whether this record stands in the same place as another: same split, same path.
  func hasSamePlace(as other: Record) -> Bool {
    path.hasSameBytes(as: other.path) && split.hasSameBytes(as: other.split)
  }

  /// Appends the record as one RFC 8785 line, without the line feed.
  ///
  /// Written by hand and not through `JSONValue`: a dataset has a million records, and their keys are known.
  func appendLine(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let group {
      bytes.append(contentsOf: "\"group\":".utf8)
      Self.append(group, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    if let label {
      bytes.append(contentsOf: "\"label\":".utf8)
      Self.append(label, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(contentsOf: "\"path\":".utf8)
    Self.append(path, to: &bytes)
    if let salt {
      bytes.append(contentsOf: ",\"salt\":\"".utf8)
      salt.appendHexadecimal(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(contentsOf: ",\"sha256\":\"".utf8)
    sha256.appendHexadecimal(to: &bytes)
    bytes.append(contentsOf: "\",\"size\":".utf8)
    bytes.append(contentsOf: String(size).utf8)
    bytes.append(contentsOf: ",\"split\":".utf8)
    Self.append(split, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Appends a JSON string; only text that needs escapes takes the general writer.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: text.utf8)
    for byte in bytes[(start + 1)...] where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      bytes.removeSubrange(start...)
      bytes.append(contentsOf: JSONValue.string(text).canonicalBytes)
      return
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
