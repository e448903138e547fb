import SplitSealBase
@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

@Suite struct KeyTests {
  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "splitseal-keys-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test func `a key's public half, fingerprint and text are those of the RFC's key`() throws {
    let key = try #require(Fixture.key)
    #expect(key.verificationKey.pem == MinimalVector.p256PEM)
    #expect(key.verificationKey.fingerprint.description == MinimalVector.p256Fingerprint)
    #expect(key.verificationKey.algorithm == .ecdsaP256SHA256)
    let ed25519 = try VerificationKey(pem: Array(MinimalVector.ed25519PEM.utf8))
    #expect(ed25519.pem == MinimalVector.ed25519PEM)
    #expect(ed25519.algorithm == .ed25519)
  }

  @Test func `an allowed-signers line names the identity, the namespace and the key`() throws {
    let line = try #require(Fixture.key).verificationKey.allowedSignersLine(identity: "ann@example.org")
    let expected =
      #"ann@example.org namespaces="splitseal" ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBB"#
    #expect(line.hasPrefix(expected))
  }

  @Test func `a key that was written is read again and signs what the other half verifies`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let key = SigningKey()
    try key.write(to: folder + "/k")
    let loaded = try SigningKey.load(from: folder + "/k.key")
    #expect(!loaded.isReadableByOthers)
    #expect(loaded.key.verificationKey == key.verificationKey)
    let verificationKey = try VerificationKey.load(from: folder + "/k.pub")
    let signature = try loaded.key.signature(for: [1, 2, 3])
    #expect(verificationKey.isValidSignature(signature, for: [1, 2, 3]))
    #expect(!verificationKey.isValidSignature(signature, for: [1, 2, 4]))
    #expect(!SigningKey().verificationKey.isValidSignature(signature, for: [1, 2, 3]))
  }

  @Test func `only its owner may read a private key, and the text ends with a line feed`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try SigningKey().write(to: folder + "/k")
    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: folder + name)[.posixPermissions] as? Int
    }
    #expect(try mode("/k.key") == 0o600)
    #expect(try (mode("/k.pub") ?? 0) & 0o400 == 0o400)
    #expect(try String(contentsOfFile: folder + "/k.pub", encoding: .utf8).hasSuffix("-----END PUBLIC KEY-----\n"))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder + "/k.key")
    #expect(try SigningKey.load(from: folder + "/k.key").isReadableByOthers)
  }

  @Test(arguments: ["/k.key", "/k.pub"])
  func `a file that is there is never overwritten`(existing: String) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "mine".write(toFile: folder + existing, atomically: false, encoding: .utf8)
    let error = #expect(throws: CertificateError.self) { try SigningKey().write(to: folder + "/k") }
    #expect(error?.code == .alreadyExists)
    #expect(error?.file == folder + existing)
    #expect(try String(contentsOfFile: folder + existing, encoding: .utf8) == "mine")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [String(existing.dropFirst())])
  }

  @Test func `a link in the place of a key is not followed`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createSymbolicLink(atPath: folder + "/k.key", withDestinationPath: folder + "/elsewhere")
    #expect(throws: CertificateError.self) { try SigningKey().write(to: folder + "/k") }
    #expect(!FileManager.default.fileExists(atPath: folder + "/elsewhere"))
  }

  @Test(arguments: [
    ("PRIVATE KEY", "the private key is damaged"), ("EC PRIVATE KEY", "the private key is damaged"),
    ("OPENSSH PRIVATE KEY", "the private key is damaged"), ("ENCRYPTED PRIVATE KEY", "the encrypted key is damaged"),
    ("RSA PRIVATE KEY", "a 'RSA PRIVATE KEY' is not a key that signs certificates"),
  ])
  func `a private key that is damaged or of another kind is refused`(label: String, message: String) {
    let pem = PEM(label: label, bytes: [1, 2, 3]).text
    let error = #expect(throws: CertificateError.self) { try SigningKey(pem: Array(pem.utf8)) }
    #expect(error?.code == .badKey)
    #expect(error?.message == message)
  }

  @Test func `a public key is no private key, nor the other way round`() {
    #expect(throws: CertificateError.self) { try SigningKey(pem: Array(MinimalVector.p256PEM.utf8)) }
    #expect(throws: CertificateError.self) { try VerificationKey(pem: Array(Fixture.keyPEM.utf8)) }
  }

  @Test func `a public key with any bit changed is refused or is another key`() throws {
    let bytes = try #require(PEM.blocks(of: Array(MinimalVector.p256PEM.utf8)).first?.bytes)
    let key = try VerificationKey(pem: Array(MinimalVector.p256PEM.utf8))
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      let text = PEM(label: "PUBLIC KEY", bytes: changed).text
      if let other = try? VerificationKey(pem: Array(text.utf8)) { #expect(other != key) }
    }
  }

  /// What swift-crypto would read as the RFC's key: another algorithm, or the point in another form.
  @Test func `one public key has one form`() throws {
    let der = try #require(PEM.blocks(of: Array(MinimalVector.p256PEM.utf8)).first?.bytes)
    let key = try VerificationKey(pem: Array(MinimalVector.p256PEM.utf8))
    #expect(Array(key.openSSHWireFormat.suffix(65)) == Array(der.suffix(65)))
    let x = Array(der[27..<59])
    let sign: UInt8 = try #require(der.last) % 2 == 0 ? 2 : 3
    let compressed =
      [0x30, 0x39] + der[2..<23] + [0x03, 0x22, 0x00, sign] + x
    // The last byte of the curve's name: 1.2.840.10045.3.1.6 is no curve of ours.
    var otherCurve = der
    otherCurve[22] = 6
    var hybrid = der
    hybrid[26] = sign + 4
    for form in [compressed, otherCurve, hybrid, der + [0]] {
      let error = #expect(throws: CertificateError.self) {
        try VerificationKey(pem: Array(PEM(label: "PUBLIC KEY", bytes: form).text.utf8))
      }
      #expect(error?.code == .badKey)
    }
    let ed25519 = try #require(PEM.blocks(of: Array(MinimalVector.ed25519PEM.utf8)).first?.bytes)
    // An absent parameter written as NULL, as for RSA.
    let withNull = [0x30, 0x2C, 0x30, 0x07] + ed25519[4..<9] + [0x05, 0x00] + ed25519[9...]
    let error = #expect(throws: CertificateError.self) {
      try VerificationKey(pem: Array(PEM(label: "PUBLIC KEY", bytes: Array(withNull)).text.utf8))
    }
    #expect(error?.message == "the public key is damaged, or not in its standard form")
  }

  @Test func `a key of any line length is read, as OpenSSH writes 70 columns`() throws {
    let body = MinimalVector.p256PEM.split(separator: "\n").dropFirst().dropLast().joined()
    for columns in [1, 40, 70, 200] {
      var (lines, rest) = ([String](), body[...])
      while !rest.isEmpty {
        lines.append(String(rest.prefix(columns)))
        rest = rest.dropFirst(columns)
      }
      let text = (["-----BEGIN PUBLIC KEY-----"] + lines + ["-----END PUBLIC KEY-----", ""]).joined(separator: "\n")
      #expect(try VerificationKey(pem: Array(text.utf8)).pem == MinimalVector.p256PEM)
    }
  }

  @Test(arguments: [
    "", "SHA256:", "MD5:hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlo", "hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlo",
    "SHA256:hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlo=", "SHA256:hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFl",
    "SHA256:hfuNWmjIYvsBGZ6dpCLTTAEa5LxbZABRHHVoynAxFlp",
  ])
  func `what is no fingerprint is not taken for one`(text: String) {
    #expect(KeyFingerprint(text) == nil)
  }

  @Test func `a fingerprint that was typed is the key's`() throws {
    #expect(KeyFingerprint(MinimalVector.p256Fingerprint) == (try #require(Fixture.key)).verificationKey.fingerprint)
  }

  @Test func `a key file that is missing, a folder, or too large is named`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(throws: CertificateError.self) { try SigningKey.load(from: folder) }
    let missing = #expect(throws: CertificateError.self) { try SigningKey.load(from: folder + "/none") }
    #expect(missing?.code == .notFound)
    #expect(missing?.file == folder + "/none")
    try Data(count: 65_537).write(to: URL(fileURLWithPath: folder + "/large"))
    let large = #expect(throws: CertificateError.self) { try SigningKey.load(from: folder + "/large") }
    #expect(large?.code == .tooLarge)
  }
}
