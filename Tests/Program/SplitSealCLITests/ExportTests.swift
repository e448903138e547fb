import Foundation
import Testing

/// `splitseal export`, `certify --oms` and `verify --svr`.
@Suite struct ExportTests {
  static let certificate = "set/.splitseal/splitseal.sigstore.json"
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  /// The signed payload of a bundle.
  private func payload(_ name: String) throws -> [String: Any] {
    let bundle = try JSONSerialization.jsonObject(with: Data(bench.bytes(name))) as? [String: Any]
    let envelope = try #require(bundle?["dsseEnvelope"] as? [String: Any])
    let data = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func resources(_ name: String) throws -> [String] {
    let predicate = try #require(payload(name)["predicate"] as? [String: Any])
    return (predicate["resources"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  @Test func `oms signs every file of the root, not its own and not the certificate's`() throws {
    try bench.write("set/.hidden", "x")
    let outcome = try bench.run("export", "oms", "set/list.csv", "--key", "signer.key")
    #expect(outcome.status == 0 && outcome.errors == "")
    let files = [".hidden"] + (0..<5).map { "images/\($0).png" } + ["list.csv"]
    #expect(try resources("set/.splitseal/dataset.sig") == files)
    #expect(try bench.run("export", "oms", "set/list.csv", "--key", "signer.key", "-o", "set/my.sig").status == 0)
    #expect(try resources("set/my.sig") == files)
    let linked = try bench.shell("ln -s list.csv set/link && \"$SPLITSEAL\" export oms set/list.csv --key signer.key")
    #expect(linked.status == 2)
    #expect(linked.complaints.first?.hasSuffix("/set/link: it is a link") == true)
  }

  @Test func `oms leaves out what --ignore-paths names, and refuses what is not of the dataset`() throws {
    let outcome = try bench.run(
      "export", "oms", "set/list.csv", "--key", "signer.key", "--ignore-paths", "set/list.csv", "--ignore-paths",
      "set/images/0.png")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(try resources("set/.splitseal/dataset.sig") == (1..<5).map { "images/\($0).png" })
    let folder = try bench.run(
      "export", "oms", "set/list.csv", "--key", "signer.key", "--ignore-paths", "set/images/")
    #expect(folder.status == 0)
    #expect(try resources("set/.splitseal/dataset.sig") == ["list.csv"])
    let other = try bench.run(
      "export", "oms", "set/list.csv", "--key", "signer.key", "--ignore-paths", "signer.pub")
    #expect(other.status == 2)
    #expect(other.complaints.first?.hasPrefix("error: --ignore-paths signer.pub: it is not below ") == true)
  }

  @Test func `certify --oms names the root digest in the certificate`() throws {
    let certified = try bench.run("certify", "set/list.csv", "--key", "signer.key", "--oms", "--no-probe", "--quiet")
    #expect(certified.status == 3 && certified.errors == "")
    let signature = try payload("set/.splitseal/dataset.sig")["subject"] as? [[String: Any]]
    let subjects = try #require(payload(Self.certificate)["subject"] as? [[String: Any]])
    #expect(subjects.compactMap { $0["name"] as? String } == ["records.jsonl", "list.csv", "oms:set"])
    #expect(subjects.last?["digest"] as? [String: String] == signature?.first?["digest"] as? [String: String])
    #expect(try bench.run("verify", "set/list.csv", "--public-key", "signer.pub").status == 0)
  }

  @Test func `croissant points to the certificate and changes nothing else`() throws {
    try bench.write("set/croissant.json", #"{"@context":{},"@type":"sc:Dataset","name":"x"}"#)
    let outcome = try bench.run("export", "croissant", "set/croissant.json", "-o", "set/out.json")
    #expect(outcome.status == 0 && outcome.output == "" && outcome.errors == "")
    let text = try bench.text("set/out.json")
    #expect(text.contains(#""contentUrl": ".splitseal/splitseal.sigstore.json""#))
    let elsewhere = try bench.run("export", "croissant", "set/croissant.json", "-o", "set/images/out.json")
    #expect(elsewhere.status == 2)
    #expect(elsewhere.complaints.first == "error: the certificate is not below the folder of the output")
    let named = try bench.run(
      "export", "croissant", "set/croissant.json", "-o", "-", "--certificate", Self.certificate, "--content-url",
      "https://example.org/c.json")
    #expect(named.output.contains(#""contentUrl": "https://example.org/c.json""#))
  }

  @Test func `a Croissant file can be certified, and is no file of the certificate`() throws {
    try bench.write(
      "set/croissant.json",
      """
      {"@context": {}, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
       "distribution": [{"@type": "cr:FileObject", "@id": "t", "contentUrl": "list.csv", "sha256": "x"}],
       "recordSet": [{"@type": "cr:RecordSet", "@id": "rows", "field": [
         {"@id": "rows/path", "source": {"fileObject": {"@id": "t"}, "extract": {"column": "path"}}}]}]}
      """)
    let certified = try bench.run("certify", "set/croissant.json", "--key", "signer.key", "--no-probe", "--quiet")
    #expect(certified.status == 3 && certified.errors == "")
    let subjects = try #require(payload(Self.certificate)["subject"] as? [[String: Any]])
    #expect(subjects.compactMap { $0["name"] as? String } == ["records.jsonl", "list.csv"])
    try bench.replace("\"sc:Dataset\"", with: "\"sc:Dataset\", \"name\": \"later\"", in: "set/croissant.json")
    #expect(try bench.run("verify", "set/croissant.json", "--public-key", "signer.pub").status == 0)
    let repaired = try bench.run("split", "set/croissant.json", "--ratios", "train=0.5,test=0.5", "-o", "new")
    #expect(repaired.status == 2)
  }

  @Test func `paragraph tells the certificate's numbers and refuses one that does not hold`() throws {
    let markdown = try bench.run("export", "paragraph", Self.certificate)
    #expect(markdown.status == 0 && markdown.errors == "")
    #expect(markdown.output.hasPrefix("We audited the splits of set with splitseal "))
    #expect(markdown.output.contains(": 4 images (test 2, train 2)."))
    let latex = try bench.run("export", "paragraph", Self.certificate, "--latex", "--public-key", "signer.pub")
    #expect(latex.output.contains("\\texttt{SHA256:"))
    try bench.replace("\"label\":\"spoof\"", with: "\"label\":\"real\"", in: "set/.splitseal/records.jsonl")
    let changed = try bench.run("export", "paragraph", Self.certificate)
    #expect(changed.status == 2 && changed.output == "")
    #expect(
      changed.complaints.first?.hasPrefix("error: nothing is claimed for a certificate that does not hold") == true)
  }

  @Test func `a reviewer signs what was checked and held`() throws {
    try bench.makeKey("reviewer")
    let flags = ["--svr", "review.json", "--key", "reviewer.key"]
    let verified = try bench.run(["verify", "set/list.csv", "--public-key", "signer.pub"] + flags)
    #expect(verified.status == 0)
    let predicate = try #require(payload("review.json")["predicate"] as? [String: Any])
    #expect((predicate["properties"] as? [String])?.last == "SPLITSEAL_NO_UNSIGNED_IMAGES")
    #expect(
      try bench.run([
        "verify", "set/list.csv", "--public-key", "reviewer.pub", "--svr", "x.json", "--key", "reviewer.key",
      ]).status == 1)
    #expect(try !bench.names().contains("x.json"))
    #expect(
      try bench.run("verify", "set/list.csv", "--svr", "x.json").complaints.first
        == "error: --svr needs the reviewer's --key")
  }
}
