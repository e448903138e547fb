import SplitSealBase
import Crypto
import Foundation
import Testing

/// Decisions about pairs in audits and certificates.
@Suite struct DecisionTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCleanDataset()
    // A re-encoded copy: a near-duplicate and no exact one.
    try bench.write("images/copy.jpg", Picture(seed: 0).jpeg)
    try bench.write("leak.csv", bench.text("clean.csv") + "images/copy.jpg,test\n")
  }

  private func sha256(_ name: String) throws -> String {
    SHA256.hash(data: try bench.bytes(name)).map { String(format: "%02x", $0) }.joined()
  }

  /// The identity of a pair as docs/rules.md defines it.
  private func identity(_ items: [String]) -> String {
    let parts = ["splitseal/finding/v1", "near-duplicate"] + items.sorted()
    return SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8)).map { String(format: "%02x", $0) }.joined()
  }

  private func decide(_ train: String, _ test: String, _ word: String) throws {
    let line =
      #"{"finding":"\#(identity(["train/\(train)", "test/\(test)"]))","decision":"\#(word)","by":"Ann","#
      + #""at":"2026-11-25T17:00:00Z","reason":"two hills","score":0.3,"#
      + #""a":{"split":"train","path":"\#(train)","sha256":"\#(try sha256(train))"},"#
      + #""b":{"split":"test","path":"\#(test)","sha256":"\#(try sha256(test))"}}"# + "\n"
    let name = ".splitseal/decisions.jsonl"
    try bench.write(name, ((try? bench.text(name)) ?? "") + line)
  }

  private func report() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bench.bytes("r.json"))) as? [String: Any])
  }

  @Test func `a pair that is two pictures is waived, and every output says so`() throws {
    #expect(try bench.run("scan", "leak.csv").status == 1)
    try decide("images/0.png", "images/copy.jpg", "different")
    let scan = try bench.run("scan", "leak.csv", "--json", "r.json", "-v")
    #expect(scan.status == 0, "\(scan.output)\(scan.errors)")
    #expect(
      scan.output.hasPrefix("PASS (fail without 1 waiver): 1 pair of copies between splits is waived, and no other"))
    #expect(
      scan.output.contains(
        """
        Looked at by people, from .splitseal/decisions.jsonl
          1 pair: 0 show one picture, 1 shows two, 0 do not tell
          of the 1 reported pairs that were decided 0 are one picture: 0.0 % (95 % interval 0.0 % to 79.3 %)
          waived  images/0.png:
        """))
    #expect(scan.output.contains("\n          two pictures, by eye: two hills (by Ann, on 2026-11-25)\n"))
    let decisions = try report()["decisions"] as? [String: Any]
    #expect(decisions?["waived"] as? Int == 1 && decisions?["stale"] as? Int == 0)
    #expect((decisions?["reported"] as? [String: Any])?["different"] as? Int == 1)
    #expect(try bench.run("scan", "leak.csv", "--no-decisions").status == 1)
    #expect(try bench.run("scan", "leak.csv", "--decisions", "none.jsonl").status == 2)
  }

  @Test func `a pair that is one picture fails although the detector does not report it`() throws {
    try decide("images/1.png", "images/2.png", "same")
    let scan = try bench.run("scan", "clean.csv", "--pairs", "p.csv")
    #expect(scan.status == 1)
    #expect(scan.output.contains("0.300  seen by a person  test: images/2.png  = train: images/1.png"))
    #expect(
      try bench.text("p.csv")
        == "rule,split_a,path_a,split_b,path_b,score,orientation\n"
        + "near-duplicate,train,images/1.png,test,images/2.png,0.3000,identity\n")
  }

  @Test func `a file that has changed since counts for nothing`() throws {
    try decide("images/0.png", "images/copy.jpg", "different")
    try bench.write("images/copy.jpg", Picture(seed: 0).blended(with: Picture(seed: 1), share: 0.05).jpeg)
    let scan = try bench.run("scan", "leak.csv", "-v")
    #expect(scan.status == 1)
    #expect(
      scan.output.contains("  of images that are gone or have changed since, which counts for nothing: 1 decision\n"))
  }

  @Test func `a file of decisions that cannot be read stops the scan and names the line`() throws {
    try decide("images/0.png", "images/copy.jpg", "different")
    try bench.write(".splitseal/decisions.jsonl", bench.text(".splitseal/decisions.jsonl") + "{}\n")
    let scan = try bench.run("scan", "leak.csv")
    #expect(scan.status == 2)
    let complaint = ".splitseal/decisions.jsonl:2: decision has to be a text of 1 to 8,192 bytes"
    #expect(scan.complaints.first?.hasSuffix(complaint) == true)
  }

  @Test func `a repair keeps what is two pictures apart and what is one together`() throws {
    try decide("images/0.png", "images/copy.jpg", "different")
    try decide("images/1.png", "images/2.png", "same")
    let repair = try bench.run("repair", "leak.csv", "-o", "clean")
    #expect(repair.output.contains("1 image dropped"), "\(repair.output)\(repair.errors)")
    let kept = try bench.text("clean/leak.csv")
    #expect(kept.contains("images/0.png") && kept.contains("images/copy.jpg"))
    #expect(kept.contains("images/1.png") != kept.contains("images/2.png"))
    let scan = try bench.run("scan", "clean/leak.csv", "--root", ".")
    #expect(scan.output.hasPrefix("PASS (fail without 1 waiver): 1 pair of copies"), "\(scan.output)")
    #expect(scan.output.contains("\n  looked at by people: "), "\(scan.output)")
  }

  @Test func `a certificate counts what was looked at, and verify checks and shows it`() throws {
    try decide("images/0.png", "images/copy.jpg", "different")
    try bench.makeKey()
    let certified = try bench.run("certify", "leak.csv", "--key", "signer.key", "--quiet", "--no-probe")
    #expect(certified.status == 0, "\(certified.errors)")
    let verified = try bench.run("verify", "leak.csv", "--public-key", "signer.pub")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(
      verified.output.contains(
        "\n  reviewed     reported pairs: 0 same, 1 different, 0 unsure; other pairs: 0 same, 0 different, 0 unsure\n"))
    #expect(verified.output.contains(": two pictures, by eye: two hills (Ann)\n"))
  }
}
