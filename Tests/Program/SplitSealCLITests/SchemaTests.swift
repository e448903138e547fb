import Foundation
import Testing

/// What `verify`, `prove`, `verify-proof` and `diff` write against the schemas in docs, judged by Python's jsonschema.
@Suite struct SchemaTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeAttackedDataset()
  }

  private static let hasJudge: Bool = {
    guard let bench = try? Workbench() else { return false }
    return (try? bench.shell("python3 -c 'import jsonschema'"))?.status == 0
  }()

  /// One line a fault; empty when each line of the file follows the schema.
  private func faults(_ file: String, schema: String, isLines: Bool = false) throws -> String {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/\(schema)")
      .standardizedFileURL.path
    try bench.write(
      "judge.py",
      """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      text = open(sys.argv[2], encoding="utf-8").read()
      for part in text.splitlines() if sys.argv[3] == "lines" else [text]:
          for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(part)):
              print(error.json_path, ascii(error.message)[:300])
      """)
    let judged = try bench.shell("python3 judge.py '\(path)' '\(file)' \(isLines ? "lines" : "whole")")
    try #require(judged.status == 0, "\(judged.errors)")
    return judged.output
  }

  @Test(
    .enabled(if: hasJudge, "there is no python3 with the module jsonschema"),
    arguments: [
      [], ["--signature-only"], ["--sample", "2"], ["--audit"], ["--allow-extra"],
    ])
  func `outcomes of verify follow their schema`(flags: [String]) throws {
    _ = try bench.run(["verify", "set/list.csv", "--public-key", "signer.pub", "--json", "out.json"] + flags)
    #expect(try faults("out.json", schema: "verification.schema.json") == "")
    try bench.write("set/images/2.png", [])
    _ = try bench.run(["verify", "set/list.csv", "--json", "out.json"] + flags)
    #expect(try faults("out.json", schema: "verification.schema.json") == "")
    try bench.replace(#""depth""#, with: #""deep""#, in: "out.json")
    #expect(try faults("out.json", schema: "verification.schema.json") != "")
  }

  @Test(.enabled(if: hasJudge, "there is no python3 with the module jsonschema"))
  func `proofs and what is said of them follow their schema`() throws {
    let certificate = ["--certificate", Workbench.certificateName]
    _ = try bench.run(["prove", "images/1.png", "images/2.png", "-o", "in.json"] + certificate)
    _ = try bench.run(["prove", "--absent", "set/images/4.png", "-o", "out.json"] + certificate)
    for name in ["in.json", "out.json"] {
      #expect(try faults(name, schema: "proof.schema.json", isLines: true) == "")
      _ = try bench.run("verify-proof", name, Workbench.certificateName, "--json", "said.json")
      #expect(try faults("said.json", schema: "proof.schema.json", isLines: true) == "")
    }
    try bench.replace(#""hashes""#, with: #""hash""#, in: "in.json")
    #expect(try faults("in.json", schema: "proof.schema.json", isLines: true) != "")
  }

  @Test(.enabled(if: hasJudge, "there is no python3 with the module jsonschema"))
  func `differences follow their schema`() throws {
    try bench.replace("2.png,test,real", with: "2.png,train,spoof", in: "set/list.csv")
    _ = try bench.certify("set/list.csv", "-o", "new")
    _ = try bench.run(
      "diff", Workbench.certificateName, "new/splitseal.sigstore.json", "--json", "out.json")
    #expect(try faults("out.json", schema: "diff.schema.json") == "")
    try bench.replace(#""moved""#, with: #""gone""#, in: "out.json")
    #expect(try faults("out.json", schema: "diff.schema.json") != "")
  }
}
