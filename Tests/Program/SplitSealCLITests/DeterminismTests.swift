import SplitSealBase
import Foundation
import Testing

/// The same dataset gives the same signed bytes, wherever it lies and whoever certifies it.
@Suite struct DeterminismTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeKey()
    try bench.makeKey("other")
  }

  /// The signed payload of a certificate.
  private func payload(_ folder: String) throws -> [UInt8] {
    let bundle =
      try JSONSerialization.jsonObject(
        with: Data(bench.bytes("\(folder)/.splitseal/splitseal.sigstore.json"))) as? [String: Any]
    let envelope = try #require(bundle?["dsseEnvelope"] as? [String: Any])
    return try Array(#require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) }))
  }

  private func makeDataset(_ folder: String) throws {
    for seed in 0..<6 {
      let path = "\(seed < 3 ? "train" : "test")/\(seed.isMultiple(of: 2) ? "real" : "spöof")/\(seed).png"
      try bench.write("\(folder)/\(path)", Picture(seed: seed).png)
    }
    try bench.write(
      "\(folder)/list.csv",
      "path,split,label\n"
        + (0..<6).map { seed in
          let (split, label) = (seed < 3 ? "train" : "test", seed.isMultiple(of: 2) ? "real" : "spöof")
          return "\(split)/\(label)/\(seed).png,\(split),\(label)\n"
        }.joined())
  }

  @Test(arguments: ["list.csv", "."])
  func `two machines sign the same payload but for the clock`(input: String) throws {
    try makeDataset("here/set")
    try makeDataset("far/away from home/set")
    let epoch = "1767225600"
    // An absolute path, one worker, one user, zone and language.
    let here = bench.path("here/set")
    let first = try bench.run(
      ["certify", "\(here)/\(input)", "--key", "signer.key", "--quiet", "--jobs", "1", "--no-cache"],
      environment: [
        "SOURCE_DATE_EPOCH": epoch, "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8", "USER": "ann", "LOGNAME": "ann",
        "HOME": bench.path("ann"), "HOSTNAME": "alpha",
      ])
    // Another folder as the current one, more workers, another key, user, zone and language.
    let second = try bench.shell(
      "cd 'far/away from home/set' && \"$SPLITSEAL\" certify '\(input)' --key ../../../other.key --quiet --jobs 3",
      environment: [
        "SOURCE_DATE_EPOCH": epoch, "TZ": "America/Anchorage", "LC_ALL": "tr_TR.UTF-8", "USER": "bob", "LOGNAME": "bob",
        "HOME": bench.path("bob"), "HOSTNAME": "beta",
      ])
    #expect(first.status == second.status && first.errors == "" && second.errors == "")
    let signed = try payload("here/set")
    #expect(try signed == payload("far/away from home/set"))
    for name in ["records.jsonl", "splitseal.report.json"] {
      #expect(
        try bench.bytes("here/set/.splitseal/\(name)") == bench.bytes("far/away from home/set/.splitseal/\(name)"))
    }
    // Certifying again, with the certificate there, says the same but for the time.
    let again = try bench.run(
      ["certify", "here/set/\(input)", "--key", "signer.key", "--quiet"],
      environment: ["SOURCE_DATE_EPOCH": "1767225601"])
    #expect(again.status == first.status)
    let later = try payload("here/set")
    #expect(later != signed)
    let text = String(decoding: later, as: UTF8.self)
    #expect(
      Array(text.replacing("2026-01-01T00:00:01Z", with: "2026-01-01T00:00:00Z").utf8) == signed)
  }

  @Test func `nothing that is written names the machine, the user or a folder`() throws {
    try makeDataset("here/set")
    let run = try bench.run(
      ["certify", bench.path("here/set/list.csv"), "--key", bench.path("signer.key"), "--quiet", "--oms"],
      environment: ["USER": "annabella", "LOGNAME": "annabella", "HOME": bench.path("annabella")])
    #expect(run.errors == "")
    let host = ProcessInfo.processInfo.hostName
    let names = try bench.names(in: "here/set/.splitseal")
    #expect(names.count == 6)
    for name in names {
      var texts = [try bench.text("here/set/.splitseal/\(name)")]
      let bundle = try? JSONSerialization.jsonObject(with: Data(texts[0].utf8)) as? [String: Any]
      if let envelope = bundle?["dsseEnvelope"] as? [String: Any], let base64 = envelope["payload"] as? String {
        texts.append(String(decoding: try #require(Data(base64Encoded: base64)), as: UTF8.self))
      }
      for text in texts {
        #expect(!text.contains(bench.url.lastPathComponent) && !text.contains("annabella"))
        #expect(!text.contains("here/set") && !text.contains("\"/"))
        #expect(host.count < 6 || !text.contains(host))
      }
    }
  }
}
