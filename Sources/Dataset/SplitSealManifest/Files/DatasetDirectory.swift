internal import SplitSealBase

/// The folder that holds a dataset's files, and the promise that nothing outside it is read.
///
/// The folder is opened once. Files are opened below it one path component at a time, following no link, so that a
/// dataset that is changed during the run cannot lead out of it either. A link is resolved, and what it leads to is
/// opened the same way if it is inside; with `allowsLinks: false` a link is a fault.
///
/// A file is found by the exact bytes of its name: a manifest that writes `é` as one character does not find a file
/// whose name writes it as two.
public final class DatasetDirectory: Sendable {
  /// Real path of the folder.
  public let root: String
  /// Whether links that stay inside are followed.
  public let allowsLinks: Bool
  private let folder: OpenFile

  /// Opens the folder.
  ///
  /// - Parameters:
  ///   - root: Path of the folder: `Manifest.root`.
  ///   - allowsLinks: Whether links that stay inside are followed.
  /// - Throws: ``DatasetFileFault/missing`` when it is not there or not a folder, ``DatasetFileFault/unreadable(reason:)``.
  public init(_ root: String, allowsLinks: Bool = true) throws(DatasetFileFault) {
    do throws(SystemFault) {
      self.root = try realPath(root)
      folder = try OpenFile(folder: root)
    } catch {
      throw DatasetFileFault(error)
    }
    self.allowsLinks = allowsLinks
  }

  var descriptor: Int32 { folder.descriptor }

  /// Reads one file.
  ///
  /// ``DatasetReader`` is faster for many.
  ///
  /// - Parameters:
  ///   - path: Path below the root.
  ///   - buffer: Overwritten with the file's bytes; its memory is used again.
  ///   - maximumByteCount: Size of the largest file that is read.
  /// - Throws: ``DatasetFileFault``; `buffer` is then undefined.
  public func read(_ path: String, into buffer: inout [UInt8], maximumByteCount: Int) throws(DatasetFileFault) {
    var reader = DatasetReader(self)
    try reader.read(path, into: &buffer, maximumByteCount: maximumByteCount)
  }
}
