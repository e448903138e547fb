@testable import SplitSealKeys
import Testing

@testable import SplitSealCertificate

/// Signatures of weaker or other kinds, which never count.
@Suite struct DowngradeTests {
  // RFC 8032, section 7.3: Ed25519ph over "abc".
  @Test func `a pre-hashed Ed25519 signature is none`() throws {
    let point = Fixture.bytes(hex: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf")
    // RFC 8410, section 4: the SubjectPublicKeyInfo of an Ed25519 key.
    let der = Fixture.bytes(hex: "302a300506032b6570032100") + point
    let key = try VerificationKey(pem: Array(PEM(label: "PUBLIC KEY", bytes: der).text.utf8))
    let signature = Fixture.bytes(
      hex: "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
        + "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406")
    #expect(key.algorithm == .ed25519)
    #expect(!key.isValidSignature(signature, for: Array("abc".utf8)))
  }
}
