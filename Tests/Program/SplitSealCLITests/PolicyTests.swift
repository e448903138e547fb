import Foundation
import Testing

/// `splitseal policy`, and what a policy beside the data changes.
@Suite struct PolicyTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `init writes what check accepts and show shows, and overwrites nothing`() throws {
    #expect(try bench.run("policy", "init", "-o", "p.yml").status == 0)
    let digest = "a545ec7407351d138ad3e8a54b3a01283227b10d7d377b8d01dee68fe7b9f67f"
    let check = try bench.run("policy", "check", "p.yml")
    #expect(check.status == 0 && check.output == "p.yml: ok, sha256 \(digest)\n")
    #expect(try bench.run("policy", "init").output == bench.text("p.yml"))
    let show = try bench.run("policy", "show", "--policy", "p.yml")
    #expect(show.output.hasPrefix("# from p.yml\n# sha256 \(digest)\nversion: 1\nfail-on: error  # p.yml:4\n"))
    let again = try bench.run("policy", "init", "-o", "p.yml")
    #expect(again.status == 2)
    #expect(
      again.complaints == ["error: cannot write p.yml: it already exists", "hint: choose another name, or remove it"])
  }

  @Test func `check tells every fault of every file, and which can be used`() throws {
    try bench.write("a.yml", "version: 1\nsevrities: {}\nfail-on: eror\n")
    try bench.write("b.yml", "version: 1\n")
    let check = try bench.run("policy", "check", "a.yml", "b.yml", "none.yml")
    #expect(check.status == 2)
    #expect(check.output.hasPrefix("b.yml: ok, sha256 a545ec740735"))
    #expect(
      check.complaints == [
        "error: a.yml:2:1: unknown key 'sevrities'", "hint: did you mean 'severities'?",
        "error: a.yml:3:10: unknown value of fail-on 'eror'", "hint: did you mean 'error'?",
        "error: none.yml: cannot be read: no such file or folder",
        "hint: name a policy, or make one with: splitseal policy init",
      ])
  }

  @Test func `a policy beside the data is named with what it changes, and can be left alone`() throws {
    try bench.makeLeakingDataset()
    try bench.write("splitseal.yml", "version: 1\nseverities: {exact-duplicate: warning}\n")
    let scan = try bench.run("scan", "leak.csv")
    #expect(scan.status == 0)
    #expect(
      scan.output.hasPrefix("PASS: 1 pair of copies between splits is below what fails, and no other copies were found")
    )
    #expect(
      scan.output.contains(
        "\n  policy from splitseal.yml: 1 setting differs from the default; laxer: severities.exact-duplicate\n"))
    let whole = try bench.run("scan", "leak.csv", "-v").output
    #expect(whole.contains("\n\nPolicy\n  from splitseal.yml\n"))
    #expect(whole.contains("\n  laxer  severities.exact-duplicate: warning (default: the rule's own)\n"))
    #expect(try bench.run("scan", "leak.csv", "--no-policy").status == 1)
    let plain = try bench.run("scan", "leak.csv", "--no-policy")
    #expect(!plain.output.contains("  policy"))
    try bench.write("strict.yml", "version: 1\nfail-on: warning\nseverities: {exact-duplicate: warning}\n")
    #expect(try bench.run("scan", "leak.csv", "--policy", "strict.yml").status == 1)
    #expect(try bench.run("scan", "leak.csv", "--policy", "strict.yml", "--fail-on", "error").status == 0)
  }

  @Test func `the JSON report has the whole policy and the digest that the certificate signs`() throws {
    try bench.makeLeakingDataset()
    try bench.write("splitseal.yml", "version: 1\nclass-tolerance: 0.25\n")
    let report = try bench.run("scan", "leak.csv", "--json", "-").document()
    let policy = try #require(report["policy"] as? [String: Any])
    #expect(policy["file"] as? String == "splitseal.yml")
    let settings = try #require(policy["settings"] as? [String: Any])
    #expect(settings["class-tolerance"] as? String == "0.25")
    #expect(settings.count == 16)
    let check = try bench.run("policy", "check", "splitseal.yml")
    #expect(check.output == "splitseal.yml: ok, sha256 \(policy["digest"] as? String ?? "")\n")
  }

  @Test func `the policy lies in the root, wherever the manifest is`() throws {
    try bench.makeLeakingDataset()
    try bench.write("lists/leak.csv", try bench.text("leak.csv"))
    try bench.write("splitseal.yml", "version: 1\nseverities: {exact-duplicate: off}\n")
    #expect(try bench.run("scan", "lists/leak.csv", "--root", ".").status == 0)
    let show = try bench.run("policy", "show", "lists/leak.csv", "--root", ".", "--fail-on", "note")
    #expect(
      show.output.contains("\nfail-on: note  # --fail-on\nseverities: {exact-duplicate: off}  # splitseal.yml:2\n"))
  }

  @Test func `verbose prints the whole policy with where each value is from`() throws {
    try bench.makeCleanDataset()
    let scan = try bench.run("scan", "clean.csv", "-v", "--allow-unreadable", "0.5")
    #expect(scan.output.contains("\n  the default, and what the command line says\n"))
    #expect(scan.output.contains("\n  laxer  unreadable-share: 0.5 (default: 0)\n"))
    #expect(
      scan.output.contains("\n  | unreadable-share: 0.5  # --allow-unreadable\n  | unsettled-share: 0.01  # default\n"))
    #expect(scan.output.contains("\n  splitseal scan clean.csv --allow-unreadable 0.5\n"))
  }

  @Test func `match goes by the policy that is named, and by that in the root`() throws {
    try bench.makeLeakingDataset()
    #expect(try bench.run("hash", "leak.csv", "-o", "shard").status == 0)
    try bench.write("p.yml", "version: 1\nseverities: {exact-duplicate: off}\n")
    #expect(try bench.run("match", "shard").status == 1)
    #expect(try bench.run("match", "shard", "--policy", "p.yml").status == 0)
    try bench.write("splitseal.yml", "version: 1\nseverities: {exact-duplicate: off}\n")
    #expect(try bench.run("match", "shard").status == 1)
    #expect(try bench.run("match", "shard", "--root", ".").status == 0)
  }

  @Test func `a policy that cannot be used stops the audit`() throws {
    try bench.makeCleanDataset()
    try bench.write("splitseal.yml", "version: 1\nredundancy-share: 7\n")
    let scan = try bench.run("scan", "clean.csv")
    #expect(scan.status == 2 && scan.output.isEmpty)
    #expect(scan.errors.contains("splitseal.yml:2:19: redundancy-share has to be a number, 0 to 1, not '7'\n"))
    try bench.remove("splitseal.yml")
    try bench.write("elsewhere.yml", "version: 1\n")
    try bench.link("splitseal.yml", to: "elsewhere.yml")
    #expect(try bench.run("scan", "clean.csv").errors.contains("must be a file, not a link"))
    #expect(try bench.run("scan", "clean.csv", "--policy", "p", "--no-policy").complaints[0].contains("not both"))
    try bench.remove("splitseal.yml")
    try bench.makePipe("splitseal.yml")
    #expect(try bench.run("scan", "clean.csv").errors.contains("splitseal.yml: not a regular file"))
  }
}
