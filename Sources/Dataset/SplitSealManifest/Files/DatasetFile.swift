public import SplitSealBase

/// An open file of a dataset.
public final class DatasetFile: Sendable {
  private let file: OpenFile

  init(_ file: consuming OpenFile) { self.file = file }

  /// Asks the system to have the file's bytes at hand soon.
  ///
  /// Returns at once: what is waited for on a disk is then waited for while something else is computed.
  public func readAhead() { file.readAhead() }

  /// Reads the file to its end.
  ///
  /// - Parameters:
  ///   - buffer: Overwritten with the file's bytes; its memory is used again.
  ///   - maximumByteCount: Size of the largest file that is read.
  /// - Returns: The stamp of the file, the same before and after.
  /// - Throws: ``DatasetFileFault``; `buffer` is then undefined.
  /// - Complexity: O(*n*) for *n* bytes, and no allocation once `buffer` has held a file as large.
  public func read(into buffer: inout [UInt8], maximumByteCount: Int) throws(DatasetFileFault) -> FileStamp {
    let isComplete: Bool
    let status: FileStatus
    do throws(SystemFault) {
      status = try file.status()
      let isReadable = status.kind == .file && status.byteCount <= maximumByteCount
      let isWhole = isReadable ? try file.read(into: &buffer, byteCount: status.byteCount) : false
      let after = try file.status()
      isComplete = isWhole && after.stamp == status.stamp
    } catch {
      throw DatasetFileFault(error)
    }
    guard status.kind == .file else { throw .notAFile }
    guard status.byteCount <= maximumByteCount else { throw .tooLarge(byteCount: status.byteCount) }
    guard isComplete else { throw .unreadable(reason: "the file changed while it was read") }
    return status.stamp
  }

  /// Reads a regular file from where it stands to its end, a MiB at a time.
  ///
  /// - Throws: ``DatasetFileFault``, also when the file changed in the meantime.
  func forEachPiece(_ body: ([UInt8]) -> Void) throws(DatasetFileFault) {
    let before: FileStatus
    let after: FileStatus
    do throws(SystemFault) {
      before = try file.status()
      var piece: [UInt8] = []
      repeat {
        // Where more follows, one byte more than it is asked for is read.
        if before.kind == .file { _ = try file.read(into: &piece, byteCount: (1 << 20) - 1) }
        body(piece)
      } while !piece.isEmpty
      after = try file.status()
    } catch {
      throw DatasetFileFault(error)
    }
    guard before.kind == .file else { throw .notAFile }
    guard before.stamp == after.stamp else { throw .unreadable(reason: "the file changed while it was read") }
  }
}
