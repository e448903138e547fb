internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealSystem

/// A file of segments, or standard input, as the user named it.
public struct ShardSource: Hashable, Sendable {
  /// Path of the file; `-` for standard input.
  public let path: String
  /// The split that every record is said to belong to; `nil` where nothing is said.
  public let splitName: String?

  /// Names a file, or standard input by `-`.
  public init(path: String, splitName: String? = nil) {
    self.path = path
    self.splitName = splitName
  }

  /// Whether it is standard input.
  public var isStandardInput: Bool { path == "-" }

  /// The name for messages.
  public var name: String { isStandardInput ? "standard input" : path }

  /// Finds the files that arguments name.
  ///
  /// An argument is a file, `-` for standard input, a pattern of files as shells know it, or `SPLIT=` and any of these,
  /// whose pattern no shell has looked at.
  ///
  /// - Returns: The files in the order of the arguments; those of a pattern sorted by the bytes of their paths.
  /// - Throws: ``ShardError`` for a pattern that no file fits, and where standard input is named twice.
  public static func sources(_ arguments: [String]) throws(ShardError) -> [ShardSource] {
    var sources: [ShardSource] = []
    for argument in arguments {
      let (split, path) = parseInputArgument(argument)
      for file in try files(path) { sources.append(ShardSource(path: file, splitName: split)) }
    }
    guard sources.count(where: \.isStandardInput) <= 1 else {
      throw ShardError(.unreadable, "it can be read once", hint: "give - once", file: "standard input")
    }
    return sources
  }

  private static func files(_ path: String) throws(ShardError) -> [String] {
    var status = stat()
    // A file whose name looks like a pattern is that file.
    guard path != "-", unsafe stat(path, &status) != 0, path.utf8.contains(where: { "*?[".utf8.contains($0) }) else {
      return [path]
    }
    let found = glob(path)
    guard !found.isEmpty else {
      throw ShardError(.notFound, "no file fits the pattern", hint: "check the folder and the ending", file: path)
    }
    return found
  }

  /// The paths that fit a pattern, sorted by bytes, whatever the locale says.
  private static func glob(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    #if canImport(Glibc)
      let result = unsafe Glibc.glob(pattern, GLOB_NOSORT, nil, &found)
    #elseif canImport(Musl)
      let result = unsafe Musl.glob(pattern, GLOB_NOSORT, nil, &found)
    #else
      let result = unsafe Darwin.glob(pattern, GLOB_NOSORT, nil, &found)
    #endif
    guard result == 0, let paths = unsafe found.gl_pathv else { return [] }
    let count = unsafe Int(found.gl_pathc)
    return (0..<count).compactMap { index in unsafe paths[index].map { unsafe String(cString: $0) } }
      .sorted { $0.precedesByBytes($1) }
  }
}
