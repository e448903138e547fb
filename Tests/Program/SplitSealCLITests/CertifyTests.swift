import Foundation
import Testing

/// `splitseal keygen` and `splitseal certify`.
@Suite struct CertifyTests {
  static let files = [
    ".gitattributes", "records.jsonl", "splitseal.pub", "splitseal.report.json", "splitseal.sigstore.json",
  ]
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The signed payload of a certificate.
  private func payload(_ name: String) throws -> Data {
    let bundle = try JSONSerialization.jsonObject(with: Data(bench.bytes(name))) as? [String: Any]
    let envelope = try #require(bundle?["dsseEnvelope"] as? [String: Any])
    return try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: bench.path(name))[.posixPermissions] as? Int
  }

  @Test func `keygen writes a key for its owner's eyes and a public one`() throws {
    let made = try bench.run("keygen", "--output", "author")
    #expect(made.status == 0)
    #expect(made.errors == "")
    #expect(try bench.names() == ["author.key", "author.pub"])
    #expect(try mode("author.key") == 0o600)
    #expect(try bench.text("author.key").hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try bench.text("author.pub").hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
    #expect(made.output.contains(/\nfingerprint  SHA256:[A-Za-z0-9+\/]{43}\n/))
    #expect(made.output.contains("\nsigner line  author namespaces=\"splitseal\" ecdsa-sha2-nistp256 "))
  }

  @Test func `keygen hides the key from others whatever the umask`() throws {
    #expect(try bench.shell("umask 0; \"$SPLITSEAL\" keygen -o author").status == 0)
    #expect(try mode("author.key") == 0o600)
  }

  @Test(.enabled(if: Workbench.has("ssh-keygen"), "needs ssh-keygen"))
  func `ssh-keygen prints the same fingerprint`() throws {
    let fingerprint = try bench.makeKey("author")
    let listed = try bench.shell("ssh-keygen -i -m PKCS8 -f author.pub > author.ssh && ssh-keygen -lf author.ssh")
    #expect(listed.output.split(separator: " ").contains { $0 == fingerprint })
  }

  @Test(arguments: ["author.key", "author.pub"])
  func `keygen never overwrites`(existing: String) throws {
    try bench.write(existing, "mine")
    let outcome = try bench.run("keygen", "-o", "author")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.complaints == [
        "error: \(existing): cannot be created: it is there already",
        "hint: take another name: a key is never overwritten",
      ])
    #expect(try bench.names() == [existing])
    #expect(try bench.text(existing) == "mine")
  }

  @Test(arguments: [("alignment", "affine-alignment"), ("pdq", "pdq")])
  func `the certificate names the detectors that ran`(_ method: String, _ detector: String) throws {
    try bench.makeCleanDataset()
    _ = try bench.makeKey("author")
    _ = try bench.run("certify", "clean.csv", "--key", "author.key", "-o", "out", "--method", method)
    let statement = try JSONSerialization.jsonObject(with: payload("out/splitseal.sigstore.json")) as? [String: Any]
    let predicate = try #require(statement?["predicate"] as? [String: Any])
    let parameters = try #require(predicate["parameters"] as? [String: Any])
    let detectors = try #require(parameters["detectors"] as? [[String: Any]])
    #expect(detectors.map { $0["id"] as? String } == ["exact-bytes", "exact-pixels", detector])
    #expect(detectors.last?["threshold"] as? String == "0.50")
    let setUp = try #require(detectors.last?["parameters"] as? [String: String])
    #expect(setUp["orientations"] == "8")
    #expect(setUp["descriptor"] == (method == "alignment" ? "gradient-64x15/1" : nil))
  }

  @Test func `the certificate names the image libraries and their versions`() throws {
    try bench.makeCleanDataset()
    _ = try bench.makeKey("author")
    #expect(try bench.run("certify", "clean.csv", "--key", "author.key", "-o", "out").status == 0)
    let statement = try JSONSerialization.jsonObject(with: payload("out/splitseal.sigstore.json")) as? [String: Any]
    let predicate = try #require(statement?["predicate"] as? [String: Any])
    let decoder = try #require((predicate["environment"] as? [String: String])?["imageDecoder"])
    #expect(decoder.contains(/^splitseal\/1 with libjpeg.* [0-9].*, libpng 1\.[0-9.]+/))
  }

  @Test func `certify writes four files beside the data and says how to verify`() throws {
    try bench.makeCleanDataset()
    let fingerprint = try bench.makeKey()
    let outcome = try bench.run("certify", "clean.csv", "--key", "signer.key", "--name", "four hills")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(try bench.names(in: ".splitseal") == Self.files)
    #expect(outcome.output.hasPrefix("PASS"))
    let command = "splitseal verify clean.csv --fingerprint \(fingerprint)"
    #expect(outcome.output.hasSuffix("to verify    \(command)\n"))
    let verified = try bench.run(command.split(separator: " ").dropFirst().map(String.init))
    #expect(verified.status == 0)
    #expect(verified.output.hasPrefix("VERIFIED: four hills\n"))
  }

  @Test func `the command to verify names everything that reading the dataset takes`() throws {
    try bench.draw(0..<2)
    try bench.write("lists/a.csv", "picture,part\nimages/0.png,train\nimages/1.png,test\n")
    try bench.makeKey()
    try bench.makeFolder("proof")
    let outcome = try bench.run(
      "certify", "lists/a.csv", "--root", ".", "--path-column", "picture", "--split-column", "part", "--key",
      "signer.key", "-o", "proof")
    #expect(outcome.status == 0)
    let line = try #require(outcome.output.split(separator: "\n").last?.firstRange(of: "splitseal verify "))
    let arguments = outcome.output[line.lowerBound...].split(whereSeparator: \.isWhitespace).dropFirst()
    let verified = try bench.run(arguments.map(String.init))
    #expect(verified.status == 0)
    #expect(try bench.names(in: "proof") == Self.files)
  }

  @Test func `a certificate is written whatever the verdict, and the status is that of the audit`() throws {
    try bench.makeLeakingDataset()
    try bench.makeKey()
    let failed = try bench.run("certify", "leak.csv", "--key", "signer.key", "--quiet")
    #expect(failed.status == 1)
    #expect(failed.output == "")
    let leaking = try bench.run("verify", "leak.csv", "--public-key", "signer.pub")
    #expect(leaking.status == 0)
    #expect(leaking.output.contains("says         fail; 5 of 5 images checked, 5 compared, 1 error, 0 warnings"))
    try bench.write("images/3.png", "not a picture")
    let unclear = try bench.run("certify", "clean.csv", "--key", "signer.key", "--quiet")
    #expect(unclear.status == 3)
    let verified = try bench.run("verify", "clean.csv", "--public-key", "signer.pub")
    #expect(verified.status == 0)
    #expect(verified.output.contains("says         inconclusive; 3 of 4 images checked"))
  }

  @Test(arguments: [("missing", "no such file"), ("link", "it is a link, or stands behind one")])
  func `a file without bytes to sign is refused and nothing is written`(kind: String, reason: String) throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    try bench.remove("images/2.png")
    if kind == "link" { try bench.link("images/2.png", to: "1.png") }
    let outcome = try bench.run("certify", "clean.csv", "--key", "signer.key")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.complaints == [
        "error: 'images/2.png' is listed and has no bytes to sign: \(reason)",
        "hint: restore the file, or take it out of the manifest",
      ])
    #expect(try !bench.names().contains(".splitseal"))
  }

  @Test func `a row that stands twice is refused`() throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    try bench.write("twice.csv", try bench.text("clean.csv") + "images/2.png,test\n")
    let outcome = try bench.run("certify", "twice.csv", "--key", "signer.key")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints.first
        == "error: 1 record cannot be committed to: 'images/2.png' stands twice in split 'test'")
    #expect(try !bench.names().contains(".splitseal"))
  }

  @Test(arguments: [
    ("nowhere.key", "nowhere.key: cannot be read: no such file or folder", "make one with"),
    ("signer.pub", "signer.pub: there is not exactly one private key in PEM", "make one with"),
    ("images/0.png", "images/0.png: there is not exactly one private key in PEM", "make one with"),
    ("images", "images: not a regular file", nil),
  ])
  func `a key that is none is refused before the audit`(key: String, message: String, hint: String?) throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    let outcome = try bench.run("certify", "clean.csv", "--key", key)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.complaints.first == "error: \(message)")
    if let hint { #expect(outcome.complaints.last == "hint: \(hint): splitseal keygen -o NAME") }
    #expect(try !bench.names().contains(".splitseal"))
  }

  @Test func `a key that others may read is worth a warning`() throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: bench.path("signer.key"))
    let outcome = try bench.run("certify", "clean.csv", "--key", "signer.key", "--quiet")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "splitseal: warning: signer.key can be read by other users: run chmod 600 on it\n")
  }

  @Test func `the same time gives the same payload, records and report`() throws {
    try bench.makeLeakingDataset()
    try bench.makeKey()
    for (folder, jobs) in [("one", "1"), ("two", "8")] {
      let outcome = try bench.run(
        "certify", "leak.csv", "--key", "signer.key", "-o", folder, "--jobs", jobs, "--quiet",
        environment: ["SOURCE_DATE_EPOCH": "1764000000"])
      #expect(outcome.status == 1)
    }
    let one = try payload("one/splitseal.sigstore.json")
    #expect(try payload("two/splitseal.sigstore.json") == one)
    // date -u -d @1764000000
    #expect(String(decoding: one, as: UTF8.self).contains(#""createdAt":"2025-11-24T16:00:00Z""#))
    #expect(try bench.bytes("one/records.jsonl") == bench.bytes("two/records.jsonl"))
    let later = try bench.run(
      "certify", "leak.csv", "--key", "signer.key", "-o", "two", "--quiet",
      environment: ["SOURCE_DATE_EPOCH": "1764000001"])
    #expect(later.status == 1)
    #expect(try payload("two/splitseal.sigstore.json") != one)
  }

  @Test(arguments: ["yesterday", "-1", "1.5", "99999999999999999999"])
  func `a time that is none is refused`(time: String) throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    let outcome = try bench.run(
      "certify", "clean.csv", "--key", "signer.key", environment: ["SOURCE_DATE_EPOCH": time])
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: SOURCE_DATE_EPOCH is '\(time)', which is not a valid time")
  }

  @Test func `a folder that cannot be written to is named`() throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    let outcome = try bench.run("certify", "clean.csv", "--key", "signer.key", "-o", "no/where")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints == [
        "error: no/where: cannot be created: no such file or folder", "hint: name a folder that is there",
      ])
  }
}
