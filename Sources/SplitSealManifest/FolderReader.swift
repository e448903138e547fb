/// Reads a folder: `SPLIT/LABEL/image` or `SPLIT/image`, or `LABEL/image` or `image` when the split is given.
///
/// The label is the first folder below the split; folders below that are only part of the path.
struct FolderReader {
  private let source: ManifestSource
  private let options: ManifestOptions
  private var walk: FolderWalk

  /// Adds the images of the folder to the manifest.
  static func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    var reader = FolderReader(source: source, options: options, walk: FolderWalk(source, root: root))
    let firstRow = builder.rowCount
    let entries = try reader.walk.entries("")
    if source.splitName != nil {
      try reader.readSplit(entries, into: &builder)
    } else {
      try reader.readDataset(entries, into: &builder)
    }
    guard builder.rowCount > firstRow else { throw reader.empty }
    return ManifestInput(path: source.path, format: .folder, ignoredFileCount: reader.walk.ignoredCount)
  }

  private var empty: ManifestError {
    let count = walk.ignoredCount
    let ignored = count == 1 ? "1 file was passed over" : "\(count) files were passed over"
    return ManifestError(
      .empty, "no images in the folder" + (count == 0 ? "" : "; \(ignored)"),
      hint: "hidden files, texts, tables and archives are not taken for images", file: source.path)
  }

  /// A folder that is one split as a whole.
  private mutating func readSplit(
    _ entries: [FolderEntry], into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    for entry in entries {
      if entry.isFolder {
        let label = Cell(bytes: Array(entry.name.utf8)[...], column: nil)
        try walk.files(in: entry, of: "") { (path) throws(ManifestError) in
          try builder.append(RowCells(path: Self.cell(path), label: label), of: source, line: nil)
        }
      } else if !walk.isIgnored(entry) {
        try builder.append(RowCells(path: Self.cell(entry.name)), of: source, line: nil)
      }
    }
  }

  /// A folder whose folders are splits.
  private mutating func readDataset(
    _ entries: [FolderEntry], into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    try checkThatSplitsStand(in: entries)
    for entry in entries where !walk.isIgnored(entry) {
      guard entry.isFolder else { throw stray(entry) }
      guard options.role(ofSplit: entry.name) != nil else {
        try walk.files(in: entry, of: "") { (path) throws(ManifestError) in
          throw ManifestError(
            .unknownSplit, "unknown split '\(printable(entry.name))', which holds '\(printable(path))'",
            hint: ManifestError.roleHint(for: entry.name, options: options), file: source.path)
        }
        continue
      }
      let split = Self.cell(entry.name)
      try walk.files(in: entry, of: "") { (path) throws(ManifestError) in
        let bytes = Array(path.utf8)
        let components = bytes.split(separator: UInt8(ascii: "/"), maxSplits: 2)
        let label = components.count == 3 ? Cell(bytes: components[1], column: nil) : nil
        try builder.append(RowCells(path: Self.cell(path), split: split, label: label), of: source, line: nil)
      }
    }
  }

  /// Throws unless a folder is named like a split: then this folder is most likely one split, or no dataset.
  private func checkThatSplitsStand(in entries: [FolderEntry]) throws(ManifestError) {
    let folders = entries.filter(\.isFolder)
    guard !folders.contains(where: { options.role(ofSplit: $0.name) != nil }) else { return }
    guard !folders.isEmpty || entries.contains(where: { !IgnoredFiles.contains($0.name) }) else {
      throw ManifestError(
        .empty, "no images in the folder", hint: "hidden files, texts, tables and archives are not taken for images",
        file: source.path)
    }
    let shown = folders.prefix(5).map { "'\(printable($0.name))'" }.joined(separator: ", ")
    let names = folders.isEmpty ? "" : " (\(shown)\(folders.count > 5 ? " and \(folders.count - 5) more" : ""))"
    throw ManifestError(
      .unknownSplit, "no folder in it is a known split\(names)",
      hint: "if the folder is one split, say which: train=\(printable(source.path)); if its folders are splits, "
        + "give their roles: --role NAME=ROLE (training, validation, test or other)",
      file: source.path)
  }

  private func stray(_ entry: FolderEntry) -> ManifestError {
    ManifestError(
      .unknownSplit, "'\(printable(entry.name))' is in no split",
      hint: "move it into the folder of a split, or out of the dataset", file: source.path)
  }

  private static func cell(_ text: String) -> Cell { Cell(bytes: Array(text.utf8)[...], column: nil) }
}
