import SplitSealAudit
import SplitSealReport
import SplitSealTestSupport
import Testing

@Suite struct TextReportTests {
  /// The lines of the whole report.
  private func lines(_ dataset: String) -> [String] {
    TextReport(
      DatasetBuilder(dataset).audit(),
      context: ReportContext(toolVersion: "0.1.0", command: "splitseal scan -v", method: [], showsPolicy: true)
    ).text
      .split(separator: "\n").map(String.init)
  }

  /// A match speaks of what turns the manifest's earlier picture into the later one; the report of the evaluated one.
  @Test(arguments: [
    ("train/cat a path=x.png\ntest/cat a~4:turn90 path=y.png", "turn90"),
    ("test/cat a path=y.png\ntrain/cat a~4:turn90 path=x.png", "turn270"),
  ])
  func `a pair says what turns the other picture into the evaluated one`(_ dataset: String, _ turn: String) {
    #expect(lines(dataset).contains { $0.hasPrefix("  0.935  4 bits, \(turn)  test: y.png  = train: x.png  [") })
  }

  @Test(arguments: [
    ("train/cat a path=x.png\ntest/cat a@0.93 path=y.png", "aligned"),
    ("train/cat a path=x.png\ntest/cat a@0.93:turn90 path=y.png", "aligned, turn90"),
    ("train/cat a path=x.png\ntest/cat a@0.93:identity:whole:middle path=y.png", "aligned, middle = whole"),
    ("test/cat a path=y.png\ntrain/cat a@0.93:identity:whole:middle path=x.png", "aligned, whole = middle"),
    ("train/cat a path=x.png\ntest/cat a@0.93? path=y.png", "descriptors"),
  ])
  func `an aligned pair says which parts of the two lie on each other`(_ dataset: String, _ how: String) {
    #expect(lines(dataset).contains { $0.hasPrefix("  0.930  \(how)  test: y.png  = train: x.png  [") })
  }

  @Test func `pictures in several images are counted, and the one in the most is named with its weakest link`() {
    let lines = lines("train/cat a\ntrain/cat a@0.8\ntrain/cat a\ntest/cat a@0.7\ntrain/cat b\ntest/cat b")
    #expect(lines.contains("  2 pictures in 6 images"))
    #expect(
      lines.contains(
        "  largest cluster: 3 of train, 1 of test, weakest link 0.700, around train: train/cat/1.png"))
    #expect(!self.lines("train/cat a\ntest/cat b").contains { $0.contains("pictures in") })
  }

  @Test func `the evaluated split's share comes first, in either order`() {
    for dataset in ["train/cat a\ntrain/cat b\ntest/cat a", "test/cat a\ntrain/cat a\ntrain/cat b"] {
      let lines = lines(dataset)
      let first = lines.firstIndex { $0.hasPrefix("  1 of 1 test   train    100.00 %") }
      let second = lines.firstIndex { $0.hasPrefix("  1 of 2 train  test      50.00 %") }
      #expect(first != nil && second == first.map { $0 + 1 })
    }
  }

  @Test func `one long path does not move the columns of the others`() {
    let long = String(repeating: "long/", count: 30) + "name.png"
    let lines = lines("train/cat a path=a.png\ntest/cat a path=\(long)\ntrain/cat b path=b.png\ntest/cat b path=c.png")
    #expect(lines.contains { $0.hasPrefix("  1.000  same bytes  test: c.png  = train: b.png  [") })
    #expect(lines.contains { $0.hasPrefix("  1.000  same bytes  test: \(long)  = train: a.png  [") })
  }

  @Test func `a share is not rounded down to nothing`() {
    let lines = lines("train/cat *19999\ntrain/cat a\ntest/cat a")
    #expect(lines.contains { $0.hasPrefix("  1 of 20,000 train  test      <0.01 %") })
  }
}
