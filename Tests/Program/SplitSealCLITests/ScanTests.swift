import Foundation
import Testing

/// `splitseal scan`: exit statuses, and what the flags change.
@Suite struct ScanTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `nothing to find is 0, a leak is 1`() throws {
    try bench.makeLeakingDataset()
    let clean = try bench.run("scan", "clean.csv")
    #expect(clean.status == 0)
    #expect(
      clean.output.hasPrefix("PASS: no copies between splits were found among 2 images of train and 2 of test; "))
    #expect(clean.errors == "")
    let leak = try bench.run("scan", "leak.csv")
    #expect(leak.status == 1)
    #expect(leak.output.hasPrefix("FAIL: 1 of 3 test images (33 %) is a copy of a training image\n"))
    #expect(leak.output.contains("test: images/copy.png"))
    #expect(leak.errors == "")
  }

  /// Classes of five images are worth a note, classes of four a warning; splits of so few images never pass.
  @Test(arguments: [
    (5, "error", 3), (5, "warning", 3), (5, "note", 1), (4, "error", 3), (4, "warning", 1), (4, "note", 1),
  ])
  func `the least severity that fails is for the user to say`(count: Int, severity: String, status: Int) throws {
    try bench.makeFolders("set", count: count)
    #expect(try bench.run("scan", "set", "--fail-on", severity).status == Int32(status))
  }

  @Test func `images that cannot be read make it 3 unless their share is allowed`() throws {
    try bench.makeCleanDataset()
    try bench.write("images/3.png", "not a picture")
    let strict = try bench.run("scan", "clean.csv")
    #expect(strict.status == 3)
    #expect(strict.output.hasPrefix("INCONCLUSIVE: 1 of 2 images of test could not be read (50.00 %); what could be"))
    #expect(strict.output.contains("1 of 2 images of test could not be read (50.00 %)"))
    #expect(try bench.run("scan", "clean.csv", "--allow-unreadable", "0.49").status == 3)
    #expect(try bench.run("scan", "clean.csv", "--allow-unreadable", "0.5").status == 0)
    #expect(try bench.run("scan", "clean.csv", "--allow-unreadable", "0.5", "--fail-on", "warning").status == 1)
  }

  @Test func `a finding outweighs images that cannot be read`() throws {
    try bench.makeLeakingDataset()
    try bench.write("images/3.png", "not a picture")
    #expect(try bench.run("scan", "leak.csv").status == 1)
  }

  @Test func `findings of one rule are counted by severity`() throws {
    try bench.draw(0..<2)
    try bench.write("a.csv", "path,split,label\nimages/0.png,train,real\nimages/1.png,test,spoof\n")
    let outcome = try bench.run("scan", "a.csv", "-v")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\n  found: 2 errors, 1 warning\n"))
    #expect(outcome.output.contains("\n  error class-missing: 2\n"))
    #expect(outcome.output.contains("\n  warning class-missing: 1\n"))
  }

  @Test func `one split has nothing to leak into: inconclusive`() throws {
    try bench.draw(0..<2)
    let outcome = try bench.run("scan", "train=images")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("only one split, train: there is nothing to compare it with"))
  }

  @Test func `manifests and folders can be mixed, each with its split`() throws {
    try bench.draw(0..<2)
    try bench.write("train.csv", "file_name\nimages/0.png\nimages/1.png\n")
    try bench.write("heldout/a.png", Picture(seed: 1).png)
    try bench.write("heldout/b.png", Picture(seed: 2).png)
    let outcome = try bench.run("scan", "train=train.csv", "test=heldout", "--pairs", "-")
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        rule,split_a,path_a,split_b,path_b,score,orientation
        exact-duplicate,train,images/1.png,test,heldout/a.png,1.0000,identity

        """)
  }

  @Test func `a declared ratio is held against the images`() throws {
    try bench.makeFolders("set", count: 20)
    #expect(try bench.run("scan", "set", "--class-ratio", "real=1,spoof=1").status == 0)
    let wrong = try bench.run("scan", "set", "--class-ratio", "real=1,spoof=2")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("class-imbalance"))
    #expect(
      try bench.run("scan", "set", "--class-ratio", "real=1,spoof=2", "--ratio-tolerance", "1").status == 0)
  }

  @Test func `the same picture as JPEG and as PNG is a near-duplicate`() throws {
    try bench.makeCleanDataset()
    try bench.write("images/copy.jpg", Picture(seed: 1).jpeg)
    try bench.write("jpeg.csv", try bench.text("clean.csv") + "images/copy.jpg,test\n")
    let outcome = try bench.run("scan", "jpeg.csv", "--pairs", "-")
    #expect(outcome.status == 1)
    let rows = outcome.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 1)
    #expect(rows.first?.hasPrefix("near-duplicate,train,images/1.png,test,images/copy.jpg,") == true)
  }

  @Test func `a lower score lists more pairs and finds nothing more`() throws {
    try bench.makeCleanDataset()
    var rows = try bench.text("clean.csv")
    for percent in stride(from: 4, through: 80, by: 4) {
      let blend = Picture(seed: 0).blended(with: Picture(seed: 9), share: Double(percent) / 100)
      try bench.write("images/blend\(percent).png", blend.png)
      rows += "images/blend\(percent).png,test\n"
    }
    try bench.write("blends.csv", rows)
    func scan(_ flags: String...) throws -> (pairs: [String], report: Data) {
      _ = try bench.run(["scan", "blends.csv", "--json", "report.json", "--pairs", "pairs.csv"] + flags)
      let pairs = try bench.text("pairs.csv").split(separator: "\n").dropFirst().map(String.init)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(bench.bytes("report.json"))) as? [String: Any])
      let findings = try #require(report["findings"])
      return (pairs, try JSONSerialization.data(withJSONObject: findings, options: .sortedKeys))
    }
    let usual = try scan()
    let all = try scan("--min-score", "0.0001")
    #expect(all.report == usual.report)
    let scores = all.pairs.filter { !usual.pairs.contains($0) }.compactMap { Double($0.split(separator: ",")[5]) }
    #expect(!scores.isEmpty)
    #expect(scores.allSatisfy { (0.0001..<0.5).contains($0) })
    #expect(usual.pairs.allSatisfy { all.pairs.contains($0) })
    let surest = try scan("--min-score", "0.9")
    #expect(surest.report == usual.report)
    #expect(surest.pairs == usual.pairs.filter { Double($0.split(separator: ",")[5]).map { $0 >= 0.9 } ?? false })
    #expect(surest.pairs.count < usual.pairs.count)
    #expect(usual.pairs.compactMap { Double($0.split(separator: ",")[5]) }.allSatisfy { (0.15...1).contains($0) })
  }
}
