internal import SplitSealBase

/// Reads the splits, labels and files of a Croissant file, from a dataset that lies extracted beside it.
///
/// Nothing is downloaded or unpacked. A table that names images counts before the patterns of file sets, as it says more.
struct CroissantReader {
  let source: ManifestSource
  let options: ManifestOptions
  let document: CroissantDocument
  /// The root of all inputs.
  let root: String

  /// Adds the images of a Croissant file to the manifest.
  ///
  /// Its own bytes are not among the digests of a certificate: it may point to the certificate, which could not be
  /// written then.
  static func read(
    _ text: ManifestText, of source: ManifestSource, options: ManifestOptions, root: String,
    into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    let document = try CroissantDocument(text, of: source)
    builder.declare(document.roles)
    var options = options
    for (name, role) in document.roles where options.roles[name] == nil { options.roles[name] = role }
    let reader = CroissantReader(source: source, options: options, document: document, root: root)
    let tables = try reader.tables()
    guard let last = tables.last else {
      let ignored = try reader.readFileSets(into: &builder)
      return ManifestInput(
        path: source.path, format: .croissant, ignoredFileCount: ignored.count, ignoredNames: ignored.names)
    }
    // The rows stand in the tables, which are inputs of their own.
    builder.end(ManifestInput(path: source.path, format: .croissant))
    for table in tables.dropLast() {
      builder.begin(table.source)
      builder.end(try reader.read(table, into: &builder))
    }
    builder.begin(last.source)
    return try reader.read(last, into: &builder)
  }

  private func read(_ table: Table, into builder: inout ManifestBuilder) throws(ManifestError) -> ManifestInput {
    let text = try ManifestText(of: table.source)
    try check(text, of: table)
    try table.layout.readRows(text, of: table.source, options: table.options, into: &builder)
    return text.input(table.source)
  }

  /// Compares a table with the digest that the Croissant file gives, where it is one.
  private func check(_ text: ManifestText, of table: Table) throws(ManifestError) {
    guard let stated = table.sha256, let actual = text.input(table.source).sha256 else { return }
    let digits = actual.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    guard !digits.hasSameBytes(as: stated) else { return }
    throw ManifestError(
      .malformed, "the file has SHA-256 \(digits), and '\(printable(source.path))' says \(stated)",
      hint: "get the file again, or correct the Croissant file", file: table.source.path)
  }

  /// An error about the Croissant file.
  func fault(_ code: ManifestError.Code, _ message: String, hint: String) -> ManifestError {
    ManifestError(code, message, hint: hint, file: source.path)
  }

  /// What to do about images that are inside Parquet files.
  var parquet: ManifestError {
    fault(
      .unknownFormat, "the images are in Parquet files, which are not read here",
      hint: "export to imagefolder first: folders SPLIT/LABEL/image, or files with a metadata.csv")
  }

  static func isParquet(_ format: String?, _ names: [String]) -> Bool {
    format.map { lowercasedASCII($0).hasSuffix("parquet") } == true
      || names.contains { lowercasedExtension(of: lastComponent(of: $0)) == "parquet" }
  }

  /// The folders in which an archive's files may lie, most special first: in one of its name, where it lies, or at the top.
  func prefixes(_ containers: [String]) -> [String] {
    containers.flatMap { id in
      let address = document.fileObject(id)?.contentUrl ?? id
      let name = lastComponent(of: address)
      let stem = String(decoding: Array(name.utf8.prefix { $0 != UInt8(ascii: ".") }), as: UTF8.self)
      let isLocal = address.firstRange(of: "://") == nil
      guard isLocal, let path = try? PathRule.normalized(Array(address.utf8)[...]), path.utf8.count > name.utf8.count
      else { return stem.isEmpty ? [] : [stem] }
      let folder = String(decoding: Array(path.utf8.dropLast(name.utf8.count + 1)), as: UTF8.self)
      return stem.isEmpty ? [folder] : [joined(folder, stem), stem, folder]
    } + [""]
  }
}
