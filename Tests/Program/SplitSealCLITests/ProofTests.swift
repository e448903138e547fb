import Foundation
import SplitSealCertificate
import Testing

/// `splitseal prove` and `verify-proof`.
@Suite struct ProofTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  private func prove(_ arguments: String...) throws -> Outcome {
    try bench.run(["prove", "--certificate", Workbench.certificateName] + arguments)
  }

  private func verify(_ arguments: String...) throws -> Outcome {
    try bench.run(["verify-proof", "proof", Workbench.certificateName] + arguments)
  }

  @Test func `a proof holds with the certificate alone`() throws {
    #expect(try prove("images/1.png", "-o", "proof").status == 0)
    try bench.remove(Workbench.recordsName)
    try bench.remove("set/list.csv")
    let outcome = try verify("--public-key", "signer.pub")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("PROVEN: 'images/1.png' is in split 'train' of 'set'\n"))
    #expect(outcome.output.contains("  not checked  the image, because it was not given\n"))
    #expect(try verify().status == 3)
    #expect(try verify("set/images/1.png", "--public-key", "signer.pub").status == 0)
    #expect(try verify("set/images/2.png", "--public-key", "signer.pub").status == 1)
    #expect(try verify("set/images/9.png", "--public-key", "signer.pub").status == 2)
  }

  @Test func `an image is found by its path in the records or by its bytes`() throws {
    let byPath = try prove("images/1.png")
    #expect(byPath.status == 0)
    #expect(try prove("set/images/1.png").output == byPath.output)
    #expect(byPath.output.split(separator: "\n").count == 1)
    #expect(try prove("images/1.png", "images/2.png").output.split(separator: "\n").count == 2)
    let stranger = try prove("set/images/4.png")
    #expect(stranger.status == 1)
    #expect(
      stranger.complaints == [
        "error: 'set/images/4.png' is not in the records", "hint: use --absent to prove that it is not there",
      ])
    let nothing = try prove("images/9.png")
    #expect(nothing.status == 2)
    #expect(nothing.complaints.first == "error: 'images/9.png' is neither a path in the records nor a file")
  }

  @Test func `absence is proven from every split, or from some`() throws {
    #expect(try prove("--absent", "set/images/4.png", "-o", "proof").status == 0)
    let outcome = try verify("set/images/4.png", "--public-key", "signer.pub")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(" is in any split of 'set'\n"))
    #expect(try prove("--absent", "set/images/0.png").status == 1)
    #expect(try prove("--absent", "set/images/0.png", "--split", "test", "-o", "proof").status == 0)
    let some = try verify("--public-key", "signer.pub")
    #expect(some.status == 0)
    #expect(some.output.contains(" is in split 'test' of 'set'\n"))
    #expect(try prove("--absent", "set/images/0.png", "--split", "dev").status == 2)
    #expect(try prove("--absent", String(repeating: "0", count: 64), "-o", "proof").status == 0)
    #expect(try verify("--public-key", "signer.pub").status == 0)
  }

  @Test func `several proofs end with the worst status, and are told as JSON Lines`() throws {
    #expect(try prove("images/1.png", "images/2.png", "-o", "proof").status == 0)
    try bench.replace("images/2.png", with: "images/7.png", in: "proof")
    let outcome = try verify("--public-key", "signer.pub", "--json", "-")
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(#""status": "verified""#) || lines[0].contains(#""status":"verified""#))
    #expect(lines[1].contains("mismatch"))
  }

  @Test func `proofs need the records, and records that were signed`() throws {
    try bench.replace("spoof", with: "spoofed", in: Workbench.recordsName)
    let outcome = try prove("images/1.png")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: the records are not those that the certificate commits to")
    try bench.remove(Workbench.recordsName)
    #expect(try prove("images/1.png").status == 2)
  }

  @Test func `a file that is no proof is malformed`() throws {
    for text in ["", "{}", "no\n", "{\"schema\":\"splitseal-inclusion-proof\"}"] {
      try bench.write("proof", text)
      #expect(try verify("--public-key", "signer.pub").status == 4)
    }
  }

  @Test(.enabled(if: Workbench.has("python3"), "there is no python3"))
  func `the Python of the page checks a proof as the program does`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/certificate.md")
    let blocks = try String(contentsOf: page.standardizedFileURL, encoding: .utf8).split(separator: "```python\n")
    let block = try #require(blocks.first { $0.contains("proof.json") })
    try bench.write("check.py", String(block.split(separator: "```")[0]))
    try bench.write("payload.json", Envelope(parsing: bench.bytes(Workbench.certificateName)).payload)
    for path in ["images/0.png", "images/1.png", "images/2.png", "images/3.png"] {
      #expect(try prove(path, "-o", "proof.json").status == 0)
      #expect(try bench.shell("python3 check.py").output == "True\n")
    }
    for (text, other) in [
      (#""index":1"#, #""index":0"#), (#""index":1"#, #""index":2"#), ("images/3.png", "images/4.png"),
      (#""hashes":["#, #""hashes":["00","#), (#""split":"test"}"# + "\n", #""split":"train"}"# + "\n"),
    ] {
      #expect(try prove("images/3.png", "-o", "proof.json").status == 0)
      try bench.replace(text, with: other, in: "proof.json")
      #expect(try bench.shell("python3 check.py").output == "False\n", "\(other)")
    }
  }
}
