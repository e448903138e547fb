internal import SplitSealBase

/// The files of folders that no sample names: hidden ones, and those whose names say that they are no images.
package enum PassedOverFiles {
  /// Folders inside one another.
  private static let maximumDepth = 64
  /// Files and folders that are looked at.
  private static let maximumCount = 5_000_000
  /// Folders beside the splits in which programs keep their own copies of files.
  private static let foldersOfTools = [".splitseal", ".git", ".hg", ".svn", ".dvc", ".cache"]

  /// Calls `visit` with the path and the first bytes of each.
  ///
  /// A link to a file inside the root is what it leads to; other links, and what cannot be read, are left out.
  ///
  /// - Parameters:
  ///   - manifest: Its samples and folders; inputs are named from the root.
  ///   - byteCount: Bytes that are read of each file.
  ///   - visit: Called in the order of the inputs, and within them of the paths' bytes.
  package static func forEach(
    in manifest: Manifest, byteCount: Int, visit: (_ path: String, _ start: [UInt8]) -> Void
  ) {
    let folders = manifest.inputs.filter { $0.format.layout.takesFolders }.map { $0.path == "." ? "" : $0.path }
    guard !folders.isEmpty else { return }
    let listed = Set(manifest.samples.map { Array($0.path.utf8) })
    var count = 0
    for folder in folders { look(in: folder, depth: 1) }

    func look(in folder: String, depth: Int) {
      guard depth <= maximumDepth, let entries = try? FolderEntry.list(joined(manifest.root, folder)) else { return }
      for entry in entries where entry.isValid {
        count += 1
        guard count <= maximumCount else { return }
        let path = joined(folder, entry.name)
        switch entry.kind {
        case .folder:
          if depth > 1 || !foldersOfTools.contains(entry.name) { look(in: path, depth: depth + 1) }
        case .file, .link:
          if entry.kind == .link, !leadsInside(joined(manifest.root, path), manifest.root) { continue }
          guard !listed.contains(Array(path.utf8)), let start = start(of: joined(manifest.root, path), byteCount) else {
            continue
          }
          visit(path, start)
        case .other: continue
        }
      }
    }
  }

  private static func leadsInside(_ link: String, _ root: String) -> Bool {
    guard let target = try? realPath(link) else { return false }
    return isInside(target, root)
  }

  private static func start(of path: String, _ byteCount: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    do throws(SystemFault) {
      let file = try OpenFile(path)
      guard try file.status().kind == .file else { return nil }
      _ = try file.read(into: &bytes, byteCount: byteCount)
    } catch { return nil }
    return bytes
  }
}
