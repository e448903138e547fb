import SplitSealKeys
import Crypto
import Foundation
import SplitSealCertificate
import Testing

/// Attacks on the envelope: signature, key hints, types, encodings.
@Suite struct SignatureAttacks {
  private static let mismatch = "signature: the signature was not made by SHA256:"

  static let signatures: [Attack] = [
    Attack("statement changed", "fails", 1, mismatch) {
      try $0.forge(#""error":0"#, #""error":7"#)
      return []
    },
    Attack("signature of another statement", "fails", 1, mismatch) { bench in
      let first = try Envelope(parsing: bench.bytes(Workbench.certificateName)).signature
      try bench.lie(#""name":"set""#, #""name":"other""#)
      let second = try Envelope(parsing: bench.bytes(Workbench.certificateName)).signature
      try bench.tamper(Data(second).base64EncodedString(), Data(first).base64EncodedString())
      return []
    },
    Attack("signature removed", "is malformed", 4, "the signature has no 'sig'") {
      try $0.envelop { _ in #"{"keyid":"x"}"# }
      return []
    },
    Attack("`signatures: []`", "is malformed", 4, "the envelope does not have exactly one signature") {
      try $0.envelop { _ in "" }
      return []
    },
    Attack("same signature twice", "is malformed", 4, "the envelope does not have exactly one signature") {
      try $0.envelop { "\($0),\($0)" }
      return []
    },
    Attack("one signature under two key ids", "is malformed", 4, "the envelope does not have exactly one signature") {
      try $0.envelop { "\($0),\($0.replacing("SHA256:", with: "SHA257:"))" }
      return []
    },
    Attack("signature of a second signer added", "is malformed", 4, "the envelope does not have exactly one signature")
    {
      bench in
      let other = try Envelope(
        signing: Envelope(parsing: bench.bytes(Workbench.certificateName)).payload, with: SigningKey())
      try bench.envelop { #"\#($0),{"keyid":"x","sig":"\#(Data(other.signature).base64EncodedString())"}"# }
      return []
    },
    Attack(
      "key id and hint of another key", "passes, mentions it: the key that verified decides", 0,
      "note         the certificate names key 'SHA256:AAAA"
    ) { bench in
      let key = try #require(Envelope(parsing: bench.bytes(Workbench.certificateName)).keyID)
      let other = "SHA256:" + String(repeating: "A", count: 43)
      try bench.write(
        Workbench.certificateName, bench.text(Workbench.certificateName).replacing(key, with: other))
      return []
    },
    Attack("another signer's certificate of the same files", "fails with the key that is trusted", 1, mismatch) {
      bench in
      let envelope = try Envelope(
        signing: Envelope(parsing: bench.bytes(Workbench.certificateName)).payload, with: SigningKey())
      try bench.write(Workbench.certificateName, envelope.bundleBytes)
      return []
    },
    Attack(
      "stranger's key beside the stranger's certificate", "is valid, and not trusted", 3,
      "signer: the signature is valid, the signer unknown: SHA256:"
    ) { bench in
      let key = SigningKey()
      let envelope = try Envelope(
        signing: Envelope(parsing: bench.bytes(Workbench.certificateName)).payload, with: key)
      try bench.write(Workbench.certificateName, envelope.bundleBytes)
      try bench.write("set/.splitseal/splitseal.pub", key.verificationKey.pem)
      return ["verify", "set/list.csv"]
    },
    Attack(
      "ECDSA signature mirrored (r, n - s)", "passes: the id is that of the statement, and has not changed", 0,
      "VERIFIED: set"
    ) { bench in
      let envelope = try Envelope(parsing: bench.bytes(Workbench.certificateName))
      let raw = Array(try P256.Signing.ECDSASignature(derRepresentation: envelope.signature).rawRepresentation)
      // The order of P-256: FIPS 186-4, D.1.2.3.
      let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD,
        0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
      ]
      var mirrored = raw
      var borrow = 0
      for index in (0..<32).reversed() {
        let difference = Int(order[index]) - Int(raw[32 + index]) - borrow
        borrow = difference < 0 ? 1 : 0
        mirrored[32 + index] = UInt8(truncatingIfNeeded: difference)
      }
      let other = try P256.Signing.ECDSASignature(rawRepresentation: mirrored).derRepresentation
      try bench.tamper(Data(envelope.signature).base64EncodedString(), other.base64EncodedString())
      return []
    },
  ]

  static let types: [Attack] = [
    Attack(
      "payload type `application/json`", "is malformed", 4,
      "the payload type is 'application/json', not application/vnd.in-toto+json"
    ) {
      try $0.tamper("application/vnd.in-toto+json", "application/json")
      return []
    },
    Attack(
      "another bundle version", "is malformed", 4,
      "the bundle's media type is 'application/vnd.dev.sigstore.bundle.v0.4"
    ) {
      try $0.tamper("bundle.v0.3+json", "bundle.v0.4+json")
      return []
    },
    Attack("signature over DSSE's encoding of version 0", "fails", 1, mismatch) { bench in
      let payload = try Envelope(parsing: bench.bytes(Workbench.certificateName)).payload
      let old = try Envelope(parsing: bench.bytes(Workbench.certificateName)).signature
      let type = Envelope.payloadType
      let signed = Array("DSSEV1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
      let signature = try SigningKey(pem: bench.bytes("signer.key")).signature(for: signed)
      try bench.tamper(Data(old).base64EncodedString(), Data(signature).base64EncodedString())
      return []
    },
    Attack("RSA key", "cannot be used", 2, "rsa.pub: an RSA key signs no certificates") {
      try $0.write("rsa.pub", rsaKey)
      return ["verify", "set/list.csv", "--public-key", "rsa.pub"]
    },
    Attack("P-384 key", "cannot be used", 2, "p384.pub: an ECDSA P-384 key signs no certificates") {
      try $0.write("p384.pub", P384.Signing.PrivateKey().publicKey.pemRepresentation + "\n")
      return ["verify", "set/list.csv", "--public-key", "p384.pub"]
    },
  ]

  // openssl genrsa 1024 | openssl rsa -pubout
  private static let rsaKey = """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQClma+n4gWdT3t5EmPZHzkXgBUO
    c3Yc51eNd4cgTyPlr6HvmyBwqFnzo+G+0bpWsogY7HXxXre6cjxbzxavGp368pnw
    4ZEWRPrNw/mzZYsz9/ZMPNtFjbMpuZspnrKRO2jOBzsVBemiD6W9U/STlLEfUAro
    twygxvnQYzKEynhknwIDAQAB
    -----END PUBLIC KEY-----

    """

  @Test(arguments: signatures) func `signature changed, removed, twice; hints that lie; malleation`(attack: Attack)
    throws
  {
    try attack.check()
  }

  @Test(arguments: types) func `payloadType confusion and downgrade`(attack: Attack) throws { try attack.check() }
}
