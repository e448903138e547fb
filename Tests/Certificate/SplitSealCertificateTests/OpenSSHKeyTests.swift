@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

/// Keys in OpenSSH's own formats.
@Suite struct OpenSSHKeyTests {
  private let folder = Tool.Folder()

  @Test(
    .enabled(if: Tool.exist("ssh-keygen", "openssl"), "needs ssh-keygen and openssl"),
    arguments: ["ed25519", "ecdsa -b 256"])
  func `a key of ssh-keygen's is read, has its fingerprint and signs`(type: String) throws {
    try #require(try folder.run("ssh-keygen -q -t \(type) -N '' -C 'ann at home' -f k").status == 0)
    #expect(try folder.text("k").hasPrefix("-----BEGIN OPENSSH PRIVATE KEY-----"))
    let key = try SigningKey.load(from: folder.path("k")).key
    let published = try VerificationKey.load(from: folder.path("k.pub"))
    #expect(published == key.verificationKey)
    #expect(try folder.run("ssh-keygen -lf k.pub").output.contains(" \(published.fingerprint) "))
    #expect(try folder.text("k.pub") == "\(published.openSSHLine) ann at home\n")
    let signature = try key.signature(for: Array("text".utf8))
    #expect(published.isValidSignature(signature, for: Array("text".utf8)))
    try folder.write("p", published.pem)
    try folder.write("s", signature)
    try folder.write("t", "text")
    let check =
      type == "ed25519"
      ? "openssl pkeyutl -verify -pubin -inkey p -rawin -in t -sigfile s"
      : "openssl dgst -sha256 -verify p -signature s t"
    #expect(try folder.run(check).status == 0)
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"), arguments: ["ed25519", "ecdsa -b 256"])
  func `an encrypted key of ssh-keygen's is refused with what to do, which helps`(type: String) throws {
    try #require(try folder.run("ssh-keygen -q -t \(type) -N secret -f k").status == 0)
    let error = #expect(throws: CertificateError.self) {
      try SigningKey.load(from: folder.path("k"), passphrase: Array("secret".utf8))
    }
    #expect(error?.code == .badKey)
    #expect(error?.message == "the key is encrypted in OpenSSH's own way")
    #expect(error?.hint == "decrypt a copy with: ssh-keygen -p -N '' -f COPY")
    try #require(try folder.run("cp k c; chmod 600 c; ssh-keygen -q -p -P secret -N '' -f c").status == 0)
    #expect(
      try SigningKey.load(from: folder.path("c")).key.verificationKey
        == VerificationKey.load(from: folder.path("k.pub")))
  }

  @Test(
    .enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"),
    arguments: [
      ("rsa -b 2048", "an RSA key"), ("ecdsa -b 384", "an ECDSA P-384 key"), ("ecdsa -b 521", "an ECDSA P-521 key"),
    ])
  func `other kinds are refused by name`(type: String, name: String) throws {
    try #require(try folder.run("ssh-keygen -q -t \(type) -N '' -f k").status == 0)
    let secret = #expect(throws: CertificateError.self) { try SigningKey.load(from: folder.path("k")) }
    #expect(secret?.message == "\(name) signs no certificates")
    let shown = #expect(throws: CertificateError.self) { try VerificationKey.load(from: folder.path("k.pub")) }
    #expect(shown?.message == "\(name) signs no certificates")
    #expect(shown?.line == 1)
  }

  /// RFC 8032, section 7.1, test 1, in OpenSSH's wire format; its fingerprint is that of the minimal vector.
  static let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"

  @Test(arguments: ["", " me@home", "\r", "\n\n# a comment\n"])
  func `a line is read whatever stands behind it`(end: String) throws {
    let key = try VerificationKey(parsing: Array((Self.line + end).utf8))
    #expect(key.fingerprint.description == MinimalVector.ed25519Fingerprint)
    #expect(key.pem == MinimalVector.ed25519PEM)
  }

  @Test(arguments: [
    ("", "there is not exactly one 'PUBLIC KEY' block"),
    (line + "\n" + line, "there is not exactly one 'PUBLIC KEY' block"),
    ("ssh-ed25519", "not a public key"), ("ssh-ed25519 AAAA", "not a public key of OpenSSH: 'ssh-ed25519'"),
    (line + "AAAA", "not a public key of OpenSSH: 'ssh-ed25519'"),
    (line.replacing("ssh-ed25519", with: "ecdsa-sha2-nistp256"), "not a public key of OpenSSH: 'ecdsa-sha2-nistp256'"),
    ("sk-ssh-ed25519@openssh.com AAAA", "a key of a security token signs no certificates"),
    ("ssh-ed25519-cert-v01@openssh.com AAAA", "an OpenSSH certificate signs no certificates"),
    ("\u{1B}[2J AAAA", "not a public key of OpenSSH: '\\u{1b}[2J'"),
  ])
  func `what is no line with one key is refused`(text: String, message: String) {
    let error = #expect(throws: CertificateError.self) { try VerificationKey(parsing: Array(text.utf8)) }
    #expect(error?.code == .badKey)
    #expect(error?.message == message)
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"), arguments: ["ed25519", "ecdsa -b 256"])
  func `a private key that is cut short or changed is refused or is the same key`(type: String) throws {
    try #require(try folder.run("ssh-keygen -q -t \(type) -N '' -C c -f k").status == 0)
    let bytes = try #require(PEM.blocks(of: folder.bytes("k")).first?.bytes)
    let key = try SigningKey(openSSH: bytes, file: nil).verificationKey
    for count in 0..<bytes.count {
      #expect(throws: CertificateError.self) { try SigningKey(openSSH: Array(bytes.prefix(count)), file: nil) }
    }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x11
      if let other = try? SigningKey(openSSH: changed, file: nil) { #expect(other.verificationKey == key) }
    }
  }
}
