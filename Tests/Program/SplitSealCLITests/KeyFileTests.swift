import Foundation
import Testing

/// `keygen` and `certify` with keys of all kinds.
@Suite struct KeyFileTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCleanDataset()
    try bench.write("secret", "pass phrase\n")
  }

  private func certify(_ key: String, _ flags: String...) throws -> Outcome {
    try bench.run(["certify", "clean.csv", "--key", key, "--quiet", "--no-probe"] + flags)
  }

  @Test(arguments: [[], ["--ed25519"]]) func `an encrypted key certifies with its passphrase`(kind: [String]) throws {
    let made = try bench.run(["keygen", "-o", "k", "--passphrase-file", "secret"] + kind)
    #expect(made.status == 0)
    #expect(made.output.hasPrefix("private key  k.key (encrypted)\n"))
    #expect(try bench.text("k.key").hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
    #expect(try certify("k.key", "--passphrase-file", "secret").errors == "")
    #expect(try bench.run("verify", "clean.csv", "--public-key", "k.pub").status == 0)

    try bench.write("wrong", "pass phrase \n")
    let wrong = try certify("k.key", "--passphrase-file", "wrong")
    #expect(wrong.status == 2)
    #expect(wrong.complaints.first == "error: k.key: the passphrase does not open the key")
    let none = try certify("k.key")
    #expect(none.status == 2)
    #expect(none.complaints == ["error: k.key: the key is encrypted", "hint: give --passphrase-file"])
  }

  @Test func `an Ed25519 key signs what is verified with its fingerprint`() throws {
    let made = try bench.run("keygen", "-o", "k", "--ed25519")
    let fingerprint = try #require(made.output.firstMatch(of: /fingerprint  (SHA256:\S{43})\n/)?.1)
    #expect(made.output.contains("signer line  k namespaces=\"splitseal\" ssh-ed25519 AAAA"))
    #expect(try certify("k.key").errors == "")
    #expect(try bench.run("verify", "clean.csv", "--fingerprint", String(fingerprint)).status == 0)
  }

  @Test(.enabled(if: Workbench.has("ssh-keygen"), "needs ssh-keygen"), arguments: ["ed25519", "ecdsa"])
  func `a key of OpenSSH's certifies, and its public line verifies`(type: String) throws {
    #expect(try bench.shell("ssh-keygen -q -t \(type) -N '' -f k").status == 0)
    #expect(try certify("k").errors == "")
    #expect(try bench.run("verify", "clean.csv", "--public-key", "k.pub").status == 0)
  }

  @Test func `a name that would be a pattern is not proposed as an identity`() throws {
    let made = try bench.run("keygen", "-o", "my *key")
    #expect(made.status == 0)
    #expect(made.output.contains("\nsigner line  author namespaces="))
  }

  @Test func `a passphrase cannot be asked for without a terminal`() throws {
    let made = try bench.run("keygen", "-o", "k", "--ask-passphrase")
    #expect(made.status == 2)
    #expect(made.complaints.first == "error: cannot ask for the passphrase, because there is no terminal")
    #expect(try !bench.names().contains("k.key"))
    #expect(try bench.run("keygen", "-o", "k", "--ask-passphrase", "--passphrase-file", "secret").status == 2)
  }

  /// `script` of util-linux gives a program a terminal of its own; what is typed comes a little later, one line at a time.
  private func typing(_ lines: [String], into command: String) throws -> Outcome {
    let keys = lines.map { "sleep 1; printf '\($0)'" }.joined(separator: "; ")
    return try bench.shell("(\(keys); sleep 2) | script -qec \"\(command)\" /dev/null")
  }

  private static let hasScript = Workbench.has("script") && !Workbench.isMac

  @Test(.enabled(if: hasScript, "needs script of util-linux"))
  func `a passphrase that is typed twice encrypts the key and is never shown`() throws {
    // The last letter is taken back, and one of two bytes as well.
    let made = try typing(
      ["se\\303\\274\\177cretx\\177\\r", "secret\\r"], into: "'$SPLITSEAL' keygen -o k --ask-passphrase")
    #expect(made.status == 0, "\(made.output)")
    #expect(made.output.contains("passphrase for k.key: "))
    #expect(!made.output.contains("secret") && !made.output.contains("cret"))
    try bench.write("typed", "secret\n")
    #expect(try certify("k.key", "--passphrase-file", "typed").errors == "")
    let certified = try typing(["secret\\r"], into: "'$SPLITSEAL' certify clean.csv --key k.key --quiet --no-probe")
    #expect(certified.status == 0, "\(certified.output)")
    #expect(certified.output.contains("passphrase of k.key: "))
  }

  @Test(
    .enabled(if: hasScript, "needs script of util-linux"),
    arguments: [
      (["one\\r", "two\\r"], "the two passphrases differ", 2), (["\\r"], "the passphrase is empty", 2),
      (["on\\003"], "interrupted", 130),
    ])
  func `what is typed wrongly writes no key`(lines: [String], message: String, status: Int) throws {
    let made = try typing(lines, into: "'$SPLITSEAL' keygen -o k --ask-passphrase")
    #expect(made.output.contains(message), "\(made.output)")
    #expect(made.status == Int32(status))
    #expect(try !bench.names().contains("k.key"))
  }
}

extension Workbench {
  static var isMac: Bool {
    #if os(macOS)
      true
    #else
      false
    #endif
  }
}
