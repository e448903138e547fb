internal import SplitSealBase

extension CroissantReader {
  /// A table of the dataset whose rows name images.
  struct Table {
    let source: ManifestSource
    let layout: any TableLayout
    /// Which of its columns mean what.
    let options: ManifestOptions
    /// What the Croissant file says its digest is.
    let sha256: String?
  }

  /// A field whose values stand in a column.
  private struct Column {
    let field: CroissantDocument.Field
    let name: String
    let isPlain: Bool
  }

  /// The tables whose columns name images, in the order of their record sets, each once.
  func tables() throws(ManifestError) -> [Table] {
    var tables: [Table] = []
    var seen: [String] = []
    for set in document.recordSets where !set.isSplits {
      var files: [String] = []
      for case let origin? in set.fields.map({ $0.source?.origin }) where document.fileObject(origin) != nil {
        if !files.contains(where: { $0.hasSameBytes(as: origin) }) { files.append(origin) }
      }
      for id in files where !seen.contains(where: { $0.hasSameBytes(as: id) }) {
        guard let file = document.fileObject(id), let table = try table(file, set) else { continue }
        seen.append(id)
        tables.append(table)
      }
    }
    return tables
  }

  /// The table that a record set draws from; `nil` when no column of it names an image.
  private func table(
    _ file: CroissantDocument.FileObject, _ set: CroissantDocument.RecordSet
  ) throws(ManifestError) -> Table? {
    let columns: [Column] = set.fields.compactMap { field in
      guard let source = field.source, source.origin.hasSameBytes(as: file.id), let name = source.column else {
        return nil
      }
      return Column(field: field, name: name, isPlain: source.transforms.isEmpty)
    }
    guard let path = pathColumn(among: columns) else { return nil }
    guard !Self.isParquet(file.encodingFormat, [file.contentUrl ?? file.id]) else { throw parquet }
    guard path.isPlain || options.pathColumn != nil else {
      throw fault(
        .malformed, "the images of '\(printable(set.id))' are told by a transformed column, '\(printable(path.name))'",
        hint: "give the table itself as the input, or name a column that holds paths with --path-column")
    }
    var options = options
    options.pathColumn = options.pathColumn ?? path.name
    if options.labelColumn == nil, let label = columns.first(where: { document.isLabel($0.field) && $0.isPlain }) {
      options.labelColumn = label.name
    }
    var splitName = source.splitName
    var pattern: CroissantPattern?
    if splitName == nil, options.splitColumn == nil {
      if let split = columns.first(where: { document.isSplit($0.field) }) {
        if split.isPlain { options.splitColumn = split.name } else { pattern = try splitPattern(of: split.field) }
        guard split.isPlain || split.name.hasSameBytes(as: path.name) else {
          throw fault(
            .malformed, "the split is told by a transformed column, '\(printable(split.name))'",
            hint: "a pattern over paths is known; name a column that holds splits with --split-column")
        }
      } else if !columns.contains(where: { WantedColumn(role: .split, chosenName: nil).rank(of: $0.name) != nil }) {
        pattern = try splitPatternOfFiles()
        if pattern == nil { splitName = nameOfSplit(set, file) }
      }
    }
    let place = try place(of: file)
    let layout = try layout(of: file)
    return Table(
      source: ManifestSource(
        table: place.path, layout, base: options.root == nil ? place.folder : source.base, splitName: splitName,
        splitPattern: pattern),
      layout: layout, options: options, sha256: file.sha256)
  }

  /// The column that names images: the one that the user named, one typed as an image, or one of the usual names.
  private func pathColumn(among columns: [Column]) -> Column? {
    if options.pathColumn == nil, let typed = columns.first(where: { $0.field.dataTypes.contains("ImageObject") }) {
      return typed
    }
    let wanted = WantedColumn(role: .path, chosenName: options.pathColumn)
    return wanted.place(in: columns.map(\.name)).map { columns[$0.index] }
  }

  /// The pattern of a field that tells splits.
  func splitPattern(of field: CroissantDocument.Field) throws(ManifestError) -> CroissantPattern? {
    guard let transforms = field.source?.transforms, let first = transforms.first else { return nil }
    guard transforms.count == 1, case .regex(let text) = first else {
      throw fault(
        .malformed, "the field '\(printable(field.id))' is transformed by more than a regular expression",
        hint: "give the table or the folder itself as the input")
    }
    return try CroissantPattern(text, of: field.id, in: source)
  }

  /// A pattern by which a file set tells splits from whole paths.
  private func splitPatternOfFiles() throws(ManifestError) -> CroissantPattern? {
    for field in document.recordSets.flatMap(\.fields) where document.isSplit(field) {
      guard let source = field.source, document.fileSet(source.origin) != nil, source.fileProperty == "fullpath" else {
        continue
      }
      return try splitPattern(of: field)
    }
    return nil
  }

  /// A split that the record set, its file or the file's name is called after.
  private func nameOfSplit(_ set: CroissantDocument.RecordSet, _ file: CroissantDocument.FileObject) -> String? {
    let name = lastComponent(of: file.contentUrl ?? file.id)
    let stem = String(decoding: Array(name.utf8.prefix { $0 != UInt8(ascii: ".") }), as: UTF8.self)
    return [croissantWord(set.id), croissantWord(file.id), stem].first { options.role(ofSplit: $0) != nil }
  }

  /// The layout of a table: what the Croissant file calls it, else what its name says.
  private func layout(of file: CroissantDocument.FileObject) throws(ManifestError) -> any TableLayout {
    let tables = ManifestLayouts.tables
    let mediaType = file.encodingFormat.map(lowercasedASCII) ?? ""
    let ending = lowercasedExtension(of: lastComponent(of: file.contentUrl ?? file.id))
    let layout =
      tables.first { $0.mediaTypes.contains(mediaType) } ?? tables.first { $0.fileExtensions.contains(ending) }
    guard let layout else {
      throw fault(
        .unknownFormat, "the table '\(printable(file.id))' is not \(alternatives(tables.map(\.title)))",
        hint: "state its encodingFormat: \(alternatives(tables.compactMap(\.mediaTypes.first)))")
    }
    return layout
  }

  /// Where a table lies: as the user would write it, and the real path of its folder.
  private func place(
    of file: CroissantDocument.FileObject
  ) throws(ManifestError) -> (path: String, folder: String) {
    let address = file.contentUrl ?? file.name ?? file.id
    let isRemote = address.firstRange(of: "://") != nil
    let names = isRemote ? [file.name, lastComponent(of: address)].compactMap(\.self) : [address]
    for name in names {
      let relative: String
      do throws(PathRule.Fault) {
        relative = try PathRule.normalized(Array(name.utf8)[...])
      } catch {
        throw fault(.invalidPath, error.reason, hint: error.hint)
      }
      for prefix in prefixes(file.containers) {
        let path = joined(source.base, joined(prefix, relative))
        guard let real = try? realPath(path) else { continue }
        guard isInside(real, root) else {
          throw .linkLeavesRoot(relative, target: real, root: root, file: source.path)
        }
        let shown = options.root == nil ? joined(folderAsGiven, joined(prefix, relative)) : path
        return (shown, String(real.dropLast(lastComponent(of: real).count + 1)))
      }
    }
    throw fault(
      .notFound, "the table '\(printable(names.last ?? file.id))' is not there",
      hint: "download the dataset, extract it beside the Croissant file, or name its folder with --root")
  }

  /// The Croissant file's folder as the user wrote it; empty for the current one.
  private var folderAsGiven: String {
    let name = lastComponent(of: source.path)
    return String(decoding: Array(source.path.utf8.dropLast(name.utf8.count)), as: UTF8.self)
  }
}
