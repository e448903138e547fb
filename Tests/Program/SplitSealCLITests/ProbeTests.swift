import Foundation
import Testing

/// `--probe`, `--threshold` and what they leave in reports and certificates.
@Suite struct ProbeTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
  }

  private func report(_ arguments: String...) throws -> [String: Any] {
    try bench.run(["scan", "leak.csv", "--json", "-"] + arguments).document()
  }

  @Test func `a scan probes when asked, the same with any number of workers`() throws {
    let alone = try bench.run("scan", "leak.csv", "--method", "pdq", "--json", "-", "--probe", "-j", "1")
    #expect(alone.status == 1)
    let power = try #require(try alone.document()["power"] as? [String: Any])
    #expect(power["seed"] as? Int == 1)
    #expect(power["threshold"] as? Double == 0.5)
    let edits = try #require(power["edits"] as? [[String: Any]])
    #expect(edits.count == 37)
    let tried = edits.compactMap { $0["tried"] as? Int }
    let (least, most) = (tried.min() ?? 0, tried.max() ?? 0)
    #expect(least > 0 && most - least <= 1 && most <= power["images"] as? Int ?? 0)
    #expect(edits.allSatisfy { ($0["found"] as? Int ?? -1) <= ($0["tried"] as? Int ?? -2) })
    #expect(power["chanceMatches"] is [String: Any])
    let together = try bench.run("scan", "leak.csv", "--method", "pdq", "--json", "-", "--probe", "-j", "3")
    #expect(together.output == alone.output)
    let text = try bench.run("scan", "leak.csv", "--method", "pdq", "--probe")
    #expect(text.output.contains("\n  detection power: would have found "))
    let whole = try bench.run("scan", "leak.csv", "--method", "pdq", "--probe", "-v")
    #expect(whole.output.contains("\nDetection power: copies of "))
    for outcome in [text, whole] {
      #expect(outcome.output.hasSuffix("\n  splitseal scan leak.csv --method pdq --probe\n"))
    }
  }

  @Test func `a scan does not probe by itself`() throws {
    #expect(try report()["power"] == nil)
    #expect(try report("--no-probe")["power"] == nil)
    #expect(try report("--threshold", "0.6")["power"] == nil)
  }

  @Test func `the seed stands in the report`() throws {
    let power = try #require(try report("--probe", "--probe-seed", "77")["power"] as? [String: Any])
    #expect(power["seed"] as? Int == 77)
  }

  @Test func `a threshold of one's own reports other pairs`() throws {
    try bench.write("images/smaller.jpg", Picture(seed: 1).jpeg)
    try bench.write("leak.csv", try bench.text("leak.csv") + "images/smaller.jpg,test\n")
    let pairs = try bench.run("scan", "leak.csv", "--method", "pdq", "--pairs", "-").output
    let row = try #require(pairs.split(separator: "\n").first { $0.hasPrefix("near-duplicate,") })
    let score = try #require(Double(row.split(separator: ",")[5]))
    try #require((0.51...0.98).contains(score), "the picture is too smooth, or the JPEG too coarse, for this test")
    for (threshold, count) in [(score - 0.01, 1), (score + 0.01, 0)] {
      let overlaps = try #require(
        try report("--method", "pdq", "--threshold", "\(threshold)")["overlaps"] as? [[String: Any]])
      #expect(overlaps.first?["nearDuplicate"] as? Int == count)
    }
  }

  @Test func `an automatic threshold probes, and leaves sound data at the default`() throws {
    let automatic = try report("--threshold", "auto")
    let power = try #require(automatic["power"] as? [String: Any])
    #expect(power["threshold"] as? Double == 0.5)
    #expect(power["proposedThreshold"] == nil)
  }

  @Test(arguments: [
    (["--threshold", "2"], "--threshold"), (["--threshold", "automatic"], "--threshold"),
    (["--threshold", "auto", "--no-probe"], "--threshold auto needs the probe"),
    (["--probe-seed", "3"], "--probe-seed needs --probe"), (["--probe", "--probe-seed", "-1"], "--probe-seed"),
    (["--no-probe", "--probe-seed", "3"], "--probe-seed has no effect with --no-probe"),
  ])
  func `flags that make no sense are refused`(flags: [String], message: String) throws {
    let outcome = try bench.run(["scan", "leak.csv"] + flags)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message))
  }

  @Test func `certify probes unless told not to, and verify repeats the claim`() throws {
    try bench.makeKey()
    for (flags, isProbed) in [([], true), (["--no-probe"], false)] {
      let certified = try bench.run(
        ["certify", "clean.csv", "--key", "signer.key", "--method", "pdq", "--quiet"] + flags)
      #expect(certified.status == 0)
      let verified = try bench.run("verify", "clean.csv", "--public-key", "signer.pub")
      #expect(verified.status == 0)
      #expect(verified.output.contains("of edited copies would have been found") == isProbed)
    }
  }
}
