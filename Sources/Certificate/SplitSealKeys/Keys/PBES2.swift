internal import Crypto
internal import CryptoExtras
internal import SwiftASN1

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Bytes under a passphrase: PBKDF2, then AES in CBC mode.
///
/// - Source: RFC 8018, sections 5.2 and 6.2; RFC 5958, section 3.
struct PBES2 {
  /// Rounds of a key that is written here, as OWASP advises for HMAC-SHA256.
  static let writtenRoundCount = 600_000
  /// Most rounds that are computed: seconds, where a hostile file could ask for days.
  static let maximumRoundCount = 10_000_000

  let salt: [UInt8]
  let roundCount: Int
  let hash: KDF.Insecure.PBKDF2.HashFunction
  /// Bytes of the AES key: 16, 24 or 32.
  let keyByteCount: Int
  let initializationVector: [UInt8]
  let ciphertext: [UInt8]

  /// Encrypts with AES-256 and HMAC-SHA256.
  init(encrypting plaintext: [UInt8], with passphrase: [UInt8]) throws(CertificateError) {
    var generator = SystemRandomNumberGenerator()
    salt = (0..<16).map { _ in generator.next() }
    roundCount = Self.writtenRoundCount
    hash = .sha256
    keyByteCount = 32
    let vector = AES._CBC.IV()
    initializationVector = Array(vector)
    do {
      let key = try KDF.Insecure.PBKDF2.deriveKey(
        from: passphrase, salt: salt, using: hash, outputByteCount: keyByteCount, rounds: roundCount)
      ciphertext = Array(try AES._CBC.encrypt(plaintext, using: key, iv: vector))
    } catch {
      throw CertificateError(.selfCheckFailed, "the key cannot be encrypted: \(error)")
    }
  }

  /// What was encrypted; `nil` when the passphrase is another one.
  ///
  /// - Complexity: O(``roundCount``).
  func decrypted(with passphrase: [UInt8]) -> [UInt8]? {
    guard
      let key = try? KDF.Insecure.PBKDF2.deriveKey(
        from: passphrase, salt: salt, using: hash, outputByteCount: keyByteCount, unsafeUncheckedRounds: roundCount),
      let vector = try? AES._CBC.IV(ivBytes: initializationVector),
      let plaintext = try? AES._CBC.decrypt(ciphertext, using: key, iv: vector)
    else { return nil }
    return Array(plaintext)
  }
}
