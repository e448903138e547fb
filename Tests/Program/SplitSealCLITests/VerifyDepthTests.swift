import Foundation
import Testing

/// `splitseal verify` that checks less than everything, or more.
@Suite struct VerifyDepthTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  private func verify(_ flags: String...) throws -> Outcome {
    try bench.run(["verify", "set/list.csv", "--public-key", "signer.pub"] + flags)
  }

  private func flip(_ image: String) throws {
    var bytes = try bench.bytes(image)
    bytes[bytes.count / 2] ^= 1
    try bench.write(image, bytes)
  }

  @Test func `a full verification says that the audit was not run again`() throws {
    let outcome = try verify()
    #expect(
      outcome.output.contains("  not checked  whether the audit was run as claimed (use --audit to run it again)\n"))
    #expect(try verify("--json", "-").document()["depth"] as? String == "full")
  }

  @Test func `the signature alone needs the certificate alone`() throws {
    try bench.remove("set/images")
    try bench.remove("set/list.csv")
    let outcome = try bench.run(
      "verify", Workbench.certificateName, "--signature-only", "--public-key", "signer.pub")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  checked      signature, records, report\n"))
    #expect(outcome.output.contains("  not checked  the files\n"))
    try bench.remove(Workbench.recordsName)
    let alone = try bench.run("verify", Workbench.certificateName, "--signature-only", "--public-key", "signer.pub")
    #expect(alone.status == 0)
    #expect(
      alone.output.contains("  checked      signature, report\n  not checked  the records\n  not checked  the files\n"))
    #expect(try bench.run("verify", Workbench.certificateName, "--signature-only").status == 3)
  }

  @Test func `the signature alone does not look at files, and does at records`() throws {
    try flip("set/images/2.png")
    #expect(try verify("--signature-only").status == 0)
    try bench.replace("spoof", with: "spoofed", in: Workbench.recordsName)
    #expect(try verify("--signature-only").status == 1)
  }

  @Test func `a sample says what was drawn and what it would miss`() throws {
    let outcome = try verify("--sample", "1", "--seed", "7")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  checked      signature, records, 1 of 4 files chosen with seed 7, report\n"))
    #expect(outcome.output.contains("  not checked  the other 3 files\n"))
    #expect(outcome.output.contains("  would miss   a change of 1 file with probability 0.750\n"))
    let document = try verify("--sample", "1", "--seed", "7", "--json", "-").document()
    #expect(document["depth"] as? String == "sample")
    #expect(document["checkedFiles"] as? Bool == false)
    let sample = try #require(document["sample"] as? [String: Any])
    #expect(sample["files"] as? Int == 1 && sample["of"] as? Int == 4 && sample["seed"] as? String == "7")
    let missed = try #require((sample["missProbability"] as? [[String: Any]])?.first)
    #expect(missed["changedFiles"] as? Int == 1 && missed["probability"] as? Double == 0.75)
  }

  @Test func `a changed file is found when it is drawn, and the same seed draws the same`() throws {
    try flip("set/images/2.png")
    let outcomes = try (0..<12).map { try verify("--sample", "2", "--seed", "\($0)") }
    #expect(Set(outcomes.map(\.status)) == [0, 1])
    for (seed, outcome) in outcomes.enumerated().prefix(3) {
      #expect(try verify("--sample", "2", "--seed", "\(seed)").output == outcome.output)
    }
    for outcome in outcomes where outcome.status == 1 {
      #expect(outcome.output.contains("files: 'images/2.png' in split 'test' has other content than was signed"))
    }
    #expect(try verify("--sample", "4").status == 1)
    #expect(try verify("--sample", "400").status == 1)
  }

  @Test func `two samples without a seed are drawn differently, and the seed is printed`() throws {
    let seeds = try (0..<2).map { _ in
      let output = try verify("--sample", "1").output
      return String(try #require(output.firstMatch(of: /chosen with seed ([0-9]+)/)?.1))
    }
    #expect(seeds[0] != seeds[1])
  }

  @Test func `a sample looks at every row of the manifest`() throws {
    try bench.replace("images/2.png,test,real", with: "images/2.png,test,spoof", in: "set/list.csv")
    for seed in 0..<4 { #expect(try verify("--sample", "1", "--seed", "\(seed)").status == 1) }
  }

  @Test func `a sample needs the records, and records that were signed`() throws {
    try bench.replace("spoof", with: "spoofed", in: Workbench.recordsName)
    #expect(try verify("--sample", "1").status == 1)
    try bench.remove(Workbench.recordsName)
    let outcome = try verify("--sample", "1")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints.first
        == "error: --sample needs the records, but there is no records.jsonl beside the certificate")
  }

  @Test func `an audit that is run again and finds the same is named`() throws {
    let outcome = try verify("--audit")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.contains(
        "  checked      signature, records, 4 files, report, the audit run again (detectors, coverage, findings, verdict, overlaps)\n"
      ))
    let document = try verify("--audit", "--json", "-").document()
    #expect(document["depth"] as? String == "audit")
    #expect((document["audit"] as? [String: Any])?["differences"] as? [String] == [])
  }

  @Test func `a signer who left findings out is found out`() throws {
    // The third test picture is one of training: certified, and then signed as if it were not there.
    try bench.write("set/list.csv", bench.text("set/list.csv") + "images/0.png,test,real\n")
    try #require(try bench.certify("set/list.csv").status == 1)
    try bench.lie(#""severity":"error""#, #""severity":"note""#)
    let told = try bench.statement()
    let errors = try #require(told.firstMatch(of: /"bySeverity":{"error":(\d+),"note":(\d+)/))
    let (error, note) = (try #require(Int(errors.1)), try #require(Int(errors.2)))
    // One rule of one severity moves from errors to notes.
    let moved = try #require(told.firstMatch(of: /"count":(\d+),"rule":"[a-z-]+","severity":"note"/)).1
    let count = try #require(Int(moved))
    try bench.lie(
      #""bySeverity":{"error":\#(error),"note":\#(note)"#,
      #""bySeverity":{"error":\#(error - count),"note":\#(note + count)"#)
    let full = try verify()
    let audited = try verify("--audit")
    #expect(audited.status == 1)
    #expect(audited.output.contains("  audit: errors of "))
    #expect(!full.output.contains("  audit: "))
  }

  @Test func `another policy is named, and nothing is run`() throws {
    let outcome = try verify("--audit", "--class-ratio", "real=1,spoof=1")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints.first?.hasPrefix(
        "error: the audit cannot be repeated: the certificate was made with a policy with SHA-256 ") == true)
    #expect(outcome.complaints.last?.hasPrefix("hint: give the policy of the certificate with --policy") == true)
  }

  @Test func `the certificate's severity, threshold and waivers are taken`() throws {
    try bench.write("set/list.csv", bench.text("set/list.csv") + "images/0.png,test,real\n")
    try #require(try bench.certify("set/list.csv", "--fail-on", "warning", "--threshold", "0.8").status == 1)
    #expect(try verify("--audit").status == 0)
    try #require(try bench.certify("set/list.csv", "--method", "pdq").status == 1)
    #expect(try verify("--audit").status == 0)
  }

  @Test func `detection power is compared when it was probed`() throws {
    try #require(
      try bench.run("certify", "set/list.csv", "--key", "signer.key", "--no-cache", "--probe-seed", "5").status == 3)
    let outcome = try verify("--audit", "--probe-seed", "5")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("overlaps, detection power)"))
  }

  @Test(arguments: [
    (["--sample", "0"], "--sample must be 1 or more"),
    (["--seed", "1"], "--seed has no effect without --sample"),
    (["--probe-seed", "1"], "--probe-seed has no effect without --audit"),
    (["--sample", "1", "--audit"], "give only one of --signature-only, --sample and --audit"),
    (["--signature-only", "--audit"], "give only one of --signature-only, --sample and --audit"),
  ])
  func `flags that do not go together are refused`(flags: [String], message: String) throws {
    let outcome = try bench.run(["verify", "set/list.csv"] + flags)
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: \(message)")
  }

  @Test func `what supersedes what is an identity in the statement`() throws {
    let outcome = try bench.certify("set/list.csv", "--supersedes", "nothing.sigstore.json")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: ./nothing.sigstore.json: cannot be read: no such file or folder")
    try bench.write("bad.sigstore.json", "{}")
    #expect(try bench.certify("set/list.csv", "--supersedes", "bad.sigstore.json").status == 2)
  }
}
