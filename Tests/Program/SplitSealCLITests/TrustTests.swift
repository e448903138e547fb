import SplitSealBase
import Foundation
import Testing

/// Whom `verify` trusts, and `splitseal trust`.
@Suite struct TrustTests {
  let bench: Workbench
  let fingerprint: String
  let line: String

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
    let certified = try bench.run("verify", "set/list.csv", "--json", "-")
    fingerprint = try #require(try certified.document()["signer"] as? String)
    // What keygen prints for OpenSSH, from a key file that is there already.
    _ = try bench.run(
      ["trust", "add", "signer.pub", "--identity", "ann@example.org"],
      environment: ["SPLITSEAL_TRUST": bench.path("made")])
    line = String(try bench.text("made").dropFirst("ann@example.org namespaces=\"splitseal\" ".count).dropLast())
  }

  private func verify(_ flags: String..., trust: String = "none") throws -> Outcome {
    try bench.run(["verify", "set/list.csv"] + flags, environment: ["SPLITSEAL_TRUST": bench.path(trust)])
  }

  private func list(_ lines: String...) throws -> [String] {
    try bench.write("signers", lines.map { $0.replacing("KEY", with: line) + "\n" }.joined())
    return ["--allowed-signers", "signers", "--identity", "ann@example.org"]
  }

  @Test func `a signer of the list is trusted and named`() throws {
    let flags = try list(
      "# reviewers", "bob@example.org \(OtherKey.line)", "*@example.org namespaces=\"splitseal\" KEY")
    let outcome = try bench.run(["verify", "set/list.csv"] + flags)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  signed by    \(fingerprint) (ann@example.org)\n"))
    // The key in the list is enough.
    try bench.remove("set/.splitseal/splitseal.pub")
    #expect(try bench.run(["verify", "set/list.csv"] + flags).status == 0)
    let document = try bench.run(["verify", "set/list.csv", "--json", "-"] + flags).document()
    #expect(document["identity"] as? String == "ann@example.org")
  }

  @Test(arguments: [
    ("bob@example.org KEY", "the key is that of 'bob@example.org', not of 'ann@example.org' ('signers', line 1)"),
    (
      "ann@example.org valid-before=\"20200101Z\" KEY",
      "the key has expired: its signatures counted until 2020-01-01T00:00:00Z ('signers', line 1)"
    ),
    (
      "ann@example.org valid-after=\"29990101Z\" KEY",
      "the key is not yet valid now: its signatures count from 2999-01-01T00:00:00Z ('signers', line 1)"
    ),
    ("ann@example.org namespaces=\"git\" KEY", "the key may sign in 'git', not in 'splitseal' ('signers', line 1)"),
    (
      "ann@example.org cert-authority KEY",
      "the key is listed as one that vouches for other keys, which signs no certificates ('signers', line 1)"
    ),
    ("ann@example.org \(OtherKey.line)", "the signature is valid, the signer unknown: "),
  ])
  func `whoever the list does not allow is 3, with the reason`(entry: String, reason: String) throws {
    let outcome = try bench.run(["verify", "set/list.csv"] + list(entry))
    #expect(outcome.status == 3)
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("VALID, SIGNER NOT TRUSTED: set\n  signer: \(reason)"))
    // How to trust is no advice where the list speaks against it.
    #expect(outcome.output.contains("to trust     ") == reason.contains("unknown"))
  }

  @Test func `SOURCE_DATE_EPOCH does not make an expired key valid`() throws {
    let flags = try list("ann@example.org valid-before=\"20200101Z\" KEY")
    #expect(
      try bench.run(["verify", "set/list.csv"] + flags, environment: ["SOURCE_DATE_EPOCH": "1500000000"]).status == 3)
  }

  @Test func `a revoked key is 3, whoever vouches for it`() throws {
    try bench.write("revoked", "# lost\n\(fingerprint) # laptop\n")
    let ways = [["--public-key", "signer.pub"], ["--fingerprint", fingerprint], try list("* KEY")]
    for way in ways {
      let outcome = try bench.run(["verify", "set/list.csv", "--revoked", "revoked"] + way)
      #expect(outcome.status == 3)
      #expect(outcome.output.contains("\n  signer: the key \(fingerprint) is revoked ('revoked', line 2)\n"))
    }
    try bench.write("revoked", line)
    #expect(try verify("--public-key", "signer.pub", "--revoked", "revoked").status == 3)
    try bench.write("revoked", OtherKey.line)
    #expect(try verify("--public-key", "signer.pub", "--revoked", "revoked").status == 0)
  }

  @Test(arguments: [
    (
      ["--allowed-signers", "signers"],
      "--allowed-signers needs --identity, because the list may contain several signers"
    ),
    (["--identity", "ann"], "--identity needs --allowed-signers or --trusted"),
    (["--trusted", "--public-key", "signer.pub"], "give --public-key or --trusted, not both"),
    (["--allowed-signers", "none", "--identity", "ann"], "none: cannot be read: no such file or folder"),
    (["--revoked", "set/list.csv"], "set/list.csv:1: neither a fingerprint nor a public key of OpenSSH"),
    (["--allowed-signers", "set/list.csv", "--identity", "ann"], "set/list.csv:1: there is no key behind the name"),
  ])
  func `flags and files that cannot be used are 2`(flags: [String], message: String) throws {
    let outcome = try bench.run(["verify", "set/list.csv"] + flags)
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: \(message)")
    #expect(outcome.output == "")
  }

  @Test func `a signer who was added is trusted on demand only, and no more when removed`() throws {
    let environment = ["SPLITSEAL_TRUST": bench.path("mine/signers")]
    #expect(try verify("--trusted", trust: "mine/signers").status == 3)
    let added = try bench.run(
      ["trust", "add", "signer.pub", "--identity", "ann@example.org"], environment: environment)
    #expect(added.status == 0)
    #expect(added.output.contains("fingerprint  \(fingerprint)\n"))
    #expect(try verify("--trusted", trust: "mine/signers").status == 0)
    #expect(try verify("--trusted", "--identity", "ann@example.org", trust: "mine/signers").status == 0)
    #expect(try verify("--trusted", "--identity", "bob@example.org", trust: "mine/signers").status == 3)
    // Nothing is trusted unasked.
    #expect(try verify(trust: "mine/signers").status == 3)

    let listed = try bench.run(["trust", "list"], environment: environment)
    #expect(listed.output == "ann@example.org  \(fingerprint)\n")
    let again = try bench.run(
      ["trust", "add", "signer.pub", "--identity", "ann@example.org"], environment: environment)
    #expect(again.status == 2)
    #expect(again.complaints.last == "hint: to change a line, remove it first: splitseal trust remove ann@example.org")

    let removed = try bench.run(["trust", "remove", fingerprint], environment: environment)
    #expect(removed.output == "removed  ann@example.org  \(fingerprint)\n")
    #expect(try verify("--trusted", trust: "mine/signers").status == 3)
    #expect(try bench.run(["trust", "remove", "ann@example.org"], environment: environment).status == 2)
  }

  @Test func `a signer may be trusted for a time`() throws {
    let environment = ["SPLITSEAL_TRUST": bench.path("mine")]
    let add = ["trust", "add", "signer.pub", "--identity", "ann@example.org", "--valid-before"]
    #expect(try bench.run(add + ["20200101Z"], environment: environment).status == 0)
    #expect(
      try bench.run(["trust", "list"], environment: environment).output
        == "ann@example.org  \(fingerprint)  until 2020-01-01T00:00:00Z  (expired)\n")
    #expect(try verify("--trusted", trust: "mine").status == 3)
    #expect(try bench.run(add + ["soon"], environment: environment).status == 2)
    // Without a Z the time is local, which is an hour ahead of UTC here.
    let local = try bench.run(
      ["trust", "add", "signer.pub", "--identity", "bob", "--valid-after", "20200101"],
      environment: environment.merging(["TZ": "UTC-1"]) { $1 })
    #expect(local.status == 0)
    #expect(try bench.text("mine").contains("valid-after=\"20191231230000Z\""))
  }

  @Test func `a list that others may write to is not used`() throws {
    try bench.write("mine", "")
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: bench.path("mine"))
    let outcome = try verify("--trusted", trust: "mine")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints.first?.hasSuffix("others may write to this file: anybody could have added a key") == true)
  }

  /// In summer, ssh-keygen reads a local time as standard time, and so must we.
  @Test(
    .enabled(if: Workbench.has("ssh-keygen"), "needs ssh-keygen"),
    arguments: ["202607011200", "202601011200", "20260329023000"])
  func `ssh-keygen takes a local time for the same instant`(time: String) throws {
    let zone = "CET-1CEST,M3.5.0,M10.5.0/3"
    let environment = ["SPLITSEAL_TRUST": bench.path("mine"), "TZ": zone]
    #expect(
      try bench.shell(
        "ssh-keygen -q -t ed25519 -N '' -C '' -f k; printf t > t; ssh-keygen -q -Y sign -f k -n splitseal t"
      ).status == 0)
    #expect(
      try bench.run(["trust", "add", "k.pub", "--identity", "ann", "--valid-after", time], environment: environment)
        .status == 0)
    // What was written is in UTC; held against the local time itself, it is valid then and not a second before.
    let written = try #require(try bench.text("mine").firstMatch(of: /valid-after="(\d{14}Z)"/)?.1)
    let key = try bench.text("k.pub")
    try bench.write("local", "ann valid-after=\"\(time)\" \(key)")
    for file in ["mine", "local"] {
      let check = "ssh-keygen -Y verify -f \(file) -I ann -n splitseal -s t.sig -O verify-time=\(written) < t"
      #expect(try bench.shell(check, environment: ["TZ": zone]).status == 0, "\(file)")
      let before =
        "ssh-keygen -Y verify -f \(file) -I ann -n splitseal -s t.sig -O verify-time=\(Self.second(before: String(written))) < t"
      #expect(try bench.shell(before, environment: ["TZ": zone]).status != 0, "\(file)")
    }
  }

  /// The time one second earlier; all of the test's are whole half hours.
  private static func second(before time: String) -> String {
    let minutes = Int(time.dropFirst(10).prefix(2)) ?? 0
    let hours = Int(time.dropFirst(8).prefix(2)) ?? 0
    let total = hours * 60 + minutes - 1
    return "\(time.prefix(8))\(total / 60 < 10 ? "0" : "")\(total / 60)\(total % 60 < 10 ? "0" : "")\(total % 60)59Z"
  }
}

/// A key that signed nothing: that of RFC 8032, section 7.1, test 1.
enum OtherKey {
  static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
}
