import Foundation
import Testing

/// `splitseal plot`.
@Suite struct PlotTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeFolders("set", count: 3)
    try bench.write("set/test/real/copy.png", Picture(seed: 100).png)
  }

  @Test func `one chart goes to standard output or to a file, whatever was found`() throws {
    #expect(try bench.run("scan", "set").status == 1)
    let shown = try bench.run("plot", "set", "--what", "scores", "-o", "-")
    #expect(shown.status == 0)
    #expect(shown.errors == "")
    #expect(shown.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "))
    #expect(shown.output.hasSuffix("</svg>\n"))
    #expect(shown.output.contains("<title>same bytes: 1 pair</title>"))
    let written = try bench.run("plot", "set", "--what", "scores", "-o", "scores.svg")
    #expect(written.status == 0)
    #expect(written.output == "")
    #expect(try bench.text("scores.svg") == shown.output)
  }

  @Test func `all charts go to a folder with their numbers, and what cannot be drawn is said`() throws {
    let outcome = try bench.run("plot", "set", "-o", "charts")
    #expect(outcome.status == 0)
    #expect(
      outcome.output
        == "charts/classes.svg\ncharts/classes.csv\ncharts/scores.svg\ncharts/scores.csv\n")
    #expect(outcome.errors == "splitseal: note: power.svg was not written: the detector was not probed (--probe)\n")
    #expect(try bench.names(in: "charts") == ["classes.csv", "classes.svg", "scores.csv", "scores.svg"])
    // 3 real and 3 spoof in train; 4 and 3 in test, whose Wilson interval for 4 of 7 is 25.0 % to 84.2 %.
    #expect(try bench.text("charts/classes.csv").contains("\nreal,train,3,6,0.500000,"))
    #expect(try bench.text("charts/classes.csv").contains("\nreal,test,4,7,0.571429,0.250458,0.841780\n"))
    let again = try bench.run("plot", "set", "-o", "charts")
    #expect(again.status == 2)
    #expect(again.complaints.first == "error: charts/classes.svg already exists")
    #expect(try bench.run("plot", "set", "-o", "charts", "--force", "--quiet").output == "")
  }

  @Test func `where there is nothing to draw the status is 2`() throws {
    try bench.makeCleanDataset()
    let classes = try bench.run("plot", "clean.csv", "--what", "classes", "-o", "a.svg")
    #expect(classes.status == 2)
    #expect(classes.complaints == ["error: the chart 'classes' has nothing to show: the dataset has no labels"])
    let all = try bench.run("plot", "clean.csv", "--min-score", "1", "-o", "charts")
    #expect(all.status == 2)
    #expect(all.complaints.last == "error: there is nothing to draw")
    #expect(try bench.names() == ["clean.csv", "images", "set"])
  }

  @Test(.enabled(if: Workbench.has("rsvg-convert"), "needs rsvg-convert"))
  func `other programs draw the charts`() throws {
    try bench.write("train/<b>&\u{5D0}\u{1F600}/0.png", Picture(seed: 0).png)
    try bench.write("test/<b>&\u{5D0}\u{1F600}/0.png", Picture(seed: 0).png)
    for what in ["classes", "scores"] {
      #expect(try bench.run("plot", "train=train", "test=test", "--what", what, "-o", "\(what).svg").status == 0)
      let drawn = try bench.shell(
        "rsvg-convert -f pdf \(what).svg -o \(what).pdf && rsvg-convert \(what).svg -o \(what).png")
      #expect(drawn.status == 0)
      #expect(drawn.errors == "")
      #expect(try bench.bytes("\(what).pdf").starts(with: Array("%PDF".utf8)))
    }
  }
}
