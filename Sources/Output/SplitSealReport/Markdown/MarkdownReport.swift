internal import SplitSealRules
internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// The report as an issue on the dataset's repository: counts, the share of test that is affected, the first pairs, what
/// held and how to see it again.
///
/// It fits into an issue: sections that would make it longer are named and left out.
public struct MarkdownReport {
  /// Bytes that an issue may have; GitHub takes 65,536 characters.
  static let byteCount = 60_000
  /// Rows of a table.
  static let rowCount = 20
  /// Lines of a list.
  static let lineCount = 40

  let result: AuditResult
  let context: ReportContext
  /// The text report has the same words.
  let words: TextReport

  var manifest: Manifest { result.input.manifest }

  /// Prepares a report.
  public init(_ result: AuditResult, context: ReportContext) {
    self.result = result
    self.context = context
    words = TextReport(result, context: context)
  }

  /// The whole document with a final newline.
  public var text: String {
    let last = section("How to reproduce", reproductionLines)
    var text = verdictLines.joined(separator: "\n") + "\n"
    var omitted: [String] = []
    for (title, lines) in [
      (leakTitle, leakLines), ("Pairs", pairLines), ("In doubt", doubtLines),
      ("Impact", list(words.impactLines.dropFirst())),
      ("Findings", findingLines), ("Looked at by people", list(words.decisionLines.dropFirst())),
      ("Waived", waiverLines), ("Splits", splitLines), ("Classes", classLines),
      ("What was not checked", list(result.skippedChecks)), ("What held", list(result.heldSentences)),
    ] where !lines.isEmpty {
      let section = section(title, lines)
      if text.utf8.count + section.utf8.count + last.utf8.count > Self.byteCount {
        omitted.append(title)
      } else {
        text += section
      }
    }
    if !omitted.isEmpty { text += "\nToo long for an issue, and left out: \(omitted.joined(separator: ", ")).\n" }
    return text + last
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    "\n### \(title)\n\n\(lines.joined(separator: "\n"))\n"
  }

  /// Sentences in a block, the first of them where there are many.
  private func list(_ sentences: some Sequence<String>, limit: Int = MarkdownReport.lineCount) -> [String] {
    let lines = sentences.map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
    guard !lines.isEmpty else { return [] }
    let hiddenCount = lines.count - limit
    let more = hiddenCount > 0 ? ["... and \(grouped(hiddenCount)) more (--json FILE has all)"] : []
    return MarkdownText.block(lines.prefix(limit) + more)
  }

  private var verdictLines: [String] {
    var lines = [
      "## SplitSeal: \(result.verdict.rawValue.uppercased())", "",
      MarkdownText.codeOfPrintable(VerdictSentence(result).text),
    ]
    let alike = result.input.alikenessSentences
    if !alike.isEmpty { lines += ["", "What a match is worth here:", ""] + list(alike) }
    if result.verdict != result.verdictWithoutWaivers {
      lines += ["", "Without waivers the verdict is \(result.verdictWithoutWaivers.rawValue)."]
    }
    if result.verdict != result.verdictWithoutBaseline {
      lines += ["", "Without the baseline the verdict is \(result.verdictWithoutBaseline.rawValue)."]
    }
    if !result.inconclusive.isEmpty {
      lines += ["", "Not enough was checked:", ""] + list(result.inconclusive, limit: 5)
    }
    return lines
  }

  private var reproductionLines: [String] {
    MarkdownText.block([context.command]) + [""]
      + ["With splitseal \(context.toolVersion). How it looks for copies:", ""] + list(context.method)
  }

  private var leakTitle: String {
    result.input.alikeness.isCountDoubtful ? "Matches between splits, which may be look-alikes" : "Leaks between splits"
  }

  func splitName(_ split: Int) -> String { MarkdownText.code(manifest.splits[split].name) }

  func place(_ sample: Int) -> String {
    MarkdownText.code("\(manifest.samples[sample].path)")
  }
}
