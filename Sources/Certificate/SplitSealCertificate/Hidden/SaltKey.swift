public import SplitSealKeys
internal import SplitSealBase
internal import Crypto

/// The one secret of a hidden certificate: 32 random bytes, from which the salts of all its records are derived.
///
/// Whoever has it, and a guess at a record, can tell whether the guess is right. Whoever has it and the files can check
/// everything.
public struct SaltKey: Sendable {
  /// Bytes of a key.
  public static let byteCount = 32
  let bytes: [UInt8]

  /// Draws a key from the system's random numbers.
  public init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Reads what a key file holds: 32 bytes, or 64 hexadecimal digits with or without a line feed behind them.
  ///
  /// - Throws: `CertificateError` with code `badKey`.
  public init(parsing file: [UInt8], name: String? = nil) throws(CertificateError) {
    let hint = "make one with: splitseal certify --hidden --new-salt-key FILE, or openssl rand -hex 32"
    let text = file.last == UInt8(ascii: "\n") ? file.dropLast() : file[...]
    let digits =
      text.count == 2 * Self.byteCount ? Hexadecimal.bytes(of: String(decoding: text, as: UTF8.self).lowercased()) : nil
    guard let bytes = digits ?? (file.count == Self.byteCount ? file : nil) else {
      throw CertificateError(
        .badKey, "not a salt key: neither 32 bytes nor 64 hexadecimal digits", hint: hint, file: name)
    }
    // A file of zeros has the length and is no secret.
    guard bytes.contains(where: { $0 != bytes[0] }) else {
      throw CertificateError(.badKey, "the salt key is one byte 32 times: everybody guesses it", hint: hint, file: name)
    }
    self.bytes = bytes
  }

  /// What the key's file holds: 64 hexadecimal digits and a line feed.
  var fileBytes: [UInt8] {
    var file: [UInt8] = []
    for byte in bytes { Hexadecimal.append(byte, to: &file) }
    return file + [UInt8(ascii: "\n")]
  }
}

extension SaltKey {
  /// A salt key that was read from a file.
  public struct Loaded: Sendable {
    /// The key.
    public let key: SaltKey
    /// Whether the file's mode lets its group or everybody read it, which deserves a warning.
    public let isReadableByOthers: Bool
  }

  /// Reads a salt key from a file.
  ///
  /// - Throws: `CertificateError`: `notFound`, `inputOutput`, `tooLarge`, `badKey`.
  public static func load(from path: String) throws(CertificateError) -> Loaded {
    let hint = "give the salt key that the certificate was made with, or make one with --new-salt-key FILE"
    let file = try FileBytes.read(path, limit: 4 << 10, missingHint: hint)
    return Loaded(key: try SaltKey(parsing: file.bytes, name: path), isReadableByOthers: file.mode & 0o077 != 0)
  }

  /// Writes the key to a file (mode 0600) that must not be there yet.
  ///
  /// - Throws: `CertificateError`: `alreadyExists`, `notFound`, `inputOutput`.
  public func write(to path: String) throws(CertificateError) {
    try FileBytes.create(path, fileBytes, mode: 0o600)
  }
}

/// What tells the salts of one certificate from those of another that was made with the same key: 16 bytes, published in
/// the statement.
public struct SaltID: Hashable, Sendable {
  let bytes: [UInt8]

  /// Draws an id from the system's random numbers.
  public init() {
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Reads 32 lower-case hexadecimal digits; `nil` for anything else.
  public init?(_ text: String) {
    guard let bytes = Hexadecimal.bytes(of: text), bytes.count == 16 else { return nil }
    self.bytes = bytes
  }
}

extension SaltID: CustomStringConvertible {
  /// The 32 lower-case hexadecimal digits.
  public var description: String {
    var digits: [UInt8] = []
    for byte in bytes { Hexadecimal.append(byte, to: &digits) }
    return String(decoding: digits, as: UTF8.self)
  }
}
