/// One way in which the list of a dataset's images is laid out on disk: a kind of table, of folder, of description file.
///
/// A layout is one type, in the folder of its kind. Everything that lists layouts derives from ``ManifestLayouts/all``:
/// how an input is recognised, the error that names the accepted extensions, the help, the names in reports, the numbers
/// in shards, the media types in certificates, and the tables in the documentation.
protocol ManifestLayout: Sendable {
  /// The name in reports, in lower case; it never changes.
  var name: String { get }
  /// What people call it, to put into a sentence: `CSV`, `SPLIT/LABEL/image`.
  var title: String { get }
  /// The number in shards; it belongs to the layout for good, even if the layout is given up.
  var wireCode: UInt8 { get }
  /// How its files' names end, in lower case and without the full stop; empty if the name of a file says nothing.
  var fileExtensions: [String] { get }
  /// Whether an input may be a folder.
  var takesFolders: Bool { get }
  /// What an input has to be, in Markdown, for the table in docs/manifests.md.
  var requirement: String { get }
  /// How an input is read, in Markdown, for the same table.
  var summary: String { get }
  /// What the web calls its files; a certificate states the first one. Empty if a certificate does not name the file.
  var mediaTypes: [String] { get }
  /// Whether images are found by listing folders, so that other files may be passed over and have to be counted.
  var listsFolders: Bool { get }

  /// How sure it is that an input is laid out like this; `nil` if the input is not.
  func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence?

  /// Adds the samples of an input to the manifest.
  ///
  /// The paths that it gives to `builder` start from `source.base`. It may end the input and begin others, if the rows are
  /// in other files than the input; it leaves the last one to its caller to end.
  ///
  /// - Parameters:
  ///   - source: The input, which was begun.
  ///   - options: What columns mean, and which files are left out.
  ///   - root: Real path of the folder that nothing may lead out of.
  ///   - builder: Takes the rows.
  /// - Returns: The input that was begun last, as the manifest records it.
  /// - Throws: ``ManifestError`` naming the file, and the line where there is one, of the first fault.
  func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput

  /// How `repair` and `split` write the input with other splits.
  var editing: LayoutEditing { get }
}

extension ManifestLayout {
  var requirement: String { fileExtensions.map { "`.\($0)`" }.joined(separator: ", ") }
  var takesFolders: Bool { false }
  var listsFolders: Bool { takesFolders }
  var mediaTypes: [String] { [] }
}

/// How sure a layout is of an input, from less to more.
enum LayoutConfidence: Int, Comparable {
  /// The name or the kind of the input fits; others may fit better.
  case possible
  /// Some of its content is as this layout has it, and could be by chance.
  case likely
  /// A file or a key is there that only this layout has.
  case certain

  static func < (a: LayoutConfidence, b: LayoutConfidence) -> Bool { a.rawValue < b.rawValue }
}

/// How an input is written with other splits.
enum LayoutEditing: Sendable {
  /// Its text is copied, with only some cells changed.
  case inPlace(@Sendable (ManifestText, ManifestSource, ManifestOptions) -> any EditableTable)
  /// A new CSV table with path, split and label takes its place.
  case asNewTable
  /// It cannot be written; the hint says what to give instead.
  case impossible(hint: String)
}
