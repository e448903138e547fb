public import SplitSealRules
public import SplitSealBase
internal import SplitSealFingerprint
public import SplitSealManifest
internal import SplitSealPolicy

/// What an earlier report knew: its findings, and which pictures were in which split.
public struct Baseline: Hashable, Sendable {
  /// One split of the earlier report.
  public struct Split: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its role.
    public let role: SplitRole
    /// The first eight bytes of the SHA-256 of each of its files, big-endian, ascending, each once.
    ///
    /// Eight bytes suffice: of a million images against a million others one in twenty million audits sees two files
    /// taken for one.
    public let contents: [UInt64]

    /// Assembles a split; sorts the contents.
    public init(name: String, role: SplitRole, contents: [UInt64]) {
      self.name = name
      self.role = role
      self.contents = contents.sorted()
    }

    /// Whether a file of this content was in the split.
    ///
    /// - Complexity: O(log *n*).
    func contains(_ content: UInt64) -> Bool {
      var (low, high) = (0, contents.count)
      while low < high {
        let middle = (low + high) / 2
        if contents[middle] < content { low = middle + 1 } else { high = middle }
      }
      return low < contents.count && contents[low] == content
    }
  }

  /// The report's path as the user gave it.
  public let file: String
  /// SHA-256 of the report.
  public let digest: Digest256
  /// The severity of each finding; that of the worst where several have one identity.
  public let findings: [Digest256: Severity]
  /// The splits; empty when the report is of a version that holds no contents.
  public let splits: [Split]

  /// Assembles a baseline.
  public init(file: String, digest: Digest256, findings: [Digest256: Severity], splits: [Split]) {
    self.file = file
    self.digest = digest
    self.findings = findings
    self.splits = splits
  }

  /// Whether a finding is one of the earlier report's and no worse than it was there.
  ///
  /// What moved into test is never an old story.
  func knows(_ finding: Finding) -> Bool {
    guard finding.rule != .movedIntoTest, let severity = findings[finding.id] else { return false }
    return finding.severity <= severity
  }
}

extension ContentDigest {
  /// What a report keeps of a file's content: the first eight bytes of its SHA-256.
  public var prefix: UInt64 { sha256.words[0] }
}
