internal import Crypto

extension SigningKey {
  /// Reads OpenSSH's own format of private keys, without encryption: Ed25519 or ECDSA P-256.
  ///
  /// - Throws: ``CertificateError`` with code `badKey`; the hint says what to do about an encrypted key.
  /// - Source: OpenSSH, PROTOCOL.key.
  init(openSSH bytes: [UInt8], file: String?) throws(CertificateError) {
    do {
      var reader = OpenSSHReader(bytes)
      let magic = Array("openssh-key-v1\0".utf8)
      guard try reader.bytes(magic.count) == magic else { throw OpenSSHReader.Fault() }
      let cipher = try reader.text()
      let derivation = try reader.text()
      guard cipher == "none", derivation == "none" else {
        throw CertificateError(
          .badKey, "the key is encrypted in OpenSSH's own way",
          hint: "decrypt a copy with: ssh-keygen -p -N '' -f COPY", file: file)
      }
      _ = try reader.field()
      guard try reader.number() == 1 else { throw OpenSSHReader.Fault() }
      let publicKey = try reader.field()
      var secrets = OpenSSHReader(try reader.field())
      guard reader.isAtEnd else { throw OpenSSHReader.Fault() }
      guard try secrets.number() == secrets.number() else { throw OpenSSHReader.Fault() }
      let type = try secrets.text()
      if let kind = AlgorithmName.keyKind(openSSH: type) {
        throw CertificateError(.badKey, "\(kind) signs no certificates", hint: Self.makingHint, file: file)
      }
      let storage = try Self.storage(type, &secrets)
      // The comment, then the bytes 1, 2, 3 ... up to a multiple of 8.
      _ = try secrets.field()
      let padding = secrets.remainder()
      guard padding.count < 8, padding.indices.allSatisfy({ padding[$0] == $0 + 1 }) else {
        throw OpenSSHReader.Fault()
      }
      self.init(storage)
      guard verificationKey.openSSHWireFormat == publicKey else { throw OpenSSHReader.Fault() }
    } catch let error as CertificateError {
      throw error
    } catch {
      throw CertificateError(.badKey, "the private key is damaged", hint: Self.makingHint, file: file)
    }
  }

  private static func storage(_ type: String, _ secrets: inout OpenSSHReader) throws -> Storage {
    switch type {
    case "ssh-ed25519":
      let publicKey = try secrets.field()
      let both = try secrets.field()
      guard both.count == 64, both.suffix(32).elementsEqual(publicKey) else { throw OpenSSHReader.Fault() }
      return .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: both.prefix(32)))
    case "ecdsa-sha2-nistp256":
      guard try secrets.text() == "nistp256" else { throw OpenSSHReader.Fault() }
      _ = try secrets.field()
      // A number in two's complement: a zero in front when its first bit is set, and none of its leading zeros.
      let scalar = try secrets.field().drop { $0 == 0 }
      guard scalar.count <= 32 else { throw OpenSSHReader.Fault() }
      return .p256(
        try P256.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 0, count: 32 - scalar.count) + scalar))
    default: throw OpenSSHReader.Fault()
    }
  }
}
