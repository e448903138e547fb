@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

/// Lists of revoked keys, and the user's own list of signers.
@Suite struct TrustFilesTests {
  private let folder = Tool.Folder()
  private let key = try? VerificationKey(parsing: Array(OpenSSHKeyTests.line.utf8))

  @Test(arguments: [
    MinimalVector.ed25519Fingerprint, "  \(MinimalVector.ed25519Fingerprint)\t# stolen\r", OpenSSHKeyTests.line,
    "# list\n\nssh-rsa AAAA\n\(OpenSSHKeyTests.line) ann@home\n",
  ])
  func `a fingerprint and a key are revoked`(text: String) throws {
    let revoked = try RevokedKeys(parsing: Array(text.utf8), file: "f")
    let key = try #require(key)
    #expect(revoked.place(of: key.fingerprint)?.hasPrefix("'f', line ") == true)
    #expect(revoked.place(of: SigningKey().verificationKey.fingerprint) == nil)
  }

  @Test(arguments: [
    "SHA256:", "ann@example.org", "\(MinimalVector.ed25519Fingerprint) stolen", "ssh-ed25519 AAAA", "\u{FF}",
    "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
  ])
  func `a line that is not understood is refused, as it could be the one that matters`(line: String) {
    let error = #expect(throws: CertificateError.self) {
      try RevokedKeys(parsing: Array("\n\(line)\n".utf8), file: "f")
    }
    #expect(error?.code == .badTrustFile)
    #expect(error?.line == 2)
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen"), "needs ssh-keygen"))
  func `OpenSSH's binary list is refused with what to do`() throws {
    try #require(try folder.run("ssh-keygen -q -t ed25519 -N '' -f k; ssh-keygen -q -k -f krl k.pub").status == 0)
    let error = #expect(throws: CertificateError.self) { try RevokedKeys.load(from: folder.path("krl")) }
    #expect(error?.message.contains("OpenSSH's binary form") == true)
  }

  @Test func `adding keeps what is there, and removing leaves the rest byte by byte`() throws {
    let key = try #require(key)
    let store = TrustStore(path: folder.path("a/b/signers"))
    #expect(try store.signers().entries.isEmpty)
    try store.add(.init(key: key, identity: "ann@example.org"))
    let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let ann = try folder.text("a/b/signers")
    // The comment has no line feed at its end.
    try folder.write("a/b/signers", "\(ann)# friends")
    let other = SigningKey().verificationKey
    try store.add(.init(key: other, identity: "bob@example.org", validBefore: 1_735_689_600))
    let bob = "bob@example.org namespaces=\"splitseal\",valid-before=\"20250101000000Z\" \(other.openSSHLine)\n"
    #expect(try folder.text("a/b/signers") == "\(ann)# friends\n\(bob)")
    #expect(try store.remove("ann@example.org").map(\.line) == [1])
    #expect(try folder.text("a/b/signers") == "# friends\n\(bob)")
    #expect(try store.remove("\(other.fingerprint)").count == 1)
    #expect(try folder.text("a/b/signers") == "# friends\n")
    let gone = #expect(throws: CertificateError.self) { try store.remove("bob@example.org") }
    #expect(gone?.code == .notFound)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("a/b")) == ["signers"])
  }

  @Test func `of two writers at once neither loses a signer`() throws {
    let key = try #require(key)
    let store = TrustStore(path: folder.path("a/signers"))
    let writers = DispatchGroup()
    for writer in 0..<2 {
      DispatchQueue.global().async(group: writers) {
        for number in 0..<50 {
          do {
            try store.add(.init(key: key, identity: "w\(writer)-\(number)"))
            // Every other name is removed again: removing changes the file too.
            if number % 2 == 1 { #expect(try store.remove("w\(writer)-\(number)").count == 1) }
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    writers.wait()
    let expected = (0..<2).flatMap { writer in (0..<25).map { "w\(writer)-\(2 * $0)" } }
    #expect(try store.signers().entries.map(\.identities).sorted() == expected.sorted())
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("a")) == ["signers"])
  }

  @Test func `a list that is a link stays one, and the file that it leads to changes`() throws {
    let key = try #require(key)
    try folder.write("real", "")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("real"))
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "real")
    try TrustStore(path: folder.path("link")).add(.init(key: key, identity: "ann"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "real")
    #expect(try TrustStore(path: folder.path("real")).signers().entries.map(\.identities) == ["ann"])
    #expect(try TrustStore(path: folder.path("link")).remove("ann").count == 1)
    #expect(try folder.text("real") == "")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link")) == "real")
  }

  @Test func `a key is listed once for a name, and for another name again`() throws {
    let key = try #require(key)
    let store = TrustStore(path: folder.path("signers"))
    try store.add(.init(key: key, identity: "ann"))
    let twice = #expect(throws: CertificateError.self) { try store.add(.init(key: key, identity: "ann")) }
    #expect(twice?.code == .alreadyExists)
    try store.add(.init(key: key, identity: "ann@example.org"))
    #expect(try store.signers().entries.count == 2)
  }

  @Test(arguments: [
    "", " ", "ann b", "*", "ann,bob", "!ann", "a?n", "\"ann\"", "#ann", "ann\nbob", "ann\u{1B}", "ann\t", "ann*\u{301}",
    "\"\u{301}ann",
  ])
  func `a name that is a pattern or more than a word does not get in`(name: String) throws {
    let store = TrustStore(path: folder.path("signers"))
    #expect(throws: CertificateError.self) { try store.add(.init(key: #require(key), identity: name)) }
    #expect(!FileManager.default.fileExists(atPath: store.path))
  }

  @Test func `a list that others may write to is not believed`() throws {
    try folder.write("signers", "")
    try FileManager.default.setAttributes([.posixPermissions: 0o620], ofItemAtPath: folder.path("signers"))
    let error = #expect(throws: CertificateError.self) { try TrustStore(path: folder.path("signers")).signers() }
    #expect(error?.message == "others may write to this file: anybody could have added a key")
  }

  // XDG Base Directory Specification: relative paths are invalid and ignored.
  @Test(arguments: [
    (["SPLITSEAL_TRUST": "/t", "XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/t"),
    (["SPLITSEAL_TRUST": "", "XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/splitseal/allowed_signers"),
    (["XDG_CONFIG_HOME": "x", "HOME": "/h"], "/h/.config/splitseal/allowed_signers"), ([:], nil), (["HOME": "h"], nil),
  ])
  func `the user's list has its place`(environment: [String: String], path: String?) {
    #expect(TrustStore.standard(environment: environment)?.path == path)
  }
}
