internal import SplitSealBase

/// What a path in a manifest may be: relative, inside the root by its words alone, and the same on every system.
///
/// Nothing here looks at the disk; where links lead is checked when files are opened.
package enum PathRule {
  /// Bytes of the longest path: `PATH_MAX` of Linux.
  static let maximumByteCount = 4096

  /// Why a path is refused, and what to do.
  package struct Fault: Error {
    package let reason: String
    package let hint: String

    init(_ reason: String, hint: String) {
      self.reason = reason
      self.hint = hint
    }
  }

  /// The path without `.` components and doubled slashes.
  ///
  /// - Complexity: O(*n*) for a path of *n* bytes; one allocation where there is nothing to take out.
  static func normalized(_ path: ArraySlice<UInt8>) throws(Fault) -> String {
    guard let first = path.first, let last = path.last else {
      throw Fault("the path is empty", hint: "name the image, relative to the folder of the manifest or to --root")
    }
    guard path.count <= maximumByteCount else {
      throw Fault("the path has more than 4,096 bytes: \(quoted(path))", hint: "shorten it")
    }
    var needsCare = first == UInt8(ascii: "/") || first == UInt8(ascii: ".") || last == UInt8(ascii: "/")
    var previous: UInt8 = 0
    for byte in path {
      if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: ":") || byte == 0xC2
        || (previous == UInt8(ascii: "/") && (byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")))
      {
        needsCare = true
        break
      }
      previous = byte
    }
    guard needsCare else { return String(decoding: path, as: UTF8.self) }
    try checkCharacters(path)
    try checkStart(path)
    return try withoutDots(path)
  }

  /// Checks what is said to be the path of a sample below its root, by a file that someone else may have written.
  ///
  /// The folders between the root and the input stand before the path of the row, so that it may be longer, and they are
  /// called what they are called.
  package static func checkSamplePath(_ path: ArraySlice<UInt8>) throws(Fault) {
    let hint = "do not use the file; nobody's honest program writes such a path"
    guard !path.isEmpty else { throw Fault("the path is empty", hint: hint) }
    guard path.count <= 2 * maximumByteCount else {
      throw Fault("the path has more than 8,192 bytes: \(quoted(path))", hint: hint)
    }
    guard path.first != UInt8(ascii: "/") else { throw Fault("the path \(quoted(path)) is absolute", hint: hint) }
    guard !path.contains(0) else { throw Fault("the path \(quoted(path)) has a control character", hint: hint) }
    for component in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard !component.elementsEqual("..".utf8) else {
        throw Fault("the path \(quoted(path)) goes up with '..'", hint: hint)
      }
      guard !component.isEmpty, !component.elementsEqual(".".utf8) else {
        throw Fault("the path \(quoted(path)) has an empty part", hint: hint)
      }
    }
  }

  /// Why a file of a folder cannot be used under the name that it has; `nil` where it can.
  ///
  /// No manifest holds such a path: it comes from a folder, where a name that is not UTF-8 is written with `\xEB`.
  static func fault(inListedPath path: String) -> String? {
    var fault: String?
    var previous: UInt8 = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "\\") { fault = fault ?? "its name has a backslash: rename it" }
      if byte == UInt8(ascii: "x"), previous == UInt8(ascii: "\\") {
        fault = "its name is not valid UTF-8 (\\x stands for such a byte): rename it"
      }
      if byte < 0x20 || byte == 0x7F || (previous == 0xC2 && byte < 0xA0) {
        fault = fault ?? "its name has a control character: rename it"
      }
      previous = byte
    }
    return fault
  }

  private static func checkCharacters(_ path: ArraySlice<UInt8>) throws(Fault) {
    var previous: UInt8 = 0
    for byte in path {
      guard byte >= 0x20, byte != 0x7F, previous != 0xC2 || byte >= 0xA0 else {
        throw Fault("the path \(quoted(path)) has a control character", hint: "rename the file")
      }
      previous = byte
    }
  }

  private static func checkStart(_ path: ArraySlice<UInt8>) throws(Fault) {
    let text = Array(path)
    let hint = "write it relative to the folder of the manifest, or to --root"
    let isOnDrive =
      text.count >= 3 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[0] | 0x20)
      && text[1] == UInt8(ascii: ":")
      && (text[2] == UInt8(ascii: "/") || text[2] == UInt8(ascii: "\\"))
    guard text[0] != UInt8(ascii: "/"), !isOnDrive, !text.starts(with: "\\\\".utf8) else {
      throw Fault("the path \(quoted(path)) is absolute", hint: hint)
    }
    if let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) {
      throw Fault("the path \(quoted(path)) is a web address", hint: "download the images and name the files")
    }
    guard !text.contains(UInt8(ascii: "\\")) else {
      throw Fault("the path \(quoted(path)) has a backslash", hint: "put '/' between folders")
    }
  }

  private static func withoutDots(_ path: ArraySlice<UInt8>) throws(Fault) -> String {
    var components: [ArraySlice<UInt8>] = []
    for component in path.split(separator: UInt8(ascii: "/")) where !component.elementsEqual(".".utf8) {
      guard !component.elementsEqual("..".utf8) else {
        throw Fault(
          "the path \(quoted(path)) goes up with '..'", hint: "give the folder that holds all the images with --root")
      }
      components.append(component)
    }
    let isFolder = path.last == UInt8(ascii: "/") || path.suffix(2).elementsEqual("/.".utf8) || components.isEmpty
    guard !isFolder else {
      throw Fault(
        "the path \(quoted(path)) names a folder", hint: "name the images in it, or give the folder as an input")
    }
    return String(decoding: Array(components.joined(separator: [UInt8(ascii: "/")])), as: UTF8.self)
  }

  private static func quoted(_ path: ArraySlice<UInt8>) -> String {
    "'\(printable(String(decoding: path, as: UTF8.self)))'"
  }
}
