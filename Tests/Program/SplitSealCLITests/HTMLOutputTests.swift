import Foundation
import Testing

/// The page that `--html` writes.
@Suite struct HTMLOutputTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test func `a scan writes the page beside its text`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--html", "page.html")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("FAIL: "))
    let page = try bench.text("page.html")
    #expect(page.hasPrefix("<!doctype html>\n") && page.hasSuffix("</html>\n"))
    #expect(count("<article", in: page) == 1)
    #expect(count("data:image/jpeg;base64,", in: page) == 1)
    #expect(page.contains("<code class=\"path\">images/copy.png</code>"))
  }

  @Test func `the page is the same on standard output, and whatever the number of workers`() throws {
    _ = try bench.run("scan", "leak.csv", "--html", "page.html", "--jobs", "1")
    let outcome = try bench.run("scan", "leak.csv", "--html", "-", "--jobs", "1")
    #expect(outcome.status == 1)
    #expect(outcome.output == (try bench.text("page.html")))
    let other = try bench.run("scan", "leak.csv", "--html", "-", "--jobs", "3").output
    // The command says how many there were.
    #expect(other.replacing("--jobs 3", with: "--jobs 1") == outcome.output)
  }

  @Test func `match shows pictures where it has the images, and else says that there are none`() throws {
    _ = try bench.run("hash", "leak.csv", "--output", "a.shard")
    let without = try bench.run("match", "a.shard", "--html", "-").output
    #expect(without.contains("There are no pictures: the report was made without the images."))
    #expect(count("<article", in: without) == 1)
    #expect(!without.contains("data:image/jpeg"))
    let with = try bench.run("match", "a.shard", "--root", ".", "--html", "-").output
    #expect(count("data:image/jpeg;base64,", in: with) == 1)
  }

  @Test func `where the page cannot be written the program says so`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--html", "no/folder/page.html", "--quiet")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("cannot write no/folder/page.html: no such folder"))
  }
}
