public import SplitSealRules
public import SplitSealBase
internal import Crypto
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealJSON
internal import SplitSealManifest
public import SplitSealPolicy

/// A JSON report that an earlier run wrote, read as far as later runs need it.
public struct EarlierReport {
  /// One finding of it.
  public struct EarlierFinding: Hashable, Sendable {
    /// Its identity.
    public let id: Digest256
    /// Its rule.
    public let rule: String
    /// Its severity.
    public let severity: Severity
    /// What it said.
    public let message: String
    /// The path of its first sample; `nil` when it has none.
    public let path: String?
  }

  /// Bytes of the largest report: 1 GiB.
  public static let maximumByteCount = 1 << 30

  /// The path as the user gave it.
  public let file: String
  /// SHA-256 of its bytes.
  public let digest: Digest256
  /// The findings in its order.
  public let findings: [EarlierFinding]
  /// The splits; empty when it holds no contents.
  public let splits: [Baseline.Split]

  /// Reads a report.
  ///
  /// - Throws: `ConfigurationError` when the file cannot be read or is no report.
  public init(path: String) throws(ConfigurationError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.read(path, limit: Self.maximumByteCount)
    } catch {
      throw ConfigurationError([.init(error.message, hint: error.hint ?? Self.hint, file: path)])
    }
    try self.init(bytes, path: path)
  }

  private static let hint = "give what an earlier run wrote with --json"

  /// Reads a report from its bytes; `path` is for messages.
  ///
  /// - Throws: `ConfigurationError` when it is no report.
  public init(_ bytes: [UInt8], path: String) throws(ConfigurationError) {
    func failure(_ message: String) -> ConfigurationError {
      ConfigurationError([.init(message, hint: Self.hint, file: path)])
    }
    var limits = JSONLimits()
    limits.maximumByteCount = Self.maximumByteCount
    limits.maximumStringByteCount = Self.maximumByteCount
    limits.maximumElementCount = 1 << 26
    // Reports have a line for each value, and longer ones than this.
    limits.maximumValueCount = max(limits.maximumValueCount, bytes.count / 8)
    let report: JSONValue
    do { report = try JSONParser.parse(bytes, limits: limits) } catch {
      throw failure("not a report of SplitSeal: not JSON, \(error)")
    }
    guard report["schema"]?.string == "splitseal-report" else {
      throw failure("not a report of SplitSeal: 'schema' is not 'splitseal-report'")
    }
    guard let version = report["schemaVersion"]?.string, version.hasPrefix("1.") else {
      throw failure("a report of another version than 1")
    }
    guard let found = report["findings"]?.array, let parts = report["splits"]?.array else {
      throw failure("the report has no findings or no splits")
    }
    var findings: [EarlierFinding] = []
    for (index, value) in found.enumerated() {
      guard let finding = EarlierFinding(value) else { throw failure("findings[\(index)] is not as reports write it") }
      findings.append(finding)
    }
    var splits: [Baseline.Split] = []
    for (index, value) in parts.enumerated() where value["contents"] != nil {
      guard let name = value["name"]?.string, let role = value["role"]?.string.flatMap(SplitRole.init(rawValue:)),
        let contents = value["contents"]?.string.flatMap(SplitContents.init(base64:))
      else { throw failure("splits[\(index)] is not as reports write it") }
      splits.append(Baseline.Split(name: name, role: role, contents: contents.prefixes))
    }
    self.file = path
    self.digest = Digest256(SHA256.hash(data: bytes))
    self.findings = findings
    self.splits = splits
  }

  /// The report as what a later audit compares itself with.
  public var baseline: Baseline {
    Baseline(
      file: file, digest: digest, findings: Dictionary(findings.map { ($0.id, $0.severity) }) { max($0, $1) },
      splits: splits)
  }
}

extension EarlierReport.EarlierFinding {
  fileprivate init?(_ value: JSONValue) {
    guard let id = value["id"]?.string.flatMap(Digest256.init(hexadecimalDigits:)), let rule = value["rule"]?.string,
      let severity = value["severity"]?.string.flatMap(Severity.init(rawValue:)),
      let message = value["message"]?.string
    else { return nil }
    self.init(
      id: id, rule: rule, severity: severity, message: message,
      path: value["samples"]?.array?.first?["path"]?.string)
  }
}

extension Digest256 {
  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  fileprivate init?(hexadecimalDigits text: String) {
    guard Waiver.isIdentity(text) else { return nil }
    let digits = text.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x61 + 10 }
    self.init((0..<32).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] })
  }
}
