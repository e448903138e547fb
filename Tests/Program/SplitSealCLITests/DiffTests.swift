import Foundation
import Testing

/// `splitseal diff`.
@Suite struct DiffTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  /// Certifies what the dataset is now into `new`.
  private func certify() throws {
    let outcome = try bench.certify("set/list.csv", "-o", "new")
    try #require(outcome.status != 2, "\(outcome.errors)")
  }

  private func diff(_ flags: String...) throws -> Outcome {
    try bench.run(["diff", Workbench.certificateName, "new/splitseal.sigstore.json"] + flags)
  }

  @Test func `the same records are 0`() throws {
    try certify()
    let outcome = try diff()
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("SAME RECORDS: set\n"))
    #expect(outcome.output.contains("  split 'test'  unchanged (2 images)\n"))
    #expect(try diff("--quiet").output == "")
    #expect(try diff("--json", "-").document()["same"] as? Bool == true)
  }

  @Test func `what was kept for testing and is trained on is told first`() throws {
    try bench.replace("images/2.png,test", with: "images/2.png,train", in: "set/list.csv")
    try bench.replace("images/0.png,train,real", with: "images/0.png,train,spoof", in: "set/list.csv")
    try certify()
    let outcome = try diff()
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix(
        """
        DIFFERENT: set
          1 moved from evaluation into training
            'images/2.png' in split 'test' -> 'images/2.png' in split 'train'

          split 'test'  content changed (2 -> 1 images)
          split 'train'  content changed (2 -> 3 images)

          1 moved to another split
            'images/2.png' in split 'test' -> 'images/2.png' in split 'train'
          1 with a changed label
            'images/0.png' in split 'train': 'real' -> 'spoof'

        """))
    let document = try diff("--json", "-").document()
    let changes = try #require(document["changes"] as? [[String: Any]])
    #expect(changes.map { $0["kind"] as? String } == ["nowInTraining", "moved", "relabelled"])
  }

  @Test func `without records the roots tell`() throws {
    try bench.replace("images/0.png,train,real", with: "images/0.png,train,spoof", in: "set/list.csv")
    try certify()
    try bench.remove("new/records.jsonl")
    let outcome = try diff()
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains("  split 'train'  same images under other names, labels or groups (2 images)\n"))
    #expect(outcome.output.contains("  images are not listed (new: there is no records.jsonl beside it)\n"))
    #expect(try diff("--json", "-").document()["changes"] == nil)
  }

  @Test func `records that were not signed are not used`() throws {
    try bench.replace("images/0.png,train,real", with: "images/0.png,train,spoof", in: "set/list.csv")
    try certify()
    try bench.replace("spoof", with: "genuine", in: Workbench.recordsName)
    let outcome = try diff()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("(old: the records beside it are not the ones that were signed)"))
  }

  @Test func `trust that was given counts`() throws {
    try certify()
    #expect(try diff("--public-key", "signer.pub").status == 0)
    try bench.makeKey("other")
    let outcome = try diff("--public-key", "other.pub")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("signature NOT VALID for the given keys"))
  }

  @Test func `what cannot be compared is 2`() throws {
    #expect(try bench.run("diff", Workbench.certificateName, "none.sigstore.json").status == 2)
    try bench.write("bad.sigstore.json", "{}")
    let outcome = try bench.run("diff", Workbench.certificateName, "bad.sigstore.json")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first?.hasPrefix("error: bad.sigstore.json: ") == true)
  }

  @Test func `a newer version says which one it supersedes`() throws {
    let outcome = try bench.certify("set/list.csv", "-o", "new", "--supersedes", Workbench.certificateName)
    try #require(outcome.status == 3)
    #expect(try diff().output.hasSuffix("  new          states that it replaces old\n"))
  }
}
