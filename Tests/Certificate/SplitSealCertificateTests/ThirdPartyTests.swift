@testable import SplitSealKeys
import Foundation
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate

/// Programs of other people that read what is written here, and write what is read here.
enum Tool {
  /// Whether every one of the programs can be run.
  static func exist(_ names: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.allSatisfy { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }

  /// Runs a shell script, and gives its exit status and what it wrote.
  static func run(_ script: String, in folder: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// A folder with the certificate of the fixture and its images; the caller removes it.
  static func certifiedFolder() throws -> String {
    let path = NSTemporaryDirectory() + "splitseal-tools-" + UUID().uuidString
    for row in Fixture.rows {
      let file = URL(fileURLWithPath: "\(path)/\(row.path)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((row.content ?? "").utf8).write(to: file)
    }
    try CertificateFiles(root: path).write(Fixture().signed(), report: nil)
    return path
  }

  /// The steps of docs/certificate.md that take a certificate apart.
  static let takeApart = """
    cd .splitseal
    jq -rj .dsseEnvelope.payload splitseal.sigstore.json | base64 -d > payload.json
    { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' $(wc -c < payload.json); cat payload.json; } > signed
    jq -rj '.dsseEnvelope.signatures[0].sig' splitseal.sigstore.json | base64 -d > signature

    """
}

@Suite struct ThirdPartyTests {
  @Test(.enabled(if: Tool.exist("openssl", "jq", "sha256sum", "base64"), "needs openssl, jq and coreutils"))
  func `openssl, jq and sha256sum verify a certificate and its files`() throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let signature = try Tool.run(
      Tool.takeApart + "openssl dgst -sha256 -verify splitseal.pub -signature signature signed", in: folder)
    #expect(signature.output == "Verified OK\n")
    #expect(signature.status == 0)
    let records = try Tool.run(
      #"cd .splitseal; jq -r '.subject[0].digest.sha256+"  "+.subject[0].name' payload.json | sha256sum -c"#, in: folder
    )
    #expect(records.output == "records.jsonl: OK\n")
    let check = #"jq -r '.sha256+"  "+.path' .splitseal/records.jsonl | sha256sum -c --strict --quiet"#
    #expect(try Tool.run(check, in: folder).status == 0)

    try Data("another picture".utf8).write(to: URL(fileURLWithPath: folder + "/dog/one.png"))
    #expect(try Tool.run(check, in: folder).output.contains("dog/one.png: FAILED"))
    let forged = "printf x >> signed; openssl dgst -sha256 -verify splitseal.pub -signature signature signed"
    #expect(try Tool.run(Tool.takeApart + forged, in: folder).status != 0)
  }

  @Test(
    .enabled(if: Tool.exist("openssl"), "needs openssl"),
    arguments: [
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k",
      "openssl ecparam -name prime256v1 -genkey -out k",
      "openssl ecparam -name prime256v1 -genkey -noout -out k",
    ])
  func `a key that openssl made signs what openssl verifies`(script: String) throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try #require(try Tool.run(script + "; openssl pkey -in k -pubout -out p", in: folder).status == 0)
    let key = try SigningKey.load(from: folder + "/k").key
    #expect(try String(contentsOfFile: folder + "/p", encoding: .utf8) == key.verificationKey.pem)
    try Data(key.signature(for: Array("text".utf8))).write(to: URL(fileURLWithPath: folder + "/s"))
    let verified = try Tool.run("printf text | openssl dgst -sha256 -verify p -signature s", in: folder)
    #expect(verified.output == "Verified OK\n")
  }

  @Test(
    .enabled(if: Tool.exist("openssl"), "needs openssl"),
    arguments: [
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out k",
      "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k",
      "openssl genpkey -algorithm X25519 -out k",
      "openssl ecparam -name prime256v1 -genkey -noout | openssl ec -aes256 -passout pass:x -out k",
    ])
  func `a key of another kind, or encrypted in the old way, is refused`(script: String) throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try #require(try Tool.run(script, in: folder).status == 0)
    let error = #expect(throws: CertificateError.self) { try SigningKey.load(from: folder + "/k") }
    #expect(error?.code == .badKey)
    #expect(error?.file == folder + "/k")
  }

  @Test(.enabled(if: Tool.exist("openssl"), "needs openssl"))
  func `openssl reads a key that was written here`() throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try SigningKey().write(to: folder + "/k")
    let same = try Tool.run(
      "openssl pkey -in k.key -pubout | cmp - k.pub; openssl pkey -in k.key -check -noout", in: folder)
    #expect(same.status == 0)
    #expect(same.output == "Key is valid\n")
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"))
  func `ssh-keygen shows the same fingerprint and verifies with the allowed-signers line`() throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let key = SigningKey()
    try key.write(to: folder + "/k")
    let shown = try Tool.run("ssh-keygen -i -m PKCS8 -f k.pub > k.ssh; ssh-keygen -lf k.ssh", in: folder)
    #expect(shown.output.contains(" \(key.verificationKey.fingerprint) "))
    let line = key.verificationKey.allowedSignersLine(identity: "ann@example.org") + "\n"
    try Data(line.utf8).write(to: URL(fileURLWithPath: folder + "/signers"))
    let signed = try Tool.run(
      """
      cp k.key s; cp k.ssh s.pub; printf text > t; ssh-keygen -q -Y sign -f s -n splitseal t
      ssh-keygen -Y verify -f signers -I ann@example.org -n splitseal -s t.sig < t
      """, in: folder)
    #expect(signed.status == 0, "\(signed.output)")
  }

  @Test(.enabled(if: Tool.exist("python3", "jq"), "needs python3 and jq"))
  func `Python's own JSON and SHA-256 give the same lines and roots`() throws {
    let folder = try Tool.certifiedFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let script = #"""
      import hashlib, json
      sha256 = lambda b: hashlib.sha256(b).digest()
      canonical = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
      def root(leaves):
          if len(leaves) < 2: return sha256(b"\0" + leaves[0]) if leaves else sha256(b"")
          half = 1
          while half * 2 < len(leaves): half *= 2
          return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:]))
      payload = open("payload.json", "rb").read()
      assert canonical(json.loads(payload)) == payload
      lines = open("records.jsonl", "rb").read().split(b"\n")
      assert lines.pop() == b""
      records = [json.loads(line) for line in lines]
      assert [canonical(r) for r in records] == lines
      place = lambda r: (r["split"].encode(), r["path"].encode())
      assert sorted(records, key=place) == records
      for split in json.loads(payload)["predicate"]["splits"]:
          mine = [(l, r) for l, r in zip(lines, records) if r["split"] == split["name"]]
          assert root([l for l, r in mine]).hex() == split["recordRoot"]
          assert root(sorted(bytes.fromhex(r["sha256"]) for l, r in mine)).hex() == split["contentRoot"]
          print(split["name"], len(mine))
      """#
    try Data(script.utf8).write(to: URL(fileURLWithPath: folder + "/.splitseal/check.py"))
    let checked = try Tool.run(Tool.takeApart + "python3 check.py", in: folder)
    #expect(checked.output == "test 2\ntrain 3\nval 1\n")
    #expect(checked.status == 0)
  }
}
