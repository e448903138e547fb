internal import CryptoExtras
internal import SwiftASN1

/// EncryptedPrivateKeyInfo, as OpenSSL and ssh-keygen write it.
extension PBES2 {
  private static let pbes2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 5, 13]
  private static let pbkdf2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 5, 12]
  private static let scrypt: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11_591, 4, 11]
  private static let hmacSHA256: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 2, 9]
  private static let aes256CBC: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 1, 42]

  /// The key lengths of AES in CBC mode.
  private static let ciphers: [(ASN1ObjectIdentifier, keyByteCount: Int)] = [
    ([2, 16, 840, 1, 101, 3, 4, 1, 2], 16), ([2, 16, 840, 1, 101, 3, 4, 1, 22], 24), (aes256CBC, 32),
  ]

  private static let hashes: [(ASN1ObjectIdentifier, KDF.Insecure.PBKDF2.HashFunction)] = [
    ([1, 2, 840, 113_549, 2, 7], .insecureSHA1), (hmacSHA256, .sha256), ([1, 2, 840, 113_549, 2, 10], .sha384),
    ([1, 2, 840, 113_549, 2, 11], .sha512),
  ]

  /// Reads an EncryptedPrivateKeyInfo.
  ///
  /// - Throws: ``CertificateError`` with code `badKey` for damaged bytes, another scheme, and parameters that nobody
  ///   needs: more rounds than ``maximumRoundCount``, a salt of more than 1,024 bytes.
  init(parsing der: [UInt8], file: String?) throws(CertificateError) {
    let damaged = CertificateError(.badKey, "the encrypted key is damaged", file: file)
    do {
      var document = try DERReader(der: der)
      var algorithm = try document.open()
      ciphertext = try document.octets()
      guard try algorithm.objectIdentifier() == Self.pbes2 else { throw Self.foreign("scheme", file) }
      var parameters = try algorithm.open()
      var derivation = try parameters.open()
      var encryption = try parameters.open()

      let function = try derivation.objectIdentifier()
      guard function == Self.pbkdf2 else {
        throw Self.foreign(function == Self.scrypt ? "key derivation (scrypt)" : "key derivation", file)
      }
      var derivationParameters = try derivation.open()
      salt = try derivationParameters.octets()
      roundCount = try derivationParameters.integer()
      let keyLength = derivationParameters.next(ifTagged: .integer).flatMap { try? Int(derEncoded: $0) }
      // Left out, it is HMAC-SHA1.
      var identifier = Self.hashes[0].0
      if let function = derivationParameters.nextIfPresent() {
        var reader = try DERReader(function)
        identifier = try reader.objectIdentifier()
      }
      guard let hash = Self.hashes.first(where: { $0.0 == identifier })?.1 else {
        throw Self.foreign("hash function", file)
      }
      self.hash = hash

      let name = try encryption.objectIdentifier()
      guard let cipher = Self.ciphers.first(where: { $0.0 == name }) else { throw Self.foreign("cipher", file) }
      keyByteCount = cipher.keyByteCount
      initializationVector = try encryption.octets()
      guard initializationVector.count == 16, keyLength ?? keyByteCount == keyByteCount, !ciphertext.isEmpty,
        ciphertext.count.isMultiple(of: 16), salt.count <= 1_024, roundCount >= 1
      else { throw damaged }
    } catch let error as CertificateError {
      throw error
    } catch {
      throw damaged
    }
    guard roundCount <= Self.maximumRoundCount else {
      throw CertificateError(
        .badKey, "the key asks for \(roundCount) rounds of PBKDF2, and \(Self.maximumRoundCount) are the most",
        hint: "encrypt it anew with: openssl pkcs8 -topk8 -iter 600000 -in KEY -out COPY", file: file)
    }
  }

  /// The EncryptedPrivateKeyInfo of what was encrypted here.
  ///
  /// - Precondition: AES-256 and HMAC-SHA256.
  var der: [UInt8] {
    get throws(CertificateError) {
      var coder = DER.Serializer()
      do {
        try coder.appendConstructedNode(identifier: .sequence) { coder in
          try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(Self.pbes2)
            try coder.appendConstructedNode(identifier: .sequence) { coder in
              try serializeDerivation(into: &coder)
              try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.serialize(Self.aes256CBC)
                try coder.serialize(ASN1OctetString(contentBytes: initializationVector[...]))
              }
            }
          }
          try coder.serialize(ASN1OctetString(contentBytes: ciphertext[...]))
        }
      } catch {
        throw CertificateError(.selfCheckFailed, "the key cannot be encrypted: \(error)")
      }
      return coder.serializedBytes
    }
  }

  private func serializeDerivation(into coder: inout DER.Serializer) throws {
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(Self.pbkdf2)
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        try coder.serialize(ASN1OctetString(contentBytes: salt[...]))
        try coder.serialize(roundCount)
        try coder.appendConstructedNode(identifier: .sequence) { coder in
          try coder.serialize(Self.hmacSHA256)
          try coder.serialize(ASN1Null())
        }
      }
    }
  }

  private static func foreign(_ what: String, _ file: String?) -> CertificateError {
    CertificateError(
      .badKey, "the key is encrypted with a \(what) that is not supported",
      hint: "convert a copy with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out COPY", file: file)
  }
}
