import SplitSealBase
import Foundation
import Testing

/// `certify --hidden`, and `verify` of what it makes.
@Suite struct HiddenTests {
  static let certificate = "set/.splitseal/splitseal.sigstore.json"
  let bench: Workbench

  /// Pictures of two people: names, labels and groups that must not get out.
  init() throws {
    bench = try Workbench()
    for seed in 0..<5 { try bench.write("set/ward-7/\(seed).png", Picture(seed: seed).png) }
    try bench.write(
      "set/secret-list.csv",
      """
      path,split,label,patient
      ward-7/0.png,train,malign,anna
      ward-7/1.png,train,benign,berta
      ward-7/2.png,test,malign,anna
      ward-7/3.png,test,benign,carla

      """)
    try bench.makeKey()
  }

  private func certify(_ flags: String..., environment: [String: String] = [:]) throws -> Outcome {
    let command = ["certify", "set/secret-list.csv", "--key", "signer.key", "--no-probe", "--hidden"]
    return try bench.run(command + flags, environment: environment)
  }

  private func verify(_ arguments: String...) throws -> Outcome {
    try bench.run(["verify"] + arguments + ["--public-key", "signer.pub"])
  }

  @Test func `no path, label, group, digest or manifest is in the folder that is published`() throws {
    // Two groups are in two splits.
    #expect(try certify("--new-salt-key", "salt.key").status == 1)
    #expect(try bench.names(in: "set/.splitseal") == [".gitattributes", "splitseal.pub", "splitseal.sigstore.json"])
    let bundle = try JSONSerialization.jsonObject(with: Data(bench.bytes(Self.certificate))) as? [String: Any]
    let envelope = try #require(bundle?["dsseEnvelope"] as? [String: Any])
    let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let text = String(decoding: payload, as: UTF8.self)
    let digest = try bench.shell("sha256sum set/ward-7/*.png set/secret-list.csv | cut -d' ' -f1").output
    let names = ["ward-7", "secret-list", "malign", "benign", "anna", "berta", "carla", "patient", bench.url.path]
    for name in names + digest.split(separator: "\n").map(String.init) {
      #expect(!text.contains(name), "the statement holds \(name)")
    }
    // Of 'malign' and 'benign' alone a reader knows nothing, of the leak of a patient the number.
    #expect(text.contains(#"{"count":1,"rule":"group-leak","severity":"error","waived":0}"#))
  }

  @Test func `one record is revealed with a proof, and no file is proven to be absent`() throws {
    #expect(try certify("--new-salt-key", "salt.key", "--private-folder", "mine").status == 1)
    let flags = ["--certificate", Self.certificate, "--private-folder", "mine"]
    let without = try bench.run(["prove", "ward-7/2.png"] + flags)
    #expect(without.status == 2)
    #expect(without.errors.contains("give the salt key with --salt-key"))
    let proven = try bench.run(["prove", "ward-7/2.png", "-o", "proof.json", "--salt-key", "salt.key"] + flags)
    #expect(proven.status == 0, "\(proven.errors)")
    let trust = ["--public-key", "signer.pub"]
    let held = try bench.run(["verify-proof", "proof.json", Self.certificate, "set/ward-7/2.png"] + trust)
    #expect(held.status == 0, "\(held.output) \(held.errors)")
    // The record without its salt is not a leaf of the tree.
    try bench.write("bare.json", bench.text("proof.json").replacing(/\\"salt\\":\\"[0-9a-f]{32}\\",/, with: ""))
    #expect(try bench.text("bare.json") != bench.text("proof.json"))
    let bare = try bench.run(["verify-proof", "bare.json", Self.certificate] + trust)
    #expect(bare.status == 1, "\(bare.output) \(bare.errors)")
    let absent = try bench.run(["prove", "--absent", "set/secret-list.csv", "--salt-key", "salt.key"] + flags)
    #expect(absent.status == 2)
    #expect(absent.complaints.first == "error: a certificate that hides its records proves no file to be absent")
  }

  @Test func `classes of five images and more are named, and not with hide-classes`() throws {
    try bench.makeFolders("big", count: 5)
    let command = ["certify", "big", "--key", "signer.key", "--no-probe", "--hidden", "--quiet"]
    let named = try bench.run(command + ["--new-salt-key", "salt.key"])
    #expect(
      named.errors.contains("the certificate contains the names of 2 classes with 5 images or more: 'real', 'spoof'"))
    let hidden = try bench.run(command + ["--salt-key", "salt.key", "--hide-classes"])
    #expect(hidden.errors == "")
    let payload = "jq -r .dsseEnvelope.payload big/.splitseal/splitseal.sigstore.json | base64 -d"
    #expect(!(try bench.shell(payload).output).contains("spoof"))
    #expect(try verify("big", "--salt-key", "salt.key").status == 0)
  }

  @Test func `the salt key lets an auditor check everything`() throws {
    _ = try certify("--new-salt-key", "salt.key")
    let whole = try verify("set/secret-list.csv", "--salt-key", "salt.key")
    #expect(whole.status == 0)
    #expect(whole.output.contains("  checked      signature, 4 files\n"))
    try bench.replace("ward-7/2.png,test,malign", with: "ward-7/2.png,test,benign", in: "set/secret-list.csv")
    #expect(try verify("set/secret-list.csv", "--salt-key", "salt.key").status == 1)
  }

  @Test func `without the salt key the signature and the statement are checked, and no more`() throws {
    _ = try certify("--new-salt-key", "salt.key")
    let alone = try verify(Self.certificate)
    #expect(alone.status == 0)
    #expect(alone.output.contains("  checked      signature\n  not checked  the records\n  not checked  the files\n"))
    #expect(alone.output.contains("  note         the records are hidden: without the salt key"))
    let document = try verify(Self.certificate, "--json", "-").document()
    #expect(document["checkedRecords"] as? Bool == false && document["checkedFiles"] as? Bool == false)
    let files = try verify("set/secret-list.csv")
    #expect(files.status == 2)
    #expect(files.output.contains("to check them, or the files, give the salt key with --salt-key"))
    _ = try bench.shell("openssl rand -hex 32 > other.key; chmod 600 other.key")
    let wrong = try verify("set/secret-list.csv", "--salt-key", "other.key")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("the salt key is not the one that the records were hidden with"))
  }

  @Test func `a public certificate is not checked without its data`() throws {
    _ = try bench.run("certify", "set/secret-list.csv", "--key", "signer.key", "--no-probe")
    let outcome = try verify(Self.certificate)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("give the dataset's manifest or folder before the certificate"))
  }

  @Test func `one id gives one payload, and without it no two are alike`() throws {
    func id(_ flags: String..., environment: [String: String] = [:]) throws -> String {
      let certified = try bench.run(
        ["certify", "set/secret-list.csv", "--key", "signer.key", "--no-probe", "--hidden", "--salt-key", "salt.key"]
          + flags, environment: environment.merging(["SOURCE_DATE_EPOCH": "1795420800"]) { $1 })
      return String(try #require(certified.output.firstMatch(of: /\n  id +([0-9a-f]{64})\n/)?.1))
    }
    _ = try certify("--new-salt-key", "salt.key")
    let digits = "00112233445566778899aabbccddeeff"
    #expect(try id("--salt-id", digits) == id(environment: ["SPLITSEAL_SALT_ID": digits]))
    #expect(try id() != id())
    let wrong = try certify("--salt-key", "salt.key", environment: ["SPLITSEAL_SALT_ID": "7"])
    #expect(wrong.status == 2 && wrong.errors.contains("SPLITSEAL_SALT_ID is not 32 lower-case hexadecimal digits"))
  }

  @Test func `a salt key is for its owner alone, and never overwritten`() throws {
    _ = try certify("--new-salt-key", "salt.key")
    #expect(try bench.shell("stat -c %a salt.key").output == "600\n")
    let before = try bench.text("salt.key")
    #expect(before.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
    let again = try certify("--new-salt-key", "salt.key")
    #expect(again.status == 2 && again.errors.contains("salt.key: cannot be created: it is there already"))
    #expect(try bench.text("salt.key") == before)
    _ = try bench.shell("chmod 644 salt.key")
    #expect(
      try certify("--salt-key", "salt.key").errors.contains("salt.key can be read by other users: run chmod 600 on it"))
  }

  @Test func `records and report go to a folder of their own, where they are asked for`() throws {
    _ = try certify("--new-salt-key", "salt.key", "--private-folder", "private")
    #expect(try bench.names(in: "private") == ["records.jsonl", "splitseal.report.json"])
    #expect(try bench.shell("stat -c %a private private/*").output == "700\n600\n600\n")
    #expect(try bench.text("private/records.jsonl").contains(#""salt":""#))
    #expect(try bench.names(in: "set/.splitseal") == [".gitattributes", "splitseal.pub", "splitseal.sigstore.json"])
  }

  @Test func `nothing that reveals the records may lie beside the certificate`() throws {
    for (flags, message) in [
      (["--new-salt-key", "set/.splitseal/salt.key"], "set/.splitseal/salt.key is in the folder that is published"),
      (["--new-salt-key", "salt.key", "--private-folder", "set/.splitseal"], "set/.splitseal is in the folder"),
    ] {
      try bench.makeFolder("set/.splitseal")
      let outcome = try bench.run(
        ["certify", "set/secret-list.csv", "--key", "signer.key", "--no-probe", "--hidden"] + flags)
      #expect(outcome.status == 2 && outcome.errors.contains(message))
    }
    // What an earlier, public certificate has left.
    _ = try bench.run("certify", "set/secret-list.csv", "--key", "signer.key", "--no-probe")
    let outcome = try certify("--new-salt-key", "salt.key")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(".splitseal/records.jsonl: this file would lie beside a certificate that hides"))
    #expect(!(try bench.names()).contains("salt.key"))
  }

  @Test(arguments: [
    (["--hidden"], "--hidden needs either --salt-key FILE, or --new-salt-key FILE to create one"),
    (["--salt-key", "salt.key"], "--salt-key needs --hidden"), (["--hide-classes"], "--hide-classes needs --hidden"),
    (["--hidden", "--salt-key", "k", "--salt-id", "7"], "--salt-id 7: expected 32 lower-case hexadecimal digits"),
  ])
  func `flags that do not go together are refused`(flags: [String], message: String) throws {
    let outcome = try bench.run(["certify", "set/secret-list.csv", "--key", "signer.key"] + flags)
    #expect(outcome.status == 2 && outcome.complaints.first == "error: \(message)")
  }
}
