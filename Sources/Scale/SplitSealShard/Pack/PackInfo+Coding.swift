internal import SplitSealBase
internal import SplitSealFingerprint

/// The frame of a pack, version 1: docs/packs.md has all of it byte by byte.
enum PackFormat {
  /// What a pack begins with, for the reasons that a shard does.
  static let magic: [UInt8] = [0x89] + Array("SSPK".utf8) + [0x0D, 0x0A, 0x1A]
  /// Changes whenever the bytes mean something else.
  static let version: UInt32 = 1
  /// The magic, the version and four zeros.
  static var mark: [UInt8] {
    var writer = ByteWriter()
    writer.append(version)
    writer.append(UInt32(0))
    return magic + writer.bytes
  }
  /// The bits of what the samples have.
  static let paths: UInt8 = 1
  static let labels: UInt8 = 2
}

extension PackInfo {
  /// The payload of the block that a pack begins with.
  func coded(sampleCount: Int) -> [UInt8] {
    var writer = ByteWriter(byteCount: 256)
    writer.append((holdsPaths ? PackFormat.paths : 0) | (holdsLabels ? PackFormat.labels : 0))
    writer.append(UInt64(sampleCount))
    for text in [name, version ?? "", uri ?? "", license ?? ""] { writer.append(text) }
    return writer.bytes
  }

  /// Reads a payload; `nil` when the bytes are not one.
  static func coded(_ reader: inout ByteReader) -> (info: PackInfo, sampleCount: Int)? {
    guard let flags = reader.number(UInt8.self), flags & ~(PackFormat.paths | PackFormat.labels) == 0,
      let count = reader.count(atMost: Int(UInt32.max)), let name = reader.text(), let version = reader.text(),
      let uri = reader.text(), let license = reader.text(), reader.isAtEnd
    else { return nil }
    func present(_ text: String) -> String? { text.utf8.isEmpty ? nil : text }
    let info = PackInfo(
      name: name, version: present(version), uri: present(uri), license: present(license),
      holdsPaths: flags & PackFormat.paths != 0, holdsLabels: flags & PackFormat.labels != 0)
    return info.map { ($0, count) }
  }
}
