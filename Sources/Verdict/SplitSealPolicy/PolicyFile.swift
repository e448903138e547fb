internal import SplitSealBase
internal import SplitSealManifest

/// A policy as it was read from a file.
public struct PolicyFile: Hashable, Sendable {
  /// The version of the file's form.
  public static let version = 1
  /// The name of a policy beside the data.
  public static let name = "splitseal.yml"
  /// Bytes of the largest policy.
  public static let maximumByteCount = 64 << 10

  /// The file's path as the user gave it.
  public let path: String
  /// The policy: what the file does not name is as in the default.
  public let policy: Policy
  /// The line of each setting that the file names: `class-limits.warning.p` -> 12.
  public let lines: [String: Int]

  /// Reads a policy.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  public init(path: String) throws(ConfigurationError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.read(path, limit: Self.maximumByteCount)
    } catch {
      throw ConfigurationError(
        [
          .init(
            error.message,
            hint: error.code == .notFound ? "name a policy, or make one with: splitseal policy init" : error.hint,
            file: path)
        ])
    }
    try self.init(bytes, path: path)
  }

  /// Reads a policy from its bytes.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - path: The path for messages.
  /// - Throws: ``ConfigurationError`` with every fault of the file.
  public init(_ bytes: [UInt8], path: String) throws(ConfigurationError) {
    guard bytes.count <= Self.maximumByteCount else {
      throw ConfigurationError([.init("the file has more than \(Self.maximumByteCount) bytes", file: path)])
    }
    let root = try YAMLDocument.parse(bytes, file: path)
    var reader = PolicyReader(file: path)
    reader.read(root)
    try reader.problems.check()
    self.path = path
    policy = reader.policy
    lines = reader.lines
  }
}

extension Policy {
  /// The policy as a file that reads back as this policy.
  ///
  /// - Parameters:
  ///   - isTrailing: Whether comments stand behind the settings, and not on lines of their own above them.
  ///   - comment: What to write to each setting, by its name and its meaning.
  /// - Returns: YAML, with a final newline.
  public func yaml(
    isTrailing: Bool = false, comment: (_ setting: String, _ meaning: String) -> String
  ) -> String {
    var text = "version: \(PolicyFile.version)\n"
    func write(_ tree: PolicyTree, indent: String) {
      for (name, branch) in tree.branches {
        switch branch {
        case .setting(let setting):
          let comment = comment(setting.name, setting.meaning)
          if !comment.isEmpty, !isTrailing { text += "\(indent)# \(comment)\n" }
          text += "\(indent)\(name): \(setting.yaml(self))"
          text += comment.isEmpty || !isTrailing ? "\n" : "  # \(comment)\n"
        case .mapping(let below):
          text += "\(indent)\(name):\n"
          write(below, indent: indent + "  ")
        }
      }
    }
    write(PolicyTree(PolicySetting.all), indent: "")
    return text
  }
}
