internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

/// Workflow commands that GitHub Actions shows beside the lines of a manifest: `::error file=...,line=...::message`.
///
/// GitHub shows ten annotations of each severity a step. So that one rule does not hide the others, they are taken from
/// all rules in turn; how many there are stands in the first line.
/// - Source: GitHub Docs, Workflow commands for GitHub Actions, "Setting an error message".
public struct WorkflowAnnotations {
  /// Findings of one severity; the tenth is the verdict, or what could not be told.
  private static let annotationCount = 9

  private let result: AuditResult
  private let context: ReportContext
  private let places: FilePlaces

  /// Prepares the annotations.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - context: What is said beside the result.
  ///   - folder: The dataset's root as seen from the workspace; `nil` when it is elsewhere.
  public init(_ result: AuditResult, context: ReportContext, folder: String? = nil) {
    self.result = result
    self.context = context
    places = FilePlaces(result.input.manifest, folder: folder)
  }

  /// One command a line: the verdict, what could not be told, and the findings that are open.
  public var text: String {
    let open = zip(result.findings, result.statuses).filter { $1 == .open }.map(\.0)
    let shown = [Severity.error, .warning, .note].flatMap { severity in
      Self.inTurn(open.filter { $0.severity == severity }).prefix(Self.annotationCount)
    }
    let left =
      shown.count == open.count
      ? "" : "; annotations show \(grouped(shown.count)) of \(grouped(open.count)) findings, --json FILE has all"
    // What a match is worth here stands in the same notice: GitHub shows ten of them.
    let alike = result.input.alikenessSentences.map { "\n\($0)" }.joined()
    var lines = [command("notice", [("title", "SplitSeal")], VerdictSentence(result).text + left + alike)]
    if !result.inconclusive.isEmpty {
      lines.append(
        command(
          result.verdict == .inconclusive ? "error" : "warning", [("title", "not enough was checked")],
          result.inconclusive.joined(separator: "\n")))
    }
    return (lines + shown.map(annotation)).joined(separator: "\n") + "\n"
  }

  private func annotation(_ finding: Finding) -> String {
    var properties: [(String, String)] = []
    if let place = places.primary(of: finding) {
      properties.append(("file", Self.shown(place.path)))
      if let line = place.line { properties.append(("line", "\(line)")) }
    }
    properties.append(("title", finding.rule.rawValue))
    let name = finding.severity == .note ? "notice" : finding.severity.rawValue
    return command(name, properties, "\(result.sentence(finding)) [\(finding.shortIdentity)]")
  }

  /// The first finding of each rule, then the second of each, and so on.
  private static func inTurn(_ findings: [Finding]) -> [Finding] {
    var rankOf: [RuleID: Int] = [:]
    let ranked = findings.enumerated().map { index, finding in
      let rank = rankOf[finding.rule, default: 0]
      rankOf[finding.rule] = rank + 1
      return (rank: rank, index: index)
    }
    return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map { findings[$0.index] }
  }

  /// A path as a log may show it: whole, unless it holds what would act on whoever reads the log.
  private static func shown(_ path: String) -> String {
    path.unicodeScalars.map { printable(String($0)) }.joined()
  }

  private func command(_ name: String, _ properties: [(String, String)], _ message: String) -> String {
    let list = properties.map { "\($0)=\(Self.escaped($1, inProperty: true))" }.joined(separator: ",")
    return "::\(name) \(list)::\(Self.escaped(message, inProperty: false))"
  }

  /// What the runner turns back: `%`, CR and LF everywhere, `:` and `,` in properties.
  static func escaped(_ text: String, inProperty: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where inProperty: escaped += "%3A"
      case "," where inProperty: escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
