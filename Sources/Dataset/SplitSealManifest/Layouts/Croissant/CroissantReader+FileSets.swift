internal import SplitSealPatterns
internal import SplitSealBase

extension CroissantReader {
  /// Bytes of all patterns of a file set: each is held against every path.
  private static let maximumPatternByteCount = 4096

  /// A file set of images, and the fields that say more of its files.
  private struct Images {
    let files: CroissantDocument.FileSet
    let recordSet: CroissantDocument.RecordSet?
    let includes: [Glob]
    let excludes: [Glob]
    var split: PathField?
    var label: PathField?

    /// The path from where the file set's paths start; `nil` for a file that is not in the set.
    func relative(_ path: String, start: String) -> String? {
      guard path.utf8.starts(with: start.utf8) else { return nil }
      let relative = String(decoding: path.utf8.dropFirst(start.utf8.count), as: UTF8.self)
      let isIn = includes.contains { $0.matches(relative) } && !excludes.contains { $0.matches(relative) }
      return isIn ? relative : nil
    }
  }

  /// A field that is told from a file's path.
  private struct PathField {
    let id: String
    let isOfName: Bool
    var pattern: CroissantPattern?

    mutating func value(of path: String) -> String? {
      let text = isOfName ? lastComponent(of: path) : path
      guard pattern != nil else { return text }
      return pattern?.value(in: text)
    }
  }

  /// Adds every file of the file sets of images, in the order of the bytes of the paths.
  ///
  /// - Returns: Files that were passed over.
  func readFileSets(into builder: inout ManifestBuilder) throws(ManifestError) -> IgnoredTally {
    let sets = try imageSets()
    var walk = FolderWalk(source, root: root, options: options)
    let all = try everyFile(&walk)
    for var images in sets {
      guard let start = startOfFiles(all, &images) else {
        throw fault(
          .empty, "no file is in the file set '\(printable(images.files.id))' (\(shown(images.files.includes)))",
          hint: "download the dataset, extract it beside the Croissant file, or name its folder with --root")
      }
      for path in all {
        guard let relative = images.relative(path, start: start) else { continue }
        try append(path, relative, &images, to: &builder)
      }
    }
    return walk.ignored
  }

  /// Where the paths of a file set start, with a slash at the end: in the first place where there are files and the split
  /// of each is told, else in the first where there are files; `nil` where there are none.
  private func startOfFiles(_ all: [String], _ images: inout Images) -> String? {
    var first: String?
    for prefix in prefixes(images.files.containers) {
      let start = prefix.isEmpty ? "" : prefix + "/"
      var hasFiles = false
      var hasSplits = true
      for path in all {
        guard let relative = images.relative(path, start: start) else { continue }
        hasFiles = true
        if images.split != nil, images.split?.value(of: relative) == nil { hasSplits = false }
      }
      guard hasFiles else { continue }
      if hasSplits { return start }
      first = first ?? start
    }
    return first
  }

  private func everyFile(_ walk: inout FolderWalk) throws(ManifestError) -> [String] {
    var files: [String] = []
    for entry in try walk.entries("") {
      if entry.isFolder {
        try walk.files(in: entry, of: "") { (path) throws(ManifestError) in files.append(path) }
      } else if !walk.isIgnored(entry) {
        files.append(entry.name)
      }
    }
    return files
  }

  private func append(
    _ path: String, _ relative: String, _ images: inout Images, to builder: inout ManifestBuilder
  ) throws(ManifestError) {
    let folders = relative.split(separator: "/").dropLast().map(String.init)
    var split = source.splitName
    if split == nil, images.split != nil {
      split = images.split?.value(of: relative)
      guard split != nil else {
        throw fault(
          .unknownSplit, "the field '\(printable(images.split?.id ?? ""))' gives no split for '\(printable(relative))'",
          hint: "correct its regular expression, or leave the file out of the file set")
      }
    }
    let named = split ?? nameOfSplit(images) ?? folders.first { options.role(ofSplit: $0) != nil }
    guard let named else {
      throw fault(
        .unknownSplit, "nothing says which split '\(printable(relative))' belongs to",
        hint: "give a field that references a record set of cr:Split, a folder of the split's name, or SPLIT=PATH")
    }
    var label = images.label?.value(of: relative)
    if images.label == nil {
      // The first folder below the split's, as folders are read; where the split is no folder, the last one.
      let place = folders.firstIndex { $0.hasSameBytes(as: named) }
      label = place.map { folders[($0 + 1)...].first } ?? folders.last
    }
    func cell(_ text: String) -> Cell { Cell(bytes: Array(text.utf8)[...], column: nil) }
    try builder.append(
      RowCells(path: cell(path), split: source.splitName == nil ? cell(named) : nil, label: label.map(cell)),
      of: source, line: nil)
  }

  /// A split that the record set or the file set is called after.
  private func nameOfSplit(_ images: Images) -> String? {
    [images.recordSet?.id, images.files.id].compactMap { $0.map(croissantWord) }
      .first { options.role(ofSplit: $0) != nil }
  }

  private func shown(_ patterns: [String]) -> String {
    patterns.prefix(3).map { "'\(printable($0))'" }.joined(separator: ", ") + (patterns.count > 3 ? ", ..." : "")
  }

  // MARK: Which file sets hold images

  private func imageSets() throws(ManifestError) -> [Images] {
    var found: [Images] = []
    for set in document.recordSets {
      for image in set.fields where image.dataTypes.contains("ImageObject") {
        guard let source = image.source, let files = document.fileSet(source.origin) else { continue }
        guard !Self.isParquet(files.encodingFormat, files.includes) else { throw parquet }
        if let index = found.firstIndex(where: { $0.files.id.hasSameBytes(as: files.id) }) {
          if found[index].split == nil { found[index].split = try field(of: set, files) { document.isSplit($0) } }
          continue
        }
        guard !set.fields.contains(where: { joinsTable($0) }) else {
          throw fault(
            .malformed, "the images of '\(printable(set.id))' are joined with a table in a way that is not read here",
            hint: "give the table itself as the input")
        }
        found.append(try images(files, set))
      }
    }
    if found.isEmpty {
      for files in document.fileSets where Self.holdsImages(files) { found.append(try images(files, nil)) }
    }
    guard found.isEmpty else { return found }
    guard !document.fileSets.contains(where: { Self.isParquet($0.encodingFormat, $0.includes) }),
      !document.fileObjects.contains(where: { Self.isParquet($0.encodingFormat, [$0.contentUrl ?? ""]) })
    else { throw parquet }
    let columns = document.recordSets.flatMap(\.fields).compactMap { $0.source?.column }
    throw fault(
      .missingColumn,
      "the Croissant file names no images"
        + (columns.isEmpty ? "" : "; its tables have columns \(shown(columns))"),
      hint: "name the column that holds the images' paths with --path-column, or give the table or the folder itself")
  }

  private func images(
    _ files: CroissantDocument.FileSet, _ set: CroissantDocument.RecordSet?
  ) throws(ManifestError) -> Images {
    let patterns = files.includes + files.excludes
    guard patterns.reduce(0, { $0 + $1.utf8.count }) <= Self.maximumPatternByteCount else {
      throw fault(
        .tooLarge,
        "the patterns of the file set '\(printable(files.id))' have more than \(Self.maximumPatternByteCount) bytes",
        hint: "name folders with few patterns, or give the folder itself")
    }
    return Images(
      files: files, recordSet: set, includes: files.includes.map { Glob($0) },
      excludes: files.excludes.map { Glob($0) },
      split: try field(of: set, files) { document.isSplit($0) },
      label: try field(of: set, files) { field in
        document.isLabel(field) || WantedColumn(role: .label, chosenName: nil).rank(of: field.name) != nil
      })
  }

  /// The first field of a kind that is told from the paths of a file set.
  private func field(
    of set: CroissantDocument.RecordSet?, _ files: CroissantDocument.FileSet,
    where isWanted: (CroissantDocument.Field) -> Bool
  ) throws(ManifestError) -> PathField? {
    for field in set?.fields ?? [] where isWanted(field) {
      guard let source = field.source, source.origin.hasSameBytes(as: files.id),
        source.fileProperty == "fullpath" || source.fileProperty == "filename"
      else { continue }
      return PathField(
        id: field.id, isOfName: source.fileProperty == "filename", pattern: try splitPattern(of: field))
    }
    return nil
  }

  private func joinsTable(_ field: CroissantDocument.Field) -> Bool {
    guard let source = field.source, source.column != nil else { return false }
    return document.fileObject(source.origin) != nil
  }

  private static func holdsImages(_ files: CroissantDocument.FileSet) -> Bool {
    let extensions = ["png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff"]
    return files.encodingFormat.map { lowercasedASCII($0).hasPrefix("image/") } == true
      || files.includes.contains { extensions.contains(lowercasedExtension(of: lastComponent(of: $0))) }
  }
}
