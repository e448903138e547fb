internal import SplitSealBase

/// Every file of a folder, hidden ones too: what signatures over directories cover.
///
/// Other than ``FolderWalk``, nothing is passed over by its name, and no link is followed.
package enum WholeFolder {
  /// Folders inside one another.
  private static let maximumDepth = 64
  /// Files and folders.
  private static let maximumCount = 5_000_000

  /// Paths of all regular files below a folder, sorted component by component as UTF-8 bytes: `a/b` before `a-b`.
  ///
  /// - Parameters:
  ///   - root: The folder.
  ///   - ignored: Paths below it that are left out, with everything below them.
  /// - Returns: Paths below `root`, `/` between components.
  /// - Throws: ``ManifestError`` for links and other things that are neither files nor folders, for names that are not
  ///   UTF-8, and for what is too deep or too much.
  package static func files(of root: String, ignoring ignored: [String]) throws(ManifestError) -> [String] {
    var files: [String] = []
    var count = 0
    try visit("", depth: 1)
    return files

    func visit(_ folder: String, depth: Int) throws(ManifestError) {
      let place = folder.isEmpty ? root : joined(root, folder)
      let entries: [FolderEntry]
      do throws(SystemFault) {
        entries = try FolderEntry.list(place)
      } catch {
        throw ManifestSource.error(error, path: place)
      }
      count += entries.count
      guard count <= maximumCount, depth <= maximumDepth else {
        throw ManifestError(
          .tooLarge,
          depth <= maximumDepth
            ? "there are more than 5,000,000 files and folders" : "folders are nested more than 64 deep", file: place)
      }
      // Names alone, not names with the slash that `FolderEntry` sorts folders by.
      for entry in entries.sorted(by: { $0.name.precedesByBytes($1.name) }) {
        guard entry.isValid else {
          throw ManifestError(
            .invalidUTF8, "the name '\(printable(entry.name))' is not valid UTF-8", hint: "rename the file", file: place
          )
        }
        let path = folder.isEmpty ? entry.name : joined(folder, entry.name)
        guard !ignored.contains(where: { $0.hasSameBytes(as: path) }) else { continue }
        switch entry.kind {
        case .file: files.append(path)
        case .folder: try visit(path, depth: depth + 1)
        case .link, .other:
          throw ManifestError(
            .unreadable, entry.kind == .link ? "it is a link" : "it is neither a file nor a folder",
            hint: "a signature over a directory covers plain files alone: put the file itself there, or take it out",
            file: joined(root, path))
        }
      }
    }
  }

  /// Where a file stands, or would stand, below a folder; `nil` when that is elsewhere.
  ///
  /// - Parameters:
  ///   - file: Path of the file; its folder has to be there.
  ///   - root: Real path of the folder.
  /// - Returns: The path below `root`.
  package static func path(of file: String, below root: String) -> String? {
    let name = lastComponent(of: file)
    let folder = file.utf8.count == name.utf8.count ? "." : String(file.dropLast(name.count + 1))
    guard let real = try? realPath(folder.isEmpty ? "/" : folder), isInside(real, root) else { return nil }
    return real.hasSameBytes(as: root) ? name : joined(relativePath(real, below: root), name)
  }
}
