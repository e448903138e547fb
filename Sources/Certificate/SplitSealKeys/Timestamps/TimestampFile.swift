/// An authority's answer, in a file.
public enum TimestampFile {
  /// Most bytes of an answer.
  public static let maximumByteCount = TimestampToken.maximumByteCount

  /// Reads a file of at most 256 KiB.
  ///
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`.
  public static func read(_ path: String) throws(CertificateError) -> [UInt8] {
    let hint = "give the answer of the authority (.tsr)"
    return try FileBytes.read(path, limit: maximumByteCount, missingHint: hint).bytes
  }
}
