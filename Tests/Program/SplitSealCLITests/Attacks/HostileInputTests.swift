import SplitSealBase
import Foundation
import Testing

/// Files of strangers that once ended the program, kept it busy, or had it write elsewhere.
@Suite struct HostileInputTests {
  private static let finding = String(repeating: "ab", count: 32)
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test(.timeLimit(.minutes(1))) func `a policy of aliases beside the data is refused at once`() throws {
    try bench.makeCleanDataset()
    var policy = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 0..<9 {
      let name = level == 0 ? "a" : "k\(level - 1)"
      policy += "k\(level): &k\(level) [\(Array(repeating: "\u{85}*\(name)", count: 10).joined(separator: ","))]\n"
    }
    try bench.write("splitseal.yml", policy + "z: {? \u{85}*k8 : 1, b: 2}\n")
    let scan = try bench.run("scan", "clean.csv", "--no-cache")
    #expect(scan.status == 2)
    #expect(scan.errors.contains("anchors and aliases are refused, and '&a' and '*a' could be both"))
  }

  @Test(arguments: ["9223372036854775807", "-9223372036854775807", "99999999999999999999"])
  func `a time at the end of its range is no time`(time: String) throws {
    try bench.makeCleanDataset()
    try bench.write("m.csv", "path,split,t\nimages/0.png,train,5\nimages/1.png,test,\(time)\n")
    let scan = try bench.run("scan", "m.csv", "--no-cache", "--time-column", "t")
    #expect(scan.status == 2)
    #expect(scan.complaints.first == "error: m.csv:3:3: '\(time)' is no time")
  }

  @Test func `times far apart are compared`() throws {
    try bench.makeCleanDataset()
    let (early, late) = (-4_611_686_018_427_387_903, 4_611_686_018_427_387_903)
    try bench.write(
      "m.csv",
      "path,split,group,t\nimages/0.png,train,g,\(early)\nimages/1.png,train,g,\(late)\nimages/2.png,test,g,\(early)\n")
    #expect(try bench.run("scan", "m.csv", "--no-cache", "--time-column", "t").status == 1)
  }

  @Test(arguments: ["253402300800", "9223372036854775807"]) func `a date after the year 9999 is refused`(time: String)
    throws
  {
    let outcome = try bench.run(
      "waive", Self.finding, "--reason", "x", "--waivers", "w.yml", environment: ["SOURCE_DATE_EPOCH": time])
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: SOURCE_DATE_EPOCH is '\(time)', which is not a valid time")
  }

  @Test func `a waiver is replaced in a file from Windows`() throws {
    let other = String(repeating: "cd", count: 32)
    try bench.write(
      ".splitseal/waivers.yml",
      "# c\r\n- finding: \(Self.finding)\r\n  reason: a\r\n- finding: \(other)\r\n  reason: b\r\n")
    let outcome = try bench.run(
      "waive", Self.finding, "--reason", "new", "--force", environment: ["SOURCE_DATE_EPOCH": "1795564800"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try bench.text(".splitseal/waivers.yml")
        == "# c\r\n- finding: \(other)\r\n  reason: b\r\n- finding: \(Self.finding)\n  reason: \"new\"\n  date: 2026-11-25\n"
    )
  }

  @Test(.timeLimit(.minutes(1))) func `more splits than a dataset may have are refused`() throws {
    var table = "path,split\n"
    for number in 0..<200 { table += "a.png,\(number < 100 ? "train" : "test")\(2000 + number % 100)\n" }
    try bench.write("m.csv", table)
    let scan = try bench.run("scan", "m.csv", "--no-cache")
    #expect(scan.status == 2)
    #expect(scan.complaints.first?.hasSuffix("is one split more than the 128 that a dataset may have") == true)
    #expect(scan.complaints.first?.hasPrefix("error: m.csv:130:2: ") == true)
  }

  @Test func `a folder of certificates that is a link is not written through`() throws {
    try bench.makeFolder("elsewhere")
    try bench.write("elsewhere/records.jsonl", "precious")
    try bench.makeCleanDataset()
    try bench.makeKey()
    try bench.link(".splitseal", to: "elsewhere")
    let certify = ["certify", "clean.csv", "--key", "signer.key", "--no-probe", "--no-cache"]
    for (arguments, message) in [
      (certify, ".splitseal: it is a link, which could lead anywhere"),
      (certify + ["--hidden", "--new-salt-key", "salt"], ".splitseal: it is a link, which could lead anywhere"),
      (["waive", Self.finding, "--reason", "x"], ".splitseal is a link, which could lead anywhere"),
    ] {
      let outcome = try bench.run(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.complaints.first?.hasSuffix(message) == true, "\(outcome.errors)")
    }
    #expect(try bench.names(in: "elsewhere") == ["records.jsonl"])
    #expect(try bench.text("elsewhere/records.jsonl") == "precious")
  }

  @Test func `waivers that are a link are not written through`() throws {
    try bench.write("elsewhere.yml", "# mine\n")
    try bench.makeFolder(".splitseal")
    try bench.link(".splitseal/waivers.yml", to: "../elsewhere.yml")
    #expect(try bench.run("waive", Self.finding, "--reason", "x").status == 2)
    #expect(try bench.text("elsewhere.yml") == "# mine\n")
  }

  @Test func `eight who waive at once, and eight who trust, lose nothing`() throws {
    // xargs waits for each of them by itself; a shell's 'wait' needs signals that may be blocked where tests run.
    let eight = "printf '%s\\n' 0 1 2 3 4 5 6 7 | xargs -P 8 -I{} sh -c "
    let waive = try bench.shell(
      eight + #"'"$SPLITSEAL" waive "$(printf "{}b%.0s" $(seq 32))" --waivers w.yml --reason "r{}"'"#)
    #expect(waive.status == 0, "\(waive.errors)")
    #expect(try bench.text("w.yml").split(separator: "\n").count { $0.hasPrefix("- finding: ") } == 8)
    for index in 0..<8 { try bench.makeKey("k\(index)") }
    let trust = try bench.shell(
      eight + #"'"$SPLITSEAL" trust add "k{}.pub" --identity "ann{}"'"#,
      environment: ["SPLITSEAL_TRUST": bench.path("trusted")])
    #expect(trust.status == 0, "\(trust.errors)")
    #expect(try bench.text("trusted").split(separator: "\n").count == 8)
  }

  @Test(.timeLimit(.minutes(1))) func `folders full of links to each other are not walked in every order`() throws {
    try bench.write("fold/train/0/a.png", Picture(seed: 0).png)
    for folder in 0..<14 {
      try bench.makeFolder("fold/train/\(folder)")
      for target in 0..<14 where target != folder {
        try bench.link("fold/train/\(folder)/to\(target)", to: "../\(target)")
      }
    }
    let scan = try bench.run("scan", "fold", "--no-cache")
    #expect(scan.status == 2)
    #expect(scan.complaints.first?.hasSuffix(": links lead to this folder more than 64 times") == true)
  }

  @Test func `records that are larger than the certificate's can be are not read`() throws {
    try bench.makeCertifiedDataset()
    let outcome = try bench.shell(
      #"truncate -s 3G set/.splitseal/records.jsonl; ulimit -v 2000000; "#
        + #""$SPLITSEAL" verify set/list.csv --public-key signer.pub"#)
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints.first?.hasSuffix(
        "records.jsonl: the file is larger than records of the certificate's images can be") == true)
  }

  @Test func `a service is told of 5,000 findings, and how many there are`() throws {
    try bench.makeCleanDataset()
    let rows = (0..<250).map { "images/0.png,\($0.isMultiple(of: 2) ? "train" : "test")\n" }.joined()
    try bench.write("m.csv", "path,split\n" + rows)
    let run = try bench.run("scan", "m.csv", "--no-cache", "--format", "sarif", "--json", "all.json")
    let all = try JSONSerialization.jsonObject(with: Data(bench.bytes("all.json"))) as? [String: Any]
    let count = try #require(all?["findings"] as? [Any]).count
    #expect(count > 5_000)
    let sarif = try #require((run.document()["runs"] as? [[String: Any]])?.first)
    #expect((sarif["results"] as? [Any])?.count == 5_000)
    #expect(run.output.contains(" more of ") && run.output.contains("are in the JSON report alone"))
    let junit = try bench.run("scan", "m.csv", "--no-cache", "--format", "junit")
    #expect(junit.output.contains("are in the JSON report alone"))
    #expect(junit.output.split(separator: "<testcase ").count < 5_100)
  }

  @Test(arguments: [14, 18, 24, 40]) func `too few open files end the run, and change no result`(limit: Int) throws {
    try bench.makeFolders("fold", count: 15)
    let whole = try bench.run("scan", "fold", "--no-cache", "--jobs", "8")
    let outcome = try bench.shell("ulimit -n \(limit); \"$SPLITSEAL\" scan fold --no-cache --jobs 8")
    if outcome.status == 2 {
      #expect(outcome.errors.contains("too many files are open"), "\(outcome.errors)")
    } else {
      #expect(outcome.output == whole.output)
    }
  }

  @Test func `a policy that cannot be used is told by verify, which does not need it`() throws {
    try bench.makeFolders("set", count: 2)
    try bench.makeKey()
    #expect(try bench.run("certify", "set", "--key", "signer.key", "--quiet", "--no-probe").status == 3)
    let verify = ["verify", "set", "--public-key", "signer.pub"]
    try bench.write("set/splitseal.yml", "bogus: 1\n")
    let verified = try bench.run(verify)
    #expect(verified.status == 0)
    #expect(
      verified.output.contains(
        "note         the policy beside the data was ignored, because it cannot be used: "
          + "\(bench.url.resolvingSymlinksInPath().path)/set/splitseal.yml:1:1: "))
    // Whoever names it, or has the audit run again, needs it.
    #expect(try bench.run(verify + ["--policy", "set/splitseal.yml"]).status == 2)
    #expect(try bench.run(verify + ["--audit"]).status == 2)
  }

  @Test func `a hidden link to a test image is told by verify`() throws {
    try bench.makeFolders("set", count: 2)
    try bench.makeKey()
    #expect(try bench.run("certify", "set", "--key", "signer.key", "--quiet", "--no-probe").status == 3)
    try bench.link("set/train/real/.t.png", to: "../../test/real/1.png")
    let verified = try bench.run("verify", "set", "--public-key", "signer.pub")
    #expect(verified.status == 1)
    #expect(verified.output.contains("'train/real/.t.png' is an image by its content, and is not signed"))
  }

  @Test(arguments: ["a\nb", "a b", "a\tb", "a\u{1B}b", ""])
  func `an identity that is not one word blames no line of the file`(
    identity: String
  ) throws {
    try bench.makeKey()
    try bench.write("trusted", "# mine\n")
    #expect(try bench.shell("chmod 600 trusted").status == 0)
    let trust = try bench.run(
      "trust", "add", "signer.pub", "--identity", identity, environment: ["SPLITSEAL_TRUST": bench.path("trusted")])
    #expect(trust.status == 2)
    #expect(trust.complaints.first?.hasSuffix("' is not one plain word") == true, "\(trust.errors)")
    #expect(try bench.text("trusted") == "# mine\n")
  }

  /// The system limits the processes of people, not those of root.
  @Test(.timeLimit(.minutes(1)), .enabled(if: Workbench.has("prlimit", "setpriv")))
  func `too few threads end the run at once`() throws {
    let person = getuid() == 0 ? "setpriv --reuid 64999 --regid 64999 --clear-groups " : ""
    try bench.makeCleanDataset()
    let outcome = try bench.shell(
      "chmod -R a+rX .; \(person)prlimit --nproc=1 \"$SPLITSEAL\" scan clean.csv --no-cache")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints == [
        "error: the system does not allow this program enough threads",
        "hint: raise the limit of processes with ulimit -u",
      ])
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `a pipe or a folder in place of a table is named as that`(isPipe: Bool) throws {
    try bench.makeCleanDataset()
    if isPipe { try bench.makePipe("p.csv") } else { try bench.makeFolder("p.csv") }
    let scan = try bench.run("scan", "clean.csv", "--no-cache", "--predictions", "p.csv")
    #expect(scan.status == 2)
    #expect(scan.complaints.first?.hasPrefix("error: p.csv: it is ") == true, "\(scan.errors)")
  }

  @Test func `half a file is removed where the system allows no larger one`() throws {
    try bench.makeFolder("out")
    // One block of 512 bytes or of 1,024, as shells count.
    let outcome = try bench.shell(
      #"ulimit -f 1; "$SPLITSEAL" waive \#(Self.finding) --waivers out/w.yml --reason "$(printf '%02000d' 0)""#)
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first?.contains("the file would be larger than the system allows (ulimit -f)") == true)
    #expect(try bench.names(in: "out") == [])
  }
}
