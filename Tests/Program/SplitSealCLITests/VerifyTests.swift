import Foundation
import Testing

/// `splitseal verify`: what a reviewer learns of a dataset and its certificate.
@Suite struct VerifyTests {
  static let certificate = "set/.splitseal/splitseal.sigstore.json"
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  private func verify(_ flags: String...) throws -> Outcome {
    try bench.run(["verify", "set/list.csv"] + (flags.isEmpty ? ["--public-key", "signer.pub"] : flags))
  }

  @Test func `a key or a fingerprint that is trusted makes it 0`() throws {
    let byKey = try verify()
    #expect(byKey.status == 0)
    #expect(byKey.errors == "")
    #expect(byKey.output.hasPrefix("VERIFIED: set\n"))
    #expect(byKey.output.contains("  checked      signature, records, 4 files, report\n"))
    let signer = try #require(byKey.output.firstMatch(of: /signed by    (SHA256:\S{43})\n/)?.1)
    #expect(try verify("--fingerprint", String(signer)).status == 0)
    #expect(try bench.run("verify", "set/list.csv", Self.certificate, "--public-key", "signer.pub").status == 0)
    #expect(try verify("--public-key", "signer.pub", "--quiet").output == "")
  }

  @Test func `without trust it is 3, whatever lies beside the data`() throws {
    let outcome = try bench.run("verify", "set/list.csv")
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("VALID, SIGNER NOT TRUSTED: set\n"))
    #expect(outcome.output.contains("  to trust     give the authors' --fingerprint or --public-key\n"))
    let other = try bench.makeKey("other")
    #expect(try verify("--fingerprint", other).status == 3)
  }

  @Test func `another signer's key is a mismatch, and one of several keys is enough`() throws {
    let other = try bench.makeKey("other")
    let outcome = try verify("--public-key", "other.pub")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("  signature: the signature was not made by \(other)"))
    #expect(try verify("--public-key", "other.pub", "--public-key", "signer.pub").status == 0)
  }

  @Test func `the outcome for programs says the same`() throws {
    let document = try verify("--public-key", "signer.pub", "--json", "-").document()
    #expect(document["status"] as? String == "verified")
    #expect(document["exitStatus"] as? Int == 0)
    #expect(document["trusted"] as? Bool == true)
    #expect((document["problems"] as? [Any])?.count == 0)
    let untrusted = try bench.run("verify", "set/list.csv", "--json", "-")
    #expect(untrusted.status == 3)
    #expect(try untrusted.document()["exitStatus"] as? Int == 3)
  }

  /// What a stranger may do to a dataset, and the sentence that names the image.
  enum Change: String, CaseIterable, Sendable {
    case flip, truncate, empty, delete, link, pipe, extra, swap, move, copy, dropRow

    var sentence: String {
      switch self {
      case .flip, .truncate, .empty: "'images/2.png' in split 'test' has other content than was signed (SHA-256 "
      case .delete, .link, .pipe: "'images/2.png' in split 'test' is listed and cannot be read\n"
      case .extra: "'images/4.png' in split 'test' is not signed\n"
      case .swap: "'images/2.png' in split 'test' was labelled 'real', and is labelled 'spoof'\n"
      case .move: "'images/2.png' in split 'test' is in split 'train' now\n"
      case .copy: "'images/2.png' in split 'train' is not signed\n"
      case .dropRow: "'images/2.png' in split 'test' is signed and not there\n"
      }
    }

    func apply(to bench: Workbench) throws {
      let (image, list) = ("set/images/2.png", "set/list.csv")
      let row = "images/2.png,test,real\n"
      var bytes = try bench.bytes(image)
      switch self {
      case .flip:
        bytes[bytes.count / 2] ^= 1
        try bench.write(image, bytes)
      case .truncate: try bench.write(image, Array(bytes.dropLast()))
      case .empty: try bench.write(image, [])
      case .delete: try bench.remove(image)
      case .link:
        try bench.write("set/images/same.png", bytes)
        try bench.remove(image)
        try bench.link(image, to: "same.png")
      case .pipe:
        try bench.remove(image)
        try bench.makePipe(image)
      case .extra: try bench.write(list, try bench.text(list) + "images/4.png,test,real\n")
      case .swap: try bench.replace(row, with: "images/2.png,test,spoof\n", in: list)
      case .move: try bench.replace(row, with: "images/2.png,train,real\n", in: list)
      case .copy: try bench.write(list, try bench.text(list) + "images/2.png,train,real\n")
      case .dropRow: try bench.replace(row, with: "", in: list)
      }
    }
  }

  @Test(arguments: Change.allCases) func `whatever changes in the dataset is named`(change: Change) throws {
    try change.apply(to: bench)
    let outcome = try verify()
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("DOES NOT MATCH: set\n  files: \(change.sentence)"))
    #expect(outcome.errors == "")
    // A change is worse than a signer whom nobody knows.
    #expect(try bench.run("verify", "set/list.csv").status == 1)
  }

  @Test func `without records the dataset itself is held against the roots`() throws {
    try bench.remove("set/.splitseal/records.jsonl")
    let whole = try verify()
    #expect(whole.status == 0)
    #expect(whole.output.contains("  checked      signature, 4 files, report\n"))
    try Change.flip.apply(to: bench)
    #expect(try verify().status == 1)
  }

  @Test func `images that came since can be allowed`() throws {
    try Change.extra.apply(to: bench)
    let outcome = try verify("--public-key", "signer.pub", "--allow-extra")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("  note         'images/4.png' in split 'test' is not signed\n"))
    #expect(outcome.output.contains("  note         manifest 'list.csv' has other bytes than were signed\n"))
  }

  @Test func `a manifest in another order and with other line ends is the same dataset`() throws {
    let lines = try bench.text("set/list.csv").split(separator: "\n").map(String.init)
    let turned = [lines[0]] + lines.dropFirst().reversed()
    try bench.write("set/list.csv", "\u{FEFF}" + turned.joined(separator: "\r\n") + "\r\n")
    let outcome = try verify()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("manifest 'list.csv' has other bytes than were signed; its records are the same"))
  }

  @Test func `records that were tampered with are found out`() throws {
    try bench.replace("images/2.png", with: "images/9.png", in: "set/.splitseal/records.jsonl")
    let outcome = try verify()
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\n  records: "))
  }

  @Test func `a certificate that was tampered with does not verify`() throws {
    let bundle = try #require(
      try JSONSerialization.jsonObject(with: Data(bench.bytes(Self.certificate))) as? [String: Any])
    var envelope = try #require(bundle["dsseEnvelope"] as? [String: Any])
    let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let forged = String(decoding: payload, as: UTF8.self).replacing(#""error":0"#, with: #""error":7"#)
    #expect(Data(forged.utf8) != payload)
    envelope["payload"] = Data(forged.utf8).base64EncodedString()
    let bytes = try JSONSerialization.data(withJSONObject: bundle.merging(["dsseEnvelope": envelope]) { $1 })
    try bench.write(Self.certificate, Array(bytes))
    let outcome = try verify()
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("DOES NOT MATCH\n  signature: "))
  }

  @Test(arguments: ["{", "", "null", "[]", "{\"a\":1,\"a\":2}", "\u{FEFF}{}", "not JSON\n"])
  func `what is no certificate is 4`(content: String) throws {
    try bench.write(Self.certificate, content)
    let outcome = try verify()
    #expect(outcome.status == 4)
    #expect(outcome.output.hasPrefix("MALFORMED\n  certificate: "))
    // Nothing was signed, so nothing was checked.
    #expect(outcome.output.hasSuffix("  checked      nothing\n"))
  }

  @Test func `a certificate that was cut off is 4`() throws {
    try bench.write(Self.certificate, Array(bench.bytes(Self.certificate).dropLast(10)))
    #expect(try verify().status == 4)
  }

  @Test(arguments: [
    (Self.certificate, "set/.splitseal/splitseal.sigstore.json: cannot be read: no such file or folder"),
    ("signer.pub", "signer.pub: cannot be read: no such file or folder"),
  ])
  func `a file that is missing is 2 and named`(name: String, message: String) throws {
    try bench.remove(name)
    let outcome = try verify()
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.complaints.first?.hasSuffix(message) == true)
    #expect(outcome.complaints.last?.hasPrefix("hint: ") == true)
  }

  @Test func `without any key the signature cannot be checked`() throws {
    try bench.remove("set/.splitseal/splitseal.pub")
    let outcome = try bench.run("verify", "set/list.csv")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("there is no public key to check the signature with; give one with --public-key"))
    #expect(outcome.output.hasSuffix("  checked      nothing\n"))
    // The one that the reviewer has is enough.
    #expect(try verify().status == 0)
  }

  @Test(arguments: [Self.certificate, "set/.splitseal/splitseal.pub", "set/.splitseal/records.jsonl"])
  func `a pipe in place of a file does not hang`(name: String) throws {
    try bench.remove(name)
    try bench.makePipe(name)
    let outcome = try bench.run("verify", "set/list.csv")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first?.hasSuffix(": not a regular file") == true)
  }
}
