internal import SplitSealBase

/// An input whose layout is not known yet: what layouts may look at to recognise theirs.
struct LayoutCandidate {
  /// Bytes at the start of a file that are looked at.
  private static let startByteCount = 1 << 16

  /// Path of the file or folder.
  let path: String
  let isFolder: Bool
  /// How the file's name ends, in lower case; empty for a folder.
  let fileExtension: String
  /// The first bytes of a file, as UTF-8 without a byte order mark; empty for a folder, and for a file that cannot be
  /// read: reading it says why.
  let start: [UInt8]

  /// Looks at the start of a file or at nothing of a folder.
  init(_ path: String, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
    fileExtension = isFolder ? "" : lowercasedExtension(of: lastComponent(of: path))
    start = isFolder ? [] : Self.start(of: path)
  }

  private static func start(of path: String) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemFault) {
      let file = try OpenFile(path)
      guard try file.status().kind == .file else { return [] }
      // The byte that tells whether the file goes on is of no use here.
      if try !file.read(into: &bytes, byteCount: startByteCount) { bytes = Array(bytes.prefix(startByteCount)) }
    } catch {
      return []
    }
    // The last unit may be half of a character.
    let text = ManifestText.utf8(fromMarkedUTF16: bytes[...]) ?? ManifestText.utf8(fromMarkedUTF16: bytes.dropLast(2))
    guard text == nil else { return text ?? [] }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// Whether the first character that is not white space opens a JSON object.
  var startsWithObject: Bool {
    let space: [UInt8] = [0x20, 0x0A, 0x0D, 0x09]
    return start.first { !space.contains($0) } == UInt8(ascii: "{")
  }

  /// Whether a text occurs at the start of the file.
  func mentions(_ text: String) -> Bool { start.firstRange(of: Array(text.utf8)) != nil }

  /// Whether a folder holds something of this name, which may have folders in it: `annotations/train.json`.
  func holds(_ name: String) -> Bool {
    isFolder && (try? FileStatus(joined(path, name), followsLinks: true)) != nil
  }
}
