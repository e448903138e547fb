internal import SplitSealBase

extension Manifest {
  /// Checks that no link among the samples' files and folders leads out of the root.
  ///
  /// To be called before anything is hashed, so that a dataset cannot make the audit read, and speak of, other files of
  /// the reader's. A missing file is no fault here. Reading through ``DatasetDirectory`` holds the same line again,
  /// against links that change later.
  ///
  /// - Parameter range: The samples that are looked at; all of them where absent.
  /// - Throws: ``ManifestError`` of code `pathLeavesRoot`, naming the first such row in manifest order.
  /// - Complexity: One system call a sample and a distinct folder.
  public func checkLinks(of range: Range<Int>? = nil) throws(ManifestError) {
    let folder: OpenFile
    do throws(SystemFault) {
      folder = try OpenFile(folder: root)
    } catch {
      throw ManifestSource.error(error, path: root)
    }
    var folders = NameTable()
    for sample in samples[range ?? samples.indices] {
      let path = Array(sample.path.utf8)
      // Every folder of the path, from the top, unless a sample before was in it.
      if let last = path.lastIndex(of: UInt8(ascii: "/")), folders.index(of: path[..<last]) == nil {
        for (index, byte) in path.enumerated() where byte == UInt8(ascii: "/") {
          guard folders.insert(path[..<index]).isNew else { continue }
          try check(String(decoding: path[..<index], as: UTF8.self), of: sample, in: folder.descriptor)
        }
      }
      try check(sample.path, of: sample, in: folder.descriptor)
    }
  }

  private func check(_ path: String, of sample: Sample, in folder: Int32) throws(ManifestError) {
    // What cannot be looked at cannot be read either, and is reported when that is tried.
    guard let status = try? FileStatus(path, in: folder), status.kind == .link,
      let target = try? realPath(joined(root, path)), !isInside(target, root)
    else { return }
    throw .linkLeavesRoot(
      path, target: target, root: root, file: inputs[sample.input].path, line: sample.line > 0 ? sample.line : nil)
  }
}
