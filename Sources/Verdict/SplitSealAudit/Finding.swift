public import SplitSealRules
public import SplitSealBase
internal import Crypto
internal import SplitSealFingerprint
internal import SplitSealPolicy

/// One thing that one rule found.
public struct Finding: Hashable, Sendable {
  /// The rule that found it.
  public let rule: RuleID
  /// How bad it is.
  public internal(set) var severity: Severity
  /// What was found, for a person: lower case, without a full stop.
  ///
  /// Reads after the path of the first of ``samples`` and does not repeat it; stands alone when ``isAboutSplits``. Names
  /// from the dataset are escaped.
  public let message: String
  /// The samples it is about, as indices into the manifest, in manifest order; when it is about whole splits, examples
  /// or none.
  public let samples: [Int]
  /// The splits it is about, as indices into the manifest's splits, ascending.
  public let splits: [Int]
  /// The numbers it rests on, in the order in which they are shown.
  public let evidence: [Evidence]
  /// SHA-256 over the rule and what it is about: the same for the same finding in every run, names not readable in it.
  public let id: Digest256

  /// Makes a finding and its identity.
  ///
  /// `items` are what identifies it among the findings of its rule, for example `split/path` of each sample; their order
  /// does not matter. Numbers do not belong there: they change when the finding does not.
  public init(
    rule: RuleID, severity: Severity, message: String, samples: [Int] = [], splits: [Int], evidence: [Evidence] = [],
    items: [String]
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.samples = samples
    self.splits = splits
    self.evidence = evidence
    self.id = Finding.identity(rule: rule, items: items)
  }
}

extension Finding {
  /// Whether the finding is about whole splits: its samples are examples at most, and its message stands alone.
  public var isAboutSplits: Bool { samples.isEmpty || Self.rulesWithExamples.contains(rule) }

  /// The rules whose findings name samples as examples only.
  private static let rulesWithExamples: [RuleID] = [
    .inDoubt, .redundancy, .groupLeak, .sequenceLeak, .dates, .referenceLeak,
  ]
}

/// One number or word that a finding rests on.
public struct Evidence: Hashable, Sendable {
  /// What the value is.
  public enum Value: Hashable, Sendable {
    case integer(Int)
    /// A number, and how many digits after the point mean something.
    case decimal(Double, digits: Int)
    case text(String)
  }

  /// Its name, lowerCamelCase, stable.
  public let name: String
  /// Its value.
  public let value: Value

  /// Makes a piece of evidence.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

extension Finding {
  /// SHA-256("splitseal/finding/v1" 00 rule (00 item)*), items sorted by UTF-8 bytes.
  static func identity(rule: RuleID, items: [String]) -> Digest256 {
    let sorted = items.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var hash = SHA256()
    hash.update(data: Array("splitseal/finding/v1".utf8) + [0] + Array(rule.rawValue.utf8))
    for item in sorted { hash.update(data: [0] + item) }
    return Digest256(hash.finalize())
  }
}
