internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealPolicy

/// The audit as test results: one suite a rule, in JUnit's XML as Ant writes it and Jenkins reads it.
///
/// A finding at or above `--fail-on` is a failure, one below it a passed test with its message; what held is a passed test;
/// what was not checked, is waived or is in the baseline is a skipped one; what keeps the verdict from being a pass is an
/// error. There are no durations, as the same dataset is to give the same bytes.
/// - Source: the schema `junit-10.xsd` of Jenkins' xUnit plugin.
public struct JUnitReport {
  private let result: AuditResult
  private let context: ReportContext

  /// Prepares a report.
  public init(_ result: AuditResult, context: ReportContext) {
    (self.result, self.context) = (result, context)
  }

  /// The whole document with a final newline.
  public var text: String {
    let suites = self.suites
    let cases = suites.flatMap(\.cases)
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.kind == .failure })\" "
      + "errors=\"\(cases.count { $0.kind == .error })\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="splitseal" \(counts)>
      \(suites.map(text).joined())</testsuites>

      """
  }

  private func text(of suite: JUnitSuite) -> String {
    "  <testsuite name=\"\(xmlText(suite.name))\" \(suite.counts)>\n"
      + (suite.name == Self.wholeName ? "    <properties>\n\(properties)    </properties>\n" : "")
      + suite.cases.map(\.text).joined() + "  </testsuite>\n"
  }

  /// The answer first, then the leaks, a line for each row of the table.
  private var properties: String {
    let answer = [("summary", VerdictSentence(result).text)] + LeakTable(result).sentences(result).map { ("leaks", $0) }
    let others = [
      ("verdict", result.verdict.rawValue), ("found", result.foundText), ("version", context.toolVersion),
      ("command", context.command),
    ]
    return (answer + others).map { "      <property name=\"\($0)\" value=\"\(xmlText($1))\"/>\n" }.joined()
  }

  /// The suite of what is about no rule alone.
  private static let wholeName = "splitseal.dataset"

  private var suites: [JUnitSuite] {
    var findingsOf: [RuleID: [(Finding, FindingStatus)]] = [:]
    for (finding, status) in result.listedFindings {
      findingsOf[finding.rule, default: []].append((finding, status))
    }
    return result.statements.compactMap { statement in
      let name = statement.rule.map { "splitseal.\($0.rawValue)" } ?? Self.wholeName
      let found = statement.rule.flatMap { findingsOf[$0] } ?? []
      let cases =
        found.map { testCase($0, $1, name) }
        + statement.passedChecks.map { JUnitCase(suite: name, name: $0, kind: .passed) }
        + statement.inconclusive.map {
          JUnitCase(suite: name, name: $0, kind: .error, message: $0, type: "inconclusive")
        }
        + statement.skippedChecks.map { JUnitCase(suite: name, name: $0, kind: .skipped, message: "not checked") }
        + (statement.rule == nil ? [result.unlistedText].compactMap(\.self) : []).map {
          JUnitCase(suite: name, name: $0, kind: .skipped, message: "not listed")
        }
      // The first suite is there in any case: it names the verdict.
      return cases.isEmpty && statement.rule != nil ? nil : JUnitSuite(name: name, cases: cases)
    }
  }

  private func testCase(_ finding: Finding, _ status: FindingStatus, _ suite: String) -> JUnitCase {
    let sentence = result.sentence(finding)
    let name = "\(sentence) [\(finding.shortIdentity)]"
    switch status {
    case .known: return JUnitCase(suite: suite, name: name, kind: .skipped, message: "in the baseline")
    case .waived(let waiver):
      return JUnitCase(suite: suite, name: name, kind: .skipped, message: "waived: \(waiver.words)")
    case .open:
      let isFailure = finding.severity >= result.input.policy.failOn
      return JUnitCase(
        suite: suite, name: name, kind: isFailure ? .failure : .passed, message: sentence,
        type: finding.severity.rawValue, details: details(finding))
    }
  }

  /// The severity, the images and the identity, a line each.
  private func details(_ finding: Finding) -> String {
    let manifest = result.input.manifest
    let images = finding.samples.prefix(Self.namedImageCount).map { sample in
      let sample = manifest.samples[sample]
      return "\(printable(manifest.splits[sample.split].name)): \(printable(sample.path))"
    }
    let hiddenCount = finding.samples.count - images.count
    let more = hiddenCount == 0 ? [] : ["... and \(grouped(hiddenCount)) more"]
    return (["\(finding.severity.rawValue): \(result.sentence(finding))"] + images + more + ["finding \(finding.id)"])
      .joined(separator: "\n")
  }

  private static let namedImageCount = 20
}
