internal import SplitSealBase
package import SplitSealSystem

/// The files of certificates and keys: ``WholeFile`` with the errors of this module.
package enum FileBytes {
  /// Reads a regular file of at most `limit` bytes.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Most bytes it may have.
  ///   - missingHint: What to do when there is no such file.
  /// - Returns: The bytes and the file's mode.
  /// - Throws: ``CertificateError``: `notFound`, `inputOutput`, `tooLarge`.
  package static func read(
    _ path: String, limit: Int, missingHint: String? = nil
  ) throws(CertificateError) -> (bytes: [UInt8], mode: mode_t) {
    do { return try WholeFile.read(path, limit: limit) } catch { throw CertificateError(error, missingHint) }
  }

  /// Creates a file that is not there yet; nothing stays behind when it fails.
  package static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CertificateError) {
    do { try WholeFile.create(path, bytes, mode: mode) } catch { throw CertificateError(error) }
  }

  /// Writes a file so that other programs see either the old bytes or the new ones.
  package static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CertificateError) {
    do { try WholeFile.replace(path, bytes, mode: mode) } catch { throw CertificateError(error) }
  }

  /// Makes a folder unless it is there.
  package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(CertificateError) {
    do { try WholeFile.makeFolder(path, mode: mode) } catch { throw CertificateError(error) }
  }

  /// Makes the folders above a file, for their owner alone, unless they are there.
  static func makeFolders(above path: String) throws(CertificateError) {
    do { try WholeFile.makeFolders(above: path) } catch { throw CertificateError(error) }
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { WholeFile.remove(path) }
}

extension CertificateError {
  fileprivate init(_ error: FileError, _ missingHint: String? = "name a folder that is there") {
    let (code, hint): (Code, String?) =
      switch error.code {
      case .notFound: (.notFound, missingHint)
      case .alreadyExists: (.alreadyExists, "take another name: a key is never overwritten")
      case .tooLarge: (.tooLarge, error.hint)
      case .unreadable: (.inputOutput, error.hint)
      }
    self.init(code, error.message, hint: hint, file: error.file)
  }
}
