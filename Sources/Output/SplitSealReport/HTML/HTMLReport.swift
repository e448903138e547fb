internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

/// The report as one page for people: what the text says, with the pictures.
///
/// One file that asks the network for nothing; without a script everything in it can be read. Its policy forbids whatever is
/// not part of it, and what stands in it of the dataset is text.
/// - Source: HTML Living Standard; Content Security Policy Level 3; WCAG 2.2, level AA.
public struct HTMLReport {
  /// Bytes that a page has at most.
  public static let byteCount = 25_000_000
  /// Bytes of these that pictures may take.
  static let pictureByteCount = 15_000_000
  /// Bytes that the findings may take, and every other section beside the pairs.
  static let sectionByteCount = 1_500_000
  /// Rows of a table of classes, groups or waivers, and findings of one rule and severity.
  static let rowCount = 200

  let result: AuditResult
  let context: ReportContext
  let pictures: ReportPictures
  /// The text report has the same words.
  let words: TextReport
  let shown: ShownPairs

  var manifest: Manifest { result.input.manifest }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - context: What is said beside the result.
  ///   - pictures: The pictures of the same result.
  public init(_ result: AuditResult, context: ReportContext, pictures: ReportPictures = .none) {
    self.result = result
    self.context = context
    self.pictures = pictures
    words = TextReport(result, context: context)
    shown = ShownPairs(result)
  }

  /// The whole page, UTF-8, at most ``byteCount``.
  public var bytes: [UInt8] { page.bytes }

  /// A part of the page with a heading of its own.
  struct Section {
    let id: HTMLText
    let title: String
    let body: HTMLText
  }

  private var page: HTMLText {
    let before = [
      Section(
        id: "leaks",
        title: result.input.alikeness.isCountDoubtful
          ? "Matches between splits, which may be look-alikes" : "Leaks between splits", body: leaks),
      Section(id: "checked", title: "What was checked", body: coverage),
    ]
    let after = [
      Section(id: "in-doubt", title: "In doubt", body: doubt),
      Section(id: "repeated", title: "Pictures that are there more than once", body: clusters),
      Section(id: "references", title: "Against published datasets", body: references),
      Section(id: "findings", title: "Other findings", body: findings),
      Section(id: "groups", title: "Groups in two splits", body: groups),
      Section(id: "impact", title: "Impact", body: impact),
      Section(id: "classes", title: "Classes", body: classes),
      Section(id: "power", title: "Detection power", body: power),
      Section(id: "waivers", title: "Waivers, decisions and baseline", body: waivers),
      Section(id: "not-checked", title: "What was not checked", body: list(result.skippedChecks)),
      Section(id: "held", title: "What held", body: list(result.heldSentences)),
      Section(id: "method", title: "How it was checked", body: method),
      Section(id: "reproduce", title: "How to reproduce", body: reproduction),
    ]
    let sheets = pictureSheets
    let taken = (before + after).reduce(sheets.byteCount) { $0 + $1.body.byteCount } + 100_000
    let middle = Section(id: "pairs", title: "Pairs", body: pairs(byteCount: max(0, Self.byteCount - taken)))
    let sections = (before + [middle] + after).filter { !$0.body.isEmpty }
    var html = head
    html +=
      "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n\(banner)\(contents(sections))<main id=\"main\">\n"
    for section in sections {
      html += """
        <section id="\(section.id)" aria-labelledby="\(section.id)-title">
        <h2 id="\(section.id)-title">\(section.title)</h2>
        \(section.body)</section>

        """
    }
    html += "</main>\n\(footer)\(sheets)<script>\(asset: .script)</script>\n</body>\n</html>\n"
    return html
  }

  private var head: HTMLText {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src \(HTMLAsset.style.policySource); \
    script-src \(HTMLAsset.script.policySource); base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(VerdictSentence(result).text) - SplitSeal</title>
    <style>\(asset: .style)</style>
    </head>

    """
  }

  private func contents(_ sections: [Section]) -> HTMLText {
    let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" as HTMLText }
    return "<nav aria-label=\"Contents\"><ul>\n\(HTMLText(links))</ul></nav>\n"
  }

  private var footer: HTMLText {
    "<footer><p>Made by splitseal \(context.toolVersion). The page is one file: it asks the network for nothing.</p></footer>\n"
  }

  /// Sentences as a list, the first of them where there are many.
  func list(_ sentences: [String]) -> HTMLText {
    guard !sentences.isEmpty else { return HTMLText() }
    var html: HTMLText = "<ul>\n"
    for sentence in sentences.prefix(Self.rowCount) { html += "<li>\(sentence)</li>\n" }
    html += "</ul>\n"
    return html + more(sentences.count - Self.rowCount, of: "sentence")
  }

  /// What is left out of a list or table, and where it is.
  func more(_ count: Int, of noun: String) -> HTMLText {
    count <= 0
      ? HTMLText() : "<p class=\"more\">\(counted(count, noun)) more: <code>--json FILE</code> has all.</p>\n"
  }
}

extension HTMLText {
  static func + (a: HTMLText, b: HTMLText) -> HTMLText {
    var sum = a
    sum += b
    return sum
  }
}
