internal import SplitSealBase

/// The catalogue of layouts.
package enum ManifestLayouts {
  /// Every layout, in the order of their lists.
  static let all: [any ManifestLayout] = [
    CSVLayout(), TSVLayout(), JSONLinesLayout(), JSONArrayLayout(), FolderLayout(), CroissantLayout(),
  ]

  /// Those that are tables.
  static let tables = all.compactMap { $0 as? any TableLayout }

  /// Tables in which every line is a row: also what lies among images, and what holds predictions.
  static let lineTables = tables.filter { $0.syntax != .arrayOfObjects }

  /// The ends of all files' names, each once.
  static let fileExtensions = distinctExtensions(all)

  /// The ends of the names of some layouts' files, each once, in their order.
  static func distinctExtensions(_ layouts: [any ManifestLayout]) -> [String] {
    var found: [String] = []
    for name in layouts.flatMap(\.fileExtensions) where !found.contains(name) { found.append(name) }
    return found
  }

  /// The ends of some layouts' files for a sentence: `.csv, .tsv or .jsonl`.
  static func extensionList(_ layouts: [any ManifestLayout]) -> String {
    alternatives(distinctExtensions(layouts).map { ".\($0)" })
  }

  /// What an input may be, for the help: the ends of files' names, the titles of layouts that have none of their own, and
  /// the folders.
  package static var inputHelp: String {
    var known: [String] = []
    var files: [String] = []
    var folders: [String] = []
    for layout in all {
      if layout.takesFolders { folders.append(layout.title) }
      guard !layout.fileExtensions.isEmpty else { continue }
      let new = layout.fileExtensions.filter { !known.contains($0) }
      files += new.isEmpty ? [layout.title] : new.map { ".\($0)" }
      known += new
    }
    return "a manifest (\(alternatives(files))), a folder (\(alternatives(folders))), or SPLIT=PATH for either"
  }

  // MARK: Which one an input has

  /// The layout of an input: the one that is surest of it.
  ///
  /// - Parameters:
  ///   - candidate: The input.
  ///   - layouts: Those that it may have.
  /// - Returns: A layout of `layouts`.
  /// - Throws: ``ManifestError`` if no layout fits, and if two fit equally well.
  static func layout(
    of candidate: LayoutCandidate, among layouts: [any ManifestLayout] = all
  ) throws(ManifestError) -> any ManifestLayout {
    var best: [any ManifestLayout] = []
    var highest = LayoutConfidence.possible
    for layout in layouts {
      guard let confidence = layout.recognises(candidate), confidence >= highest else { continue }
      if confidence > highest { best = [] }
      highest = confidence
      best.append(layout)
    }
    guard let found = best.first else { throw unknown(candidate, among: layouts) }
    guard best.count == 1 else {
      throw ManifestError(
        .unknownFormat, "\(enumeration(best.map(\.title))) fit equally well",
        hint: candidate.isFolder
          ? "give the file that lists the images instead, or a folder that holds only what belongs to one of them"
          : "give the file of one of them, or the folder of the images",
        file: candidate.path)
    }
    return found
  }

  private static let archiveExtensions = ["gz", "bz2", "xz", "zst", "zip", "tar", "tgz", "7z"]

  private static func unknown(_ candidate: LayoutCandidate, among layouts: [any ManifestLayout]) -> ManifestError {
    guard !archiveExtensions.contains(candidate.fileExtension) else {
      return ManifestError(
        .unknownFormat, "a compressed file is not a manifest", hint: "decompress it", file: candidate.path)
    }
    return ManifestError(
      .unknownFormat, "the name does not say which format this is",
      hint: "a manifest ends in \(extensionList(layouts)); a dataset without one is given as its folder",
      file: candidate.path)
  }
}
