internal import Crypto
package import SwiftASN1
internal import X509

/// The hash functions that timestamps may use.
package enum TimestampHash: CaseIterable, Sendable {
  case sha256, sha384, sha512

  /// Its name in ASN.1.
  ///
  /// - Source: RFC 5754, section 2.
  package var identifier: ASN1ObjectIdentifier {
    switch self {
    case .sha256: [2, 16, 840, 1, 101, 3, 4, 2, 1]
    case .sha384: [2, 16, 840, 1, 101, 3, 4, 2, 2]
    case .sha512: [2, 16, 840, 1, 101, 3, 4, 2, 3]
    }
  }

  /// The hash function of an AlgorithmIdentifier.
  init(_ reader: DERReader) throws(TimestampFault) {
    var reader = reader
    guard let identifier = try? reader.objectIdentifier(),
      let hash = Self.allCases.first(where: { $0.identifier == identifier })
    else { throw TimestampFault(reason: "it uses a hash function other than SHA-256, SHA-384 and SHA-512") }
    self = hash
  }

  package func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256: Array(SHA256.hash(data: bytes))
    case .sha384: Array(SHA384.hash(data: bytes))
    case .sha512: Array(SHA512.hash(data: bytes))
    }
  }

  /// The algorithm of a signature over this hash; `nil` for one that is not supported.
  ///
  /// Most authorities name plain `rsaEncryption`, which leaves the hash to the digest algorithm.
  ///
  /// - Source: RFC 3370, section 3.2; RFC 5754, section 3; RFC 8419.
  func signatureAlgorithm(_ identifier: ASN1ObjectIdentifier) -> Certificate.SignatureAlgorithm? {
    let rsa: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 1]
    let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
    if identifier == ed25519 { return .ed25519 }
    switch self {
    case .sha256:
      if identifier == rsa || identifier == [1, 2, 840, 113_549, 1, 1, 11] { return .sha256WithRSAEncryption }
      return identifier == [1, 2, 840, 10_045, 4, 3, 2] ? .ecdsaWithSHA256 : nil
    case .sha384:
      if identifier == rsa || identifier == [1, 2, 840, 113_549, 1, 1, 12] { return .sha384WithRSAEncryption }
      return identifier == [1, 2, 840, 10_045, 4, 3, 3] ? .ecdsaWithSHA384 : nil
    case .sha512:
      if identifier == rsa || identifier == [1, 2, 840, 113_549, 1, 1, 13] { return .sha512WithRSAEncryption }
      return identifier == [1, 2, 840, 10_045, 4, 3, 4] ? .ecdsaWithSHA512 : nil
    }
  }
}
