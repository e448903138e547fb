internal import SplitSealBase

/// Reads a folder: `SPLIT/LABEL/image` or `SPLIT/image`, or `LABEL/image` or `image` when the split is given.
///
/// The label is the first folder below the split that is no folder of all images; folders below that are only part of the
/// path. A table among the images says more. `images/SPLIT/...` is read as `SPLIT/...` is.
struct FolderReader {
  private let source: ManifestSource
  private let options: ManifestOptions
  private var walk: FolderWalk
  /// What there is to say of files in no split.
  private var notes: [String] = []

  /// Adds the images of the folder to the manifest.
  static func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    var reader = FolderReader(
      source: source, options: options,
      walk: FolderWalk(source, root: root, options: options, skipsAnnotations: true))
    let firstRow = builder.rowCount
    let entries = try reader.walk.entries("")
    var tables = FolderTables(source, options: options, root: root)
    for table in try tables.enter("", entries) { reader.walk.reads(table: table) }
    var input = ManifestInput(path: source.path, format: .folder)
    if source.splitName != nil {
      try reader.readSplit(entries, &tables, into: &builder)
    } else if let table = tables.topmost, table.hasSplits, reader.splits(among: entries).isEmpty {
      input = table.input
      try reader.readTable(table, entries, into: &builder)
    } else {
      try reader.readDataset(entries, &tables, into: &builder)
    }
    guard builder.rowCount > firstRow else { throw reader.empty }
    let ignored = reader.walk.ignored
    return ManifestInput(
      path: input.path, format: input.format, sha256: input.sha256, ignoredFileCount: ignored.count,
      ignoredNames: ignored.names, notes: reader.notes)
  }

  private init(source: ManifestSource, options: ManifestOptions, walk: FolderWalk) {
    (self.source, self.options, self.walk) = (source, options, walk)
  }

  private static let emptyHint = "hidden files, texts, tables and archives are not taken for images"

  private var empty: ManifestError {
    let count = walk.ignored.count
    let ignored = count == 1 ? "1 file was passed over" : "\(count) files were passed over"
    return ManifestError(
      .empty, "no images in the folder" + (count == 0 ? "" : "; \(ignored)"), hint: Self.emptyHint, file: source.path)
  }

  /// The folders that are called like splits.
  private func splits(among entries: [FolderEntry]) -> [FolderEntry] {
    entries.filter { $0.isFolder && $0.isValid && options.role(ofSplit: $0.name) != nil }
  }

  /// The label that the folders of a path tell, where so many of them stand above the labels.
  private static func label(_ path: String, below depth: Int) -> Cell? {
    let folders = path.utf8.split(separator: UInt8(ascii: "/")).dropLast().dropFirst(depth)
    let label = folders.lazy.map { String(decoding: $0, as: UTF8.self) }.first { !FolderNames.holdsImages($0) }
    return label.map { Cell($0) }
  }

  /// A folder that is one split as a whole.
  private mutating func readSplit(
    _ entries: [FolderEntry], _ tables: inout FolderTables, into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    for entry in entries {
      if entry.isFolder {
        try walk.files(in: entry, of: "") { (folder, entries) throws(ManifestError) in
          try tables.enter(folder, entries)
        } visit: { (path) throws(ManifestError) in
          try tables.append(path, split: nil, folderLabel: Self.label(path, below: 0), into: &builder)
        }
      } else if !walk.isIgnored(entry) {
        try tables.append(entry.name, split: nil, folderLabel: nil, into: &builder)
      }
    }
    try tables.finish(excluding: PathExclusion(options.excludedPatterns), into: &builder) { _ in nil }
  }

  /// A folder whose table says which split an image is in; images that it does not name are in none.
  private mutating func readTable(
    _ table: FolderTable, _ entries: [FolderEntry], into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    if let name = table.groupName { builder.foundGroupColumn(named: name) }
    if table.hasLabelLists { builder.foundLabelLists() }
    for row in table.rows { try builder.append(row.cells, of: table.source, line: row.line) }
    var unnamed: [String] = []
    for entry in entries {
      if entry.isFolder {
        try walk.files(in: entry, of: "") { (path) throws(ManifestError) in
          if table.rows(of: path) == nil { unnamed.append(path) }
        }
      } else if !walk.isIgnored(entry), table.rows(of: entry.name) == nil {
        unnamed.append(entry.name)
      }
    }
    for note in table.notes { builder.note(note) }
    noteOutside(unnamed, "in no row of \(printable(table.source.path))")
  }

  /// A folder whose folders are splits.
  private mutating func readDataset(
    _ entries: [FolderEntry], _ tables: inout FolderTables, into builder: inout ManifestBuilder
  ) throws(ManifestError) {
    var (top, entries) = ("", entries)
    if splits(among: entries).isEmpty {
      guard let images = try imageFolder(among: entries) else { throw try noSplits(entries) }
      for entry in entries where !entry.name.hasSameBytes(as: images.name) && !walk.isIgnored(entry) {
        walk.ignore(entry)
      }
      (top, entries) = (images.name, try walk.entries(images.name))
      for table in try tables.enter(top, entries) { walk.reads(table: table) }
    }
    let depth = top.isEmpty ? 1 : 2
    var strays: [String] = []
    for entry in entries where !walk.isIgnored(entry, in: top) {
      guard entry.isFolder, entry.isValid else {
        walk.ignore(entry)
        strays.append(joined(top, entry.name))
        continue
      }
      guard options.role(ofSplit: entry.name) != nil else {
        try passOver(entry, of: top)
        continue
      }
      let split = Cell(entry.name)
      try walk.files(in: entry, of: top) { (folder, entries) throws(ManifestError) in
        try tables.enter(folder, entries)
      } visit: { (path) throws(ManifestError) in
        try tables.append(path, split: split, folderLabel: Self.label(path, below: depth), into: &builder)
      }
    }
    noteOutside(strays, "in no split")
    let options = options
    try tables.finish(excluding: PathExclusion(options.excludedPatterns), into: &builder) { path in
      let folders = path.utf8.split(separator: UInt8(ascii: "/")).dropLast()
      let split = folders.dropFirst(depth - 1).first.map { String(decoding: $0, as: UTF8.self) }
      return split.flatMap { options.role(ofSplit: $0) == nil ? nil : Cell($0) }
    }
  }

  /// The folder that holds the splits because it holds all images; `nil` where there is none.
  private mutating func imageFolder(among entries: [FolderEntry]) throws(ManifestError) -> FolderEntry? {
    for entry in entries where entry.isFolder && FolderNames.holdsImages(entry.name) {
      if !splits(among: entriesIfReadable(entry)).isEmpty { return entry }
    }
    return nil
  }

  private func entriesIfReadable(_ entry: FolderEntry) -> [FolderEntry] {
    (try? FolderEntry.list(joined(source.base, entry.name))) ?? []
  }

  /// Passes over a folder beside the splits, unless it may hold images.
  private mutating func passOver(_ entry: FolderEntry, of top: String) throws(ManifestError) {
    guard !FolderNames.holdsAnnotations(entry.name), !FolderNames.holdsAnnotationsOfSplit(entry.name) else {
      walk.ignore(entry)
      return
    }
    let (options, source) = (options, source)
    try walk.files(in: entry, of: top) { (path) throws(ManifestError) in
      throw ManifestError(
        .unknownSplit, "unknown split '\(printable(entry.name))', which holds '\(printable(path))'",
        hint: ManifestError.roleHint(for: entry.name, options: options), file: source.path)
    }
  }

  /// Says which files were left out because nothing says which split they are in.
  private mutating func noteOutside(_ paths: [String], _ where: String) {
    guard !paths.isEmpty else { return }
    let shown = paths.prefix(5).map { "'\(printable($0))'" }.joined(separator: ", ")
    let rest = paths.count > 5 ? " and \(paths.count - 5) more" : ""
    notes.append("\(shown)\(rest): \(`where`), so not audited")
  }

  /// Why the folder is no dataset: it is one split, or something around the dataset, or holds no images.
  private func noSplits(_ entries: [FolderEntry]) throws(ManifestError) -> ManifestError {
    let folders = entries.filter(\.isFolder)
    guard !folders.isEmpty || entries.contains(where: { !IgnoredFiles.contains($0.name) }) else {
      return ManifestError(.empty, "no images in the folder", hint: Self.emptyHint, file: source.path)
    }
    let shown = folders.prefix(5).map { "'\(printable($0.name))'" }.joined(separator: ", ")
    let names = folders.isEmpty ? "" : " (\(shown)\(folders.count > 5 ? " and \(folders.count - 5) more" : ""))"
    return ManifestError(
      .unknownSplit, "no folder in it is a known split\(names)",
      hint: wrapperHint(folders)
        ?? "if the folder is one split, say which: train=\(printable(source.path)); if its folders are splits, "
        + "give their roles: --role NAME=ROLE (training, validation, test or other)",
      file: source.path)
  }

  /// Names the folder that holds the splits one level down; `nil` where none does.
  private func wrapperHint(_ folders: [FolderEntry]) -> String? {
    for folder in folders.prefix(20) {
      let splits = splits(among: entriesIfReadable(folder))
      guard !splits.isEmpty else { continue }
      let names = splits.prefix(5).map { "'\(printable($0.name))'" }.joined(separator: ", ")
      return "its folder '\(printable(folder.name))' holds \(names): "
        + "give \(printable(joined(source.path, folder.name)))"
    }
    return nil
  }
}

extension Cell {
  /// A field that no table holds.
  init(_ text: String) { self.init(bytes: Array(text.utf8)[...], column: nil) }

  /// The field's text.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
