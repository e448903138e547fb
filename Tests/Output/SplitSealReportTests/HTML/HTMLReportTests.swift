import SplitSealBase
import Foundation
import SplitSealAudit
import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import SplitSealTestSupport
import Testing

@testable import SplitSealReport

/// The page: what is on it, and what can never be.
@Suite struct HTMLReportTests {
  private func page(_ dataset: ReportedDataset, pictures: ReportPictures = .none) -> String {
    String(
      decoding: HTMLReport(dataset.result, context: dataset.reportContext, pictures: pictures).bytes, as: UTF8.self)
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test(arguments: ReportedDataset.all + [.markup])
  func `every element is closed, and no tag comes from the dataset`(_ dataset: ReportedDataset) {
    let html = page(dataset)
    // The script and the style are texts that may hold anything but their own end.
    let outside = html.replacing(#/<(script|style)>[\s\S]*?</(script|style)>/#, with: "")
    var open: [String] = []
    var known: Set<String> = []
    let tags = outside.matches(of: #/<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*)(/?)>/#)
    for tag in tags {
      let name = tag.2.lowercased()
      known.insert(name)
      if !tag.1.isEmpty {
        #expect(open.popLast() == name)
      } else if tag.4.isEmpty, !["meta", "input", "br"].contains(name) {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
    let allowed: Set<String> = [
      "html", "head", "meta", "title", "body", "a", "header", "p", "h1", "h2", "h3", "h4", "strong", "b", "nav", "ul",
      "li",
      "main", "section", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "form", "label", "select",
      "option",
      "input", "output", "kbd", "article", "small", "figure", "figcaption", "span", "code", "details", "summary", "dl",
      "dt",
      "dd", "pre", "footer", "svg", "g", "rect", "line", "path", "text", "circle", "polygon", "desc", "defs", "pattern",
      "polyline", "clippath",
    ]
    #expect(known.subtracting(allowed).isEmpty)
    // Every sign that could open a tag is one of those.
    #expect(count("<", in: outside) == tags.count + count("<!doctype html>", in: outside))
  }

  @Test func `names that are markup are shown as names`() {
    let html = page(.markup)
    #expect(count("<script>", in: html) == 1)
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;.png"))
    #expect(html.contains("&lt;i&gt;@octocat|`"))
    #expect(!html.contains("<img"))
    #expect(!html.contains(String(repeating: "y", count: 300)))
    #expect(!page(.hostileNames).unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" || $0 == "\u{200F}" })
  }

  @Test(arguments: ReportedDataset.all + [.markup])
  func `the page asks for nothing and allows nothing but itself`(_ dataset: ReportedDataset) throws {
    let html = page(dataset)
    let policy = try #require(html.firstMatch(of: #/Content-Security-Policy" content="([^"]*)"/#)).1
    #expect(policy.hasPrefix("default-src 'none'; img-src data:; style-src 'sha256-"))
    #expect(!policy.contains("unsafe"))
    // Addresses in names are text: nothing is loaded by an attribute.
    for attribute in html.matches(of: #/ (?:src|href|action|data|srcset|style)="([^"]*)"/#) {
      #expect(attribute.1.hasPrefix("#") || attribute.1.hasPrefix("data:image/jpeg;base64,"))
    }
    #expect(html.firstMatch(of: #/ on[a-z]+=/#) == nil)
  }

  @Test func `the verdict comes first, and headings are in order`() throws {
    let html = page(.leaks)
    let headings = html.matches(of: #/<h([1-6])/#).compactMap { Int($0.1) }
    #expect(headings.first == 1)
    #expect(headings.filter { $0 == 1 }.count == 1)
    #expect(zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    let titles = html.matches(of: #/<h2[^>]*>([^<]*)/#).map { String($0.1) }
    #expect(titles.prefix(3) == ["Leaks between splits", "What was checked", "Pairs"])
    #expect(titles.suffix(3) == ["What held", "How it was checked", "How to reproduce"])
    #expect(html.contains("There are no pictures: the report was made without the images."))
  }

  @Test func `every open pair is there with its score, how it was found, its labels and its finding`() {
    let html = page(.leaks)
    let pairs = ReportedDataset.leaks.result.openPairs
    #expect(count("<article", in: html) == pairs.count)
    for pair in pairs { #expect(html.contains("<code class=\"id\">\(pair.finding.id.description.prefix(12))</code>")) }
    #expect(html.contains("Pair 7: 0.981 <small>aligned, turn270</small>") || html.contains("aligned, turn90</small>"))
    #expect(html.contains("<strong class=\"conflict\">two labels</strong>"))
  }

  @Test func `a page with too many pairs stays below its limit and says what it left out`() {
    let lines = (0..<5_200).map { "train/cat c\($0)\ntest/cat c\($0)" }
    let dataset = ReportedDataset(name: "many", result: ReportedDataset.audited(lines))
    let html = page(dataset)
    #expect(count("<article", in: html) == 5_000)
    #expect(html.contains("<strong>5,000 of 5,200 pairs are shown</strong>: <code>--pairs FILE.csv</code> lists all."))
    #expect(html.utf8.count < HTMLReport.byteCount)
  }

  @Test func `names that take much room leave fewer pairs, and the page says so`() throws {
    // 190 characters of which each is written as nine, in the paths and in the label.
    let name = String(repeating: "\u{E0001}", count: 190)
    let lines = (0..<4_000).map {
      "train/\(name) c\($0) path=train/\($0)\(name)\ntest/\(name) c\($0) path=test/\($0)\(name)"
    }
    let html = page(ReportedDataset(name: "long", result: ReportedDataset.audited(lines)))
    #expect(html.utf8.count < HTMLReport.byteCount)
    let shown = count("<article", in: html)
    #expect(shown > 1_000 && shown < 4_000)
    #expect(
      html.contains(
        "<strong>\(shown / 1_000),\(String(shown % 1_000 + 1_000).dropFirst()) of 4,000 pairs are shown</strong>"))
  }
}
