import SplitSealKeys
import SplitSealCertificate
import Testing

/// Keys that are not, not yet or no longer to be trusted, and records that are hidden.
@Suite struct TrustAttacks {
  static let signers: [Attack] = [
    Attack("key in the list for another name", "is valid, and not trusted", 3, "the key is that of 'bob', not of 'ann'")
    {
      try $0.verifyWithList("bob KEY")
    },
    Attack(
      "key whose time is over", "is valid, and not trusted, whatever `createdAt` claims", 3,
      "the key has expired: its signatures counted until 2020-01-01T00:00:00Z"
    ) { try $0.verifyWithList(#"ann valid-before="20200101Z" KEY"#) },
    Attack(
      "key whose time has not come", "is valid, and not trusted", 3,
      "the key is not yet valid now: its signatures count from 2999-01-01T00:00:00Z"
    ) { try $0.verifyWithList(#"ann valid-after="29990101Z" KEY"#) },
    Attack(
      "key that may sign something else", "is valid, and not trusted", 3,
      "the key may sign in 'git', not in 'splitseal'"
    ) { try $0.verifyWithList(#"ann namespaces="git" KEY"#) },
    Attack("revoked key", "is not trusted, whoever vouches for it", 3, "is revoked ('revoked', line 1)") { bench in
      try bench.write("revoked", bench.signer().fingerprint.description + "\n")
      return ["verify", "set/list.csv", "--public-key", "signer.pub", "--revoked", "revoked"]
    },
  ]

  static let hidden: [Attack] = [
    Attack(
      "hidden records, checked without the salt key", "cannot be checked", 2,
      "to check them, or the files, give the salt key with --salt-key"
    ) {
      try $0.hide()
      return []
    },
    Attack(
      "hidden records, checked with another salt key", "fails", 1,
      "the salt key is not the one that the records were hidden with"
    ) { bench in
      try bench.hide()
      try bench.write("other.key", String(repeating: "07", count: 31) + "08\n")
      _ = try bench.shell("chmod 600 other.key")
      return ["verify", "set/list.csv", "--public-key", "signer.pub", "--salt-key", "other.key"]
    },
    Attack("hidden records without a `saltId`", "is malformed", 4, "saltId") { bench in
      try bench.hide()
      let statement = try bench.statement()
      let id = try #require(statement.firstMatch(of: /"saltId":"[0-9a-f]{32}",/)).output
      try bench.lie(String(id), "")
      return []
    },
    Attack("salt taken out of a revealed record", "is refused", 1, "does not lead to the signed root") { bench in
      try bench.hide()
      let proven = try bench.run(
        "prove", "images/2.png", "--certificate", Workbench.certificateName, "--private-folder", "mine", "--salt-key",
        "salt.key", "-o", "proof.json")
      try #require(proven.status == 0, "\(proven.errors)")
      try bench.write(
        "proof.json", bench.text("proof.json").replacing(/\\"salt\\":\\"[0-9a-f]{32}\\",/, with: ""))
      return ["verify-proof", "proof.json", Workbench.certificateName, "--public-key", "signer.pub"]
    },
    Attack(
      "proof that an image is absent from hidden records", "is not made", 2,
      "a certificate that hides its records proves no file to be absent"
    ) { bench in
      try bench.hide()
      return [
        "prove", "--absent", "set/images/2.png", "--certificate", Workbench.certificateName, "--private-folder", "mine",
        "--salt-key", "salt.key",
      ]
    },
  ]

  @Test(arguments: signers) func `expired, not yet valid and revoked keys, other names and namespaces`(attack: Attack)
    throws
  {
    try attack.check()
  }

  @Test(arguments: hidden) func `hidden mode: wrong salt, missing salt`(attack: Attack) throws { try attack.check() }
}

extension Workbench {
  fileprivate func signer() throws -> VerificationKey { try SigningKey(pem: bytes("signer.key")).verificationKey }

  /// Writes a list of signers in which KEY stands for the signer's, and names it to `verify`, which wants `ann`.
  fileprivate func verifyWithList(_ entry: String) throws -> [String] {
    let added = try run(
      ["trust", "add", "signer.pub", "--identity", "x"], environment: ["SPLITSEAL_TRUST": path("list")])
    guard added.status == 0 else { throw Unprepared(what: added.errors) }
    let line = try text("list").dropFirst("x namespaces=\"splitseal\" ".count)
    try write("signers", entry.replacing("KEY", with: line))
    return ["verify", "set/list.csv", "--allowed-signers", "signers", "--identity", "ann"]
  }

  /// Certifies the dataset anew with hidden records, which stay in `mine`.
  fileprivate func hide() throws {
    for name in ["records.jsonl", "splitseal.report.json"] { try remove("set/.splitseal/\(name)") }
    let made = try certify("set/list.csv", "--hidden", "--new-salt-key", "salt.key", "--private-folder", "mine")
    guard made.status == 3 else { throw Unprepared(what: made.errors) }
  }
}
