internal import Crypto

extension DatasetFile {
  /// SHA-256 of the file's bytes, read piece by piece: a file may be larger than the memory.
  ///
  /// - Returns: 32 bytes.
  /// - Throws: ``DatasetFileFault``, also when the file changed in the meantime.
  /// - Complexity: O(*n*) for *n* bytes, 1 MiB of memory.
  package func sha256() throws(DatasetFileFault) -> [UInt8] {
    var hash = SHA256()
    try forEachPiece { hash.update(data: $0) }
    return Array(hash.finalize())
  }
}
