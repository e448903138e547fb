public import SplitSealKeys
public import SplitSealBase

/// What a file holds, for proofs about it.
public enum FileContent {
  /// Hashes a regular file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Most bytes it may have.
  /// - Returns: The digests of its bytes, and how many there are.
  /// - Throws: `CertificateError`: `notFound`, `inputOutput`, `tooLarge`.
  public static func digest(of path: String, limit: Int = 1 << 30) throws(CertificateError) -> ContentDigest {
    ContentDigest(of: try FileBytes.read(path, limit: limit, missingHint: "name an image that is there").bytes)
  }

  /// Reads a file of proofs.
  ///
  /// - Parameter path: The file.
  /// - Returns: Its documents, one a line.
  /// - Throws: `CertificateError`: `notFound`, `inputOutput`, `tooLarge`.
  public static func proofs(in path: String) throws(CertificateError) -> [[UInt8]] {
    let bytes = try FileBytes.read(path, limit: 64 << 20, missingHint: "make a proof with: splitseal prove").bytes
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    // An empty file is judged as one document that is none.
    return lines.isEmpty ? [[]] : lines
  }
}

extension Digest256 {
  /// Reads a digest as people write it: 64 hexadecimal digits, small or capital, with or without `sha256:` before them.
  ///
  /// - Parameter text: The text; anything else gives `nil`.
  public init?(written text: String) {
    let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
    self.init(hexadecimal: digits.lowercased())
  }
}
