internal import Crypto

/// The OpenSSH fingerprint of a public key: `SHA256:` and 43 characters of base64, as `ssh-keygen -l` shows it.
public struct KeyFingerprint: Hashable, Sendable, CustomStringConvertible {
  /// The text.
  public let description: String

  /// Takes a fingerprint that somebody typed; `nil` when it is none.
  public init?(_ text: String) {
    let prefix = "SHA256:"
    guard text.utf8.count == prefix.utf8.count + 43, text.utf8.starts(with: prefix.utf8),
      !text.utf8.contains(UInt8(ascii: "-")), !text.utf8.contains(UInt8(ascii: "_")),
      Base64.decode(String(text.dropFirst(prefix.count)) + "=")?.count == 32
    else { return nil }
    description = text
  }

  /// Hashes a public key in OpenSSH's wire format.
  init(wireFormat bytes: [UInt8]) {
    description = "SHA256:" + Base64.encode(SHA256.hash(data: bytes)).prefix(43)
  }
}
