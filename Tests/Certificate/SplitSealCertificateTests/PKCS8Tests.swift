@testable import SplitSealKeys
import Foundation
import Testing

@testable import SplitSealCertificate

/// Keys of other programs, plain and encrypted, and what other programs make of ours.
@Suite struct PKCS8Tests {
  private let folder = Tool.Folder()

  private func key(_ name: String = "k", passphrase: String? = nil) throws -> SigningKey {
    try SigningKey.load(from: folder.path(name), passphrase: passphrase.map { Array($0.utf8) }).key
  }

  // RFC 8410, section 10.3: the second example has attributes and a public key behind the private one.
  @Test(arguments: [
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJz"
      + "gSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
  ])
  func `the RFC's Ed25519 keys have the RFC's public half`(base64: String) throws {
    let der = try #require(Base64.decode(base64))
    let key = try SigningKey(pem: Array(PEM(label: "PRIVATE KEY", bytes: der).text.utf8))
    let expected = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
    #expect(PEM.blocks(of: Array(key.verificationKey.pem.utf8)).first?.bytes == Base64.decode(expected))
    #expect(key.verificationKey.algorithm == .ed25519)
  }

  @Test(arguments: VerificationKey.Algorithm.allCases)
  func `a key that is written encrypted opens with its passphrase alone`(algorithm: VerificationKey.Algorithm) throws {
    let key = SigningKey(algorithm)
    let pem = Array(try key.encryptedPEM(passphrase: Array("pass phrase ü".utf8)).utf8)
    #expect(try SigningKey(pem: pem, passphrase: Array("pass phrase ü".utf8)).verificationKey == key.verificationKey)
    let none = #expect(throws: CertificateError.self) { try SigningKey(pem: pem, file: "f") }
    #expect(none?.code == .passphraseNeeded)
    #expect(none?.description == "f: the key is encrypted")
    let wrong = #expect(throws: CertificateError.self) {
      try SigningKey(pem: pem, passphrase: Array("pass phrase u".utf8))
    }
    #expect(wrong?.code == .wrongPassphrase)
    #expect(wrong?.message == "the passphrase does not open the key")
  }

  @Test(.enabled(if: Tool.exist("openssl"), "needs openssl"), arguments: VerificationKey.Algorithm.allCases)
  func `openssl opens a key that was encrypted here`(algorithm: VerificationKey.Algorithm) throws {
    try SigningKey(algorithm).write(to: folder.path("k"), passphrase: Array("secret".utf8))
    let same = try folder.run(
      "openssl pkey -in k.key -passin pass:secret -pubout | cmp - k.pub && openssl asn1parse -in k.key")
    #expect(same.status == 0)
    for word in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0"] {
      #expect(same.output.contains(word), "\(word)")
    }
    #expect(try folder.run("openssl pkey -in k.key -passin pass:Secret -noout").status != 0)
  }

  @Test(
    .enabled(if: Tool.exist("openssl"), "needs openssl"),
    arguments: ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"],
    ["hmacWithSHA1", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"])
  func `every cipher and hash of openssl's is read`(cipher: String, hash: String) throws {
    let made = try folder.run(
      """
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain && openssl pkey -in plain -pubout -out p
      openssl pkcs8 -topk8 -in plain -v2 \(cipher) -v2prf \(hash) -iter 2500 -passout pass:secret -out k
      """)
    try #require(made.status == 0)
    #expect(try key(passphrase: "secret").verificationKey.pem == folder.text("p"))
    let wrong = #expect(throws: CertificateError.self) { try key(passphrase: "other") }
    #expect(wrong?.code == .wrongPassphrase)
  }

  @Test(.enabled(if: Tool.exist("ssh-keygen", "openssl"), "needs ssh-keygen and openssl"))
  func `what ssh-keygen encrypts as PKCS#8 is read`() throws {
    let made = try folder.run(
      "ssh-keygen -q -t ecdsa -b 256 -m PKCS8 -N secret -f k && ssh-keygen -e -m PKCS8 -f k.pub > p")
    try #require(made.status == 0)
    #expect(try folder.text("k").hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
    #expect(try key(passphrase: "secret").verificationKey.pem == folder.text("p"))
  }

  @Test(
    .enabled(if: Tool.exist("openssl"), "needs openssl"),
    arguments: [
      ("-scrypt", "key derivation (scrypt)"), ("-v2 aes-256-cbc -v2prf hmacWithSHA224", "a hash function"),
      ("-v2 des3", "a cipher"), ("-v1 PBE-SHA1-3DES", "a scheme"),
    ])
  func `an encryption that is not known is refused with what to do`(flags: String, message: String) throws {
    let made = try folder.run(
      """
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain
      openssl pkcs8 -topk8 -in plain \(flags) -passout pass:secret -out k
      """)
    try #require(made.status == 0)
    let error = #expect(throws: CertificateError.self) { try key(passphrase: "secret") }
    #expect(error?.code == .badKey)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.hint?.contains("openssl pkcs8 -topk8") == true)
  }

  @Test func `a key that asks for days of work is refused at once`() throws {
    let pem = try SigningKey().encryptedPEM(passphrase: Array("secret".utf8))
    var der = try #require(PEM.blocks(of: Array(pem.utf8)).first?.bytes)
    // 600,000 in three bytes is 09 27 C0; the largest number of three bytes is still computed.
    let rounds = try #require(der.firstRange(of: [0x02, 0x03, 0x09, 0x27, 0xC0]))
    der.replaceSubrange(rounds, with: [0x02, 0x03, 0x7F, 0xFF, 0xFF])
    #expect(try PBES2(parsing: der, file: nil).roundCount == 8_388_607)
    // The salt gives up a byte for the fourth of the number: 2,147,483,647 rounds.
    let salt = try #require(der.firstRange(of: [0x04, 0x10]))
    der.replaceSubrange(salt.lowerBound..<salt.lowerBound + 3, with: [0x04, 0x0F])
    let moved = try #require(der.firstRange(of: [0x02, 0x03, 0x7F, 0xFF, 0xFF]))
    der.replaceSubrange(moved, with: [0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF])
    let error = #expect(throws: CertificateError.self) { try PBES2(parsing: der, file: "f") }
    #expect(error?.description == "f: the key asks for 2147483647 rounds of PBKDF2, and 10000000 are the most")
  }

  @Test(
    .enabled(if: Tool.exist("openssl"), "needs openssl"),
    arguments: [
      ("EC -pkeyopt ec_paramgen_curve:P-384", "an ECDSA P-384 key"),
      ("EC -pkeyopt ec_paramgen_curve:P-521", "an ECDSA P-521 key"),
      ("EC -pkeyopt ec_paramgen_curve:secp256k1", "an ECDSA secp256k1 key"), ("RSA", "an RSA key"),
      ("ED448", "an Ed448 key"), ("X25519", "an X25519 key"),
    ])
  func `keys that sign no certificates are refused by name, public and private`(kind: String, name: String) throws {
    try #require(
      try folder.run("openssl genpkey -algorithm \(kind) -out k && openssl pkey -in k -pubout -out p").status == 0)
    let secret = #expect(throws: CertificateError.self) { try key() }
    #expect(secret?.message == "\(name) signs no certificates")
    let shown = #expect(throws: CertificateError.self) { try VerificationKey.load(from: folder.path("p")) }
    #expect(shown?.message == "\(name) signs no certificates")
    #expect(shown?.code == .badKey)
  }

  @Test(.enabled(if: Tool.exist("openssl"), "needs openssl"))
  func `a SEC 1 key of another curve is refused by name`() throws {
    try #require(try folder.run("openssl ecparam -name secp384r1 -genkey -noout -out k").status == 0)
    let error = #expect(throws: CertificateError.self) { try key() }
    #expect(error?.message == "an ECDSA P-384 key signs no certificates")
  }

  @Test(arguments: ["secret\n", "secret\r\n", "secret", "secret\nmore\n"])
  func `a passphrase is the first line of its file`(content: String) throws {
    try folder.write("p", content)
    #expect(try SigningKey.passphrase(inFile: folder.path("p")) == Array("secret".utf8))
  }

  @Test func `an empty passphrase is none`() throws {
    try folder.write("p", "\nsecret\n")
    let error = #expect(throws: CertificateError.self) { try SigningKey.passphrase(inFile: folder.path("p")) }
    #expect(error?.message == "the passphrase is empty")
  }
}
