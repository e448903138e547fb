internal import SplitSealSystem

/// What follows the last slash.
package func lastComponent(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
  return String(path[path.utf8.index(after: slash)...])
}

/// What follows the last full stop of a file name, ASCII letters in lower case; empty where there is none.
package func lowercasedExtension(of name: String) -> String {
  guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.utf8.startIndex else { return "" }
  return lowercasedASCII(name[name.utf8.index(after: dot)...])
}

/// The text with A...Z in lower case and everything else as it is, the same in every locale.
package func lowercasedASCII(_ text: some StringProtocol) -> String {
  String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}

/// The absolute path of what `path` names, all links resolved.
package func realPath(_ path: String) throws(SystemFault) -> String {
  guard let resolved = unsafe realpath(path, nil) else { throw .last }
  defer { unsafe free(resolved) }
  guard let text = unsafe String(validatingCString: resolved) else { throw SystemFault(number: EILSEQ) }
  return text
}

/// Whether an absolute path is `root` or lies below it, by bytes; both are real paths.
package func isInside(_ path: String, _ root: String) -> Bool {
  guard root != "/" else { return true }
  guard path.utf8.starts(with: root.utf8) else { return false }
  let rest = path.utf8.dropFirst(root.utf8.count)
  return rest.isEmpty || rest.first == UInt8(ascii: "/")
}

/// The path of `path` below `root`, empty when they are one; both are real paths and one is inside the other.
package func relativePath(_ path: String, below root: String) -> String {
  guard root != "/" else { return String(path.dropFirst()) }
  return String(decoding: path.utf8.dropFirst(root.utf8.count).drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
}

/// One path put below another; either may be empty.
package func joined(_ folder: String, _ name: String) -> String {
  if folder.isEmpty { return name }
  if name.isEmpty { return folder }
  return folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
}
