import Foundation
import Testing

/// Datasets as people send them, from end to end.
@Suite struct SentDatasetTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func findings(_ document: [String: Any]) -> [String: Int] {
    let findings = document["findings"] as? [[String: Any]] ?? []
    return Dictionary(findings.map { ($0["rule"] as? String ?? "", 1) }, uniquingKeysWith: +)
  }

  @Test func `empty files and pages that say 404 are unreadable and never a leak`() throws {
    try bench.makeFolders("set", count: 2)
    for place in ["train/real", "test/real"] {
      try bench.write("set/\(place)/gone.jpg", "<html><body>404 Not Found</body></html>")
      try bench.write("set/\(place)/empty.jpg", "")
    }
    let document = try bench.run("scan", "set", "--json", "-").document()
    #expect(findings(document)["unreadable-image"] == 4)
    #expect(findings(document)["exact-duplicate"] == nil)
    #expect(findings(document)["redundancy"] == nil)
    #expect(document["verdict"] as? String == "inconclusive")
    // In shards they are no copies either.
    #expect(try bench.run("hash", "set", "-o", "set.fp", "--quiet").status == 0)
    let matched = try bench.run("match", "set.fp", "--root", "set", "--json", "-").document()
    #expect(findings(matched) == findings(document))
  }

  @Test func `two versions of a dataset do not have their 404 pages in common`() throws {
    for name in ["old", "new"] {
      try bench.write("\(name)/train/gone.jpg", "404")
      try bench.write("\(name)/train/a.png", Picture(seed: name == "old" ? 1 : 2).png)
    }
    #expect(try bench.run("compare", "old", "new").status == 3)
  }

  @Test func `what is no picture is named by scan and by verify`() throws {
    try bench.makeFolders("set", count: 2)
    let names = [
      "train/labels.cache", "train/real/0.png:Zone.Identifier", "train/spoof/Thumbs.db", "train/real/Icon\r",
    ]
    for name in names { try bench.write("set/\(name)", "x") }
    #expect(try bench.run("scan", "set").output.contains("not taken for images: 4 other files in the folders"))
    let scanned = try bench.run("scan", "set", "-v")
    #expect(scanned.output.contains("not taken for images: 4 other files in the folders: "))
    for name in ["labels.cache", "0.png:Zone.Identifier", "Thumbs.db", "Icon\\u{d}"] {
      #expect(scanned.output.contains(name), "\(name)")
    }
    try bench.makeKey()
    #expect(try bench.run("certify", "set", "--key", "signer.key", "--quiet", "--no-probe").status == 3)
    let verified = try bench.run("verify", "set", "--public-key", "signer.pub")
    #expect(verified.status == 0)
    #expect(verified.output.contains("not read as images, and not signed: 4 other files in the folders:"))
    #expect(verified.output.contains("labels.cache"))
  }

  /// Pillow refuses the first of them, and opens the second with a warning.
  @Test func `a PNG that others may refuse is read and named, from the cache and from shards as well`() throws {
    try bench.makeFolders("set", count: 2)
    let file = Picture(seed: 900).png
    try bench.write("set/train/real/cut.png", Array(Picture(seed: 901).png.dropLast(12)))
    let text: [UInt8] = [0, 0, 0, 3] + Array("tEXtk\0v".utf8) + [1, 2, 3, 4]
    try bench.write("set/test/real/text.png", Array(file.prefix(33) + text + file.dropFirst(33)))
    let line = """
        damaged, but read: 2 files, which other programs may refuse: \
      test/real/text.png (wrong check sum of a chunk beside the pixels) and train/real/cut.png (no IEND chunk at the end)

      """
    let short = try bench.run("scan", "set", "--no-cache")
    #expect(short.output.contains("\n  damaged, but read: 2 files, which other programs may refuse"))
    let fresh = try bench.run("scan", "set", "-v", "--cache", "cache", "--html", "report.html")
    #expect(fresh.output.contains(line))
    #expect(try bench.text("report.html").contains("Damaged, but read: 2 files, which other programs may refuse"))
    #expect(try bench.run("scan", "set", "-v", "--cache", "cache", "--html", "report.html").output == fresh.output)
    #expect(try bench.run("hash", "set", "-o", "set.fp", "--quiet").status == 0)
    #expect(try bench.run("match", "set.fp", "--root", "set", "-v").output.contains(line))
    let document = try bench.run("scan", "set", "--json", "-", "--no-cache").document()
    let repaired = document["repaired"] as? [[String: Any]] ?? []
    #expect(repaired.map { $0["path"] as? String } == ["test/real/text.png", "train/real/cut.png"])
    #expect(findings(document)["unreadable-image"] == nil)
  }

  @Test func `one name that is not UTF-8 is a finding, and the leak beside it is found`() throws {
    try bench.makeFolders("set", count: 2)
    try bench.write("set/test/real/leak.png", Picture(seed: 100).png)
    #expect(try bench.shell("cp set/train/real/1.png \"$(printf 'set/train/real/No\\353l.png')\"").status == 0)
    let outcome = try bench.run("scan", "set", "-v")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("exact-duplicate: 1"))
    #expect(outcome.output.contains("train/real/No\\xEBl.png: could not be read: its name is not valid UTF-8"))
    try bench.makeKey()
    let certified = try bench.run("certify", "set", "--key", "signer.key", "--quiet", "--no-probe")
    #expect(certified.status == 2)
    #expect(certified.errors.contains("No\\xEBl.png"))
  }

  @Test func `a Roboflow export after a training is audited without a word said to it`() throws {
    var seed = 0
    for split in ["train", "valid", "test"] {
      for number in 0..<2 {
        try bench.write("set/\(split)/images/\(number).png", Picture(seed: seed).png)
        try bench.write("set/\(split)/labels/\(number).txt", "0 0.5 0.5 0.2 0.2\n")
        seed += 1
      }
      try bench.write("set/\(split)/labels.cache", "x")
      try bench.write("set/\(split)/_darknet.labels", "cat\n")
    }
    let document = try bench.run("scan", "set", "--json", "-").document()
    let splits = try #require(document["splits"] as? [[String: Any]])
    #expect(splits.map { $0["listed"] as? Int } == [2, 2, 2])
    // 'images' is no class: there are no labels.
    #expect(splits.allSatisfy { $0["classes"] == nil })
    #expect(document["verdict"] as? String == "pass")
  }

  @Test func `a certificate verifies after git has rewritten its records with CRLF`() throws {
    try bench.makeCertifiedDataset()
    let records = "set/.splitseal/records.jsonl"
    try bench.write(records, try bench.text(records).replacing("\n", with: "\r\n"))
    let verified = try bench.run("verify", "set/list.csv", "--public-key", "signer.pub")
    #expect(verified.status == 0)
    #expect(verified.output.contains("core.autocrlf"))
    #expect(try bench.text("set/.splitseal/.gitattributes").hasSuffix("\n* -text\n"))
  }

  @Test func `what is excluded is excluded by certify and verify alike`() throws {
    try bench.makeFolders("set", count: 2)
    try bench.write("set/train/real/0_mask.png", Picture(seed: 1).png)
    try bench.makeKey()
    let certified = try bench.run(
      "certify", "set", "--key", "signer.key", "--no-probe", "--exclude", "*_mask.png")
    #expect(certified.status == 3)
    #expect(certified.output.contains("--exclude '*_mask.png'"))
    #expect(
      try bench.run("verify", "set", "--public-key", "signer.pub", "--exclude", "*_mask.png").status == 0)
    #expect(try bench.run("verify", "set", "--public-key", "signer.pub").status == 1)
    #expect(try bench.run("scan", "set", "--exclude", "").complaints.first?.contains("the pattern is empty") == true)
  }
}
