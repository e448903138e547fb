import Foundation
import Testing

/// Where the outputs of `splitseal scan` go, and that they are the same every time.
@Suite struct ScanOutputTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
  }

  @Test func `JSON on standard output is the whole of it`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--json", "-")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    let report = try outcome.document()
    #expect(report["schema"] as? String == "splitseal-report")
    #expect(report["verdict"] as? String == "fail")
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.map { $0["rule"] as? String } == ["exact-duplicate"])
    let samples = try #require(findings.first?["samples"] as? [[String: Any]])
    #expect(samples.map { $0["path"] as? String } == ["images/0.png", "images/copy.png"])
    #expect(samples.map { $0["split"] as? String } == ["train", "test"])
    #expect(samples.map { $0["line"] as? Int } == [2, 6])
  }

  @Test(arguments: [
    ([], "alignment", "gradient descriptors of 15 views in 8 orientations", "an affine alignment"),
    (["--method", "alignment"], "alignment", "from probability 0.50 on", "within a split: whole pictures"),
    (["--method", "pdq"], "PDQ", "PDQ within 31 of 256 bits in any of 8 orientations", "within a split: equal bytes"),
  ])
  func `the report says by which method near-duplicates were looked for`(
    _ flags: [String], _ name: String, _ how: String, _ within: String
  ) throws {
    let report = try bench.run(["scan", "leak.csv", "--json", "-"] + flags).document()
    let method = try #require(report["method"] as? [String]).joined(separator: "\n")
    #expect(method.contains(how) && method.contains(within))
    let held = try bench.run(["scan", "leak.csv", "-v"] + flags).output
    #expect(held.contains("0 near-duplicates between train and test by \(name)"))
  }

  @Test func `images that repeat another of their split are a finding and a cluster`() throws {
    try bench.write("images/again.png", try bench.bytes("images/0.png"))
    try bench.write("again.csv", try bench.text("leak.csv") + "images/again.png,train\n")
    let report = try bench.run("scan", "again.csv", "--json", "-").document()
    let findings = try #require(report["findings"] as? [[String: Any]])
    let messages = findings.filter { $0["rule"] as? String == "redundancy" }.compactMap { $0["message"] as? String }
    #expect(messages.map { $0.contains("repeats another one of train") } == [true])
    let clusters = try #require(report["clusters"] as? [String: Any])
    #expect(clusters["images"] as? Int == 3)
    let largest = try #require(clusters["largest"] as? [[String: Any]])
    #expect(largest.map { ($0["representative"] as? [String: Any])?["path"] as? String } == ["images/0.png"])
  }

  @Test func `pairs on standard output are the whole of it`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--pairs=-")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    #expect(
      outcome.output == """
        rule,split_a,path_a,split_b,path_b,score,orientation
        exact-duplicate,train,images/0.png,test,images/copy.png,1.0000,identity

        """)
  }

  @Test func `fingerprints on standard output are the whole of it`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--fingerprints", "-")
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    let lines = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["path"] as? String } == [0, 1, 2, 3].map { "images/\($0).png" } + ["images/copy.png"])
    #expect(lines.allSatisfy { $0["width"] as? Int == Picture.side && $0["height"] as? Int == Picture.side })
    #expect(lines.map { $0["bytes"] as? Int }.first == Picture(seed: 0).png.count)
  }

  @Test(.enabled(if: Workbench.has("sha256sum"), "needs sha256sum"))
  func `the digest of an image is its SHA-256`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--fingerprints", "-")
    let first = try #require(outcome.output.split(separator: "\n").first)
    let line = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    let summed = try bench.shell("sha256sum images/0.png").output
    #expect(line["sha256"] as? String == summed.split(separator: " ").first.map(String.init))
  }

  @Test func `outputs to files leave the text on standard output`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--json", "a.json", "--pairs", "a.csv", "--fingerprints", "a.jsonl")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("FAIL: 1 of 3 test images (33 %) is a copy of a training image\n"))
    #expect(try bench.text("a.json") == bench.run("scan", "leak.csv", "--json", "-").output)
    #expect(try bench.text("a.csv") == bench.run("scan", "leak.csv", "--pairs", "-").output)
    #expect(try bench.text("a.jsonl") == bench.run("scan", "leak.csv", "--fingerprints", "-").output)
    #expect(try bench.names() == ["a.csv", "a.json", "a.jsonl", "clean.csv", "images", "leak.csv"])
  }

  @Test func `quiet prints nothing and keeps the status`() throws {
    for (manifest, status) in [("clean.csv", 0), ("leak.csv", 1)] as [(String, Int32)] {
      for flag in ["--quiet", "-q"] {
        let outcome = try bench.run("scan", manifest, flag)
        #expect(outcome.status == status)
        #expect(outcome.output == "")
        #expect(outcome.errors == "")
      }
    }
    #expect(try bench.run("scan", "nowhere.csv", "-q").errors.hasPrefix("splitseal: error: nowhere.csv: "))
  }

  @Test func `every output is the same bytes in every run and with any number of workers`() throws {
    // More than one chunk of work, so that the workers have something to share.
    try bench.makeFolders("set", count: 10)
    try bench.write("set/test/real/leak.png", Picture(seed: 100).png)
    try bench.write("set/test/spoof/leak.jpg", Picture(seed: 111).jpeg)
    for output in ["--json", "--pairs", "--fingerprints"] {
      let one = try bench.run("scan", "set", output, "-", "--jobs", "1")
      #expect(one.status == 1)
      #expect(one.output.utf8.count > 100)
      for jobs in ["1", "2", "8"] {
        let other = try bench.run("scan", "set", output, "-", "-j", jobs)
        #expect(other.output == one.output, "\(output) with \(jobs) workers")
      }
    }
    let text = try bench.run("scan", "set", "--jobs", "1").output
    #expect(try bench.run("scan", "set", "--jobs", "8").output == text)
    #expect(text.hasSuffix("splitseal scan set\n"))
  }

  @Test func `an output that cannot be written is told before the audit, and no other is written`() throws {
    let outcome = try bench.run("scan", "leak.csv", "--json", "r.json", "--pairs", "missing/p.csv")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: cannot write missing/p.csv: no such folder")
    #expect(try bench.names(in: ".").contains("r.json") == false)
  }

  @Test(arguments: [
    ("missing/a.json", "cannot write missing/a.json: no such folder"),
    ("images", "cannot write images: it is a folder"),
    ("", "the name of an output is empty"),
  ])
  func `an output that cannot be written ends with 2 and a hint`(path: String, message: String) throws {
    let outcome = try bench.run("scan", "clean.csv", "--json", path)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.complaints.first == "error: \(message)")
    #expect(outcome.complaints.last?.hasPrefix("hint: ") == true)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func `a full disk behind standard output is not taken for success`() throws {
    let outcome = try bench.shell("\"$SPLITSEAL\" scan clean.csv > /dev/full")
    #expect(outcome.status == 2)
    #expect(outcome.complaints == ["error: cannot write to standard output: the disk is full"])
  }

  @Test func `a device stays a device`() throws {
    let outcome = try bench.shell("\"$SPLITSEAL\" scan clean.csv --quiet --json /dev/null && test -c /dev/null")
    #expect(outcome.status == 0)
    let through = try bench.shell("\"$SPLITSEAL\" scan clean.csv --quiet --json /dev/fd/1 | cat")
    #expect(try through.document()["verdict"] as? String == "pass")
  }

  @Test func `a reader that stops early is no fault`() throws {
    let outcome = try bench.shell("\"$SPLITSEAL\" scan clean.csv --fingerprints - | head -n 1")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.output.split(separator: "\n").count == 1)
  }
}
