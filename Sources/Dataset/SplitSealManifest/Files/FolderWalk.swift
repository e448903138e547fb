internal import SplitSealBase

/// Walks a folder depth first, in order of the UTF-8 bytes of the paths.
///
/// A link to a folder inside the root is walked like a folder, as often as it stands somewhere: a validation set that is
/// a link to the training set is a leak to report. What would go round in circles is counted as ignored: a link to a
/// folder that the walk is already in.
struct FolderWalk {
  /// Folders inside one another.
  private static let maximumDepth = 64
  /// Files and folders that are reached through links, so that a few folders full of links cannot list for ever.
  private static let maximumLinkedCount = 10_000_000

  /// How often one folder is walked through links: a few folders that are full of links to each other would otherwise be
  /// walked in every order.
  private static let maximumVisitCount = 64

  private let source: ManifestSource
  private let root: String
  private let exclusion: PathExclusion
  /// Whether folders that hold what is said of the images, beside one that holds the images, are passed over.
  private let skipsAnnotations: Bool
  private var linkedCount = 0
  private var visits: [FileStatus.Identity: Int] = [:]
  /// Files, folders and circular links that were passed over.
  private(set) var ignored = IgnoredTally()
  /// The tables among them that are read, by the bytes of their paths below the source.
  private var readTables: Set<[UInt8]> = []

  init(_ source: ManifestSource, root: String, options: ManifestOptions, skipsAnnotations: Bool = false) {
    self.source = source
    self.root = root
    self.skipsAnnotations = skipsAnnotations
    exclusion = PathExclusion(options.excludedPatterns)
  }

  /// What stands directly in the folder at `path` below the source; folders that hold no images of the dataset, hidden names
  /// and what the user excludes are left out and counted.
  ///
  /// A name that is not UTF-8 is listed like others: whoever reads it is told what is wrong.
  mutating func entries(_ path: String) throws(ManifestError) -> [FolderEntry] {
    let all: [FolderEntry]
    do throws(SystemFault) {
      // What this program wrote beside the images is no file of the dataset: certifying twice is to say the same.
      all = try FolderEntry.list(joined(source.base, path)).filter { !$0.name.utf8.elementsEqual(".splitseal".utf8) }
    } catch {
      throw ManifestSource.error(error, path: joined(source.path, path))
    }
    let hasImageFolder = skipsAnnotations && all.contains { $0.isFolder && FolderNames.holdsImages($0.name) }
    return all.filter { entry in
      let isOut =
        (entry.isFolder ? IgnoredFiles.containsFolder(entry.name) : IgnoredFiles.isHidden(entry.name))
        || (hasImageFolder && entry.isFolder && FolderNames.holdsAnnotations(entry.name))
        || exclusion.contains(entry: entry.name, at: joined(path, entry.name))
      if isOut { ignore(entry) }
      return !isOut
    }
  }

  /// Counts what is passed over.
  mutating func ignore(_ entry: FolderEntry) { ignored.add(entry.name, isFolder: entry.isFolder) }

  /// Takes note that a table among the images is read, so that it is not among what was passed over.
  mutating func reads(table path: String) { readTables.insert(Array(path.utf8)) }

  /// Counts a file as passed over when its name says that it is no image.
  mutating func isIgnored(_ entry: FolderEntry, in folder: String = "") -> Bool {
    guard !entry.isFolder, IgnoredFiles.contains(entry.name) else { return false }
    if !readTables.contains(Array(joined(folder, entry.name).utf8)) { ignore(entry) }
    return true
  }

  /// Calls `visit` with the path below the source of every file in a folder that may be an image.
  ///
  /// A folder that cannot be read, or whose name is not UTF-8, is visited as if it were a file: reading it says why.
  mutating func files(
    in entry: FolderEntry, of path: String, visit: (String) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    try files(in: entry, of: path, enter: { _, _ in [] }, visit: visit)
  }

  /// The same, where `enter` is given each folder's path and entries before its files are visited, and says which of them are
  /// tables that it reads.
  mutating func files(
    in entry: FolderEntry, of path: String,
    enter: (_ folder: String, _ entries: [FolderEntry]) throws(ManifestError) -> [String],
    visit: (String) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    let top = try identity(path)
    try files(in: entry, of: path, within: [top], isLinked: false, enter: enter, visit: visit)
  }

  private mutating func files(
    in entry: FolderEntry, of parent: String, within folders: [FileStatus.Identity], isLinked: Bool,
    enter: (_ folder: String, _ entries: [FolderEntry]) throws(ManifestError) -> [String],
    visit: (String) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    let path = joined(parent, entry.name)
    guard entry.isValid, !isForbidden(path) else { return try visit(path) }
    let identity = try identity(path)
    var isLinked = isLinked
    if entry.kind == .link {
      try checkTarget(path)
      guard !folders.contains(identity) else {
        ignore(entry)
        return
      }
      isLinked = true
    }
    guard folders.count < Self.maximumDepth else {
      throw ManifestError(.tooLarge, "folders are nested more than 64 deep", file: joined(source.path, path))
    }
    if isLinked {
      visits[identity, default: 0] += 1
      guard visits[identity, default: 0] <= Self.maximumVisitCount else {
        throw ManifestError(
          .tooLarge, "links lead to this folder more than \(Self.maximumVisitCount) times",
          hint: "give a manifest that names the images", file: joined(source.path, path))
      }
    }
    let entries = try entries(path)
    if isLinked {
      linkedCount += entries.count + 1
      guard linkedCount <= Self.maximumLinkedCount else {
        throw ManifestError(
          .tooLarge, "more than 10,000,000 files are reached through links to folders",
          hint: "give a manifest that names the images", file: source.path)
      }
    }
    for table in try enter(path, entries) { reads(table: table) }
    for entry in entries {
      if entry.isFolder {
        try files(
          in: entry, of: path, within: folders + [identity], isLinked: isLinked, enter: enter, visit: visit)
      } else if !isIgnored(entry, in: path) {
        try visit(joined(path, entry.name))
      }
    }
  }

  /// Whether a folder cannot be listed, for a reason that is its own.
  private func isForbidden(_ path: String) -> Bool {
    do throws(SystemFault) {
      _ = try OpenFile(folder: joined(source.base, path))
      return false
    } catch {
      return error.isOfOneFile
    }
  }

  private func identity(_ path: String) throws(ManifestError) -> FileStatus.Identity {
    do throws(SystemFault) {
      return try FileStatus(joined(source.base, path), followsLinks: true).identity
    } catch {
      throw ManifestSource.error(error, path: joined(source.path, path))
    }
  }

  private func checkTarget(_ path: String) throws(ManifestError) {
    let target: String
    do throws(SystemFault) {
      target = try realPath(joined(source.base, path))
    } catch {
      throw ManifestSource.error(error, path: joined(source.path, path))
    }
    guard isInside(target, root) else {
      throw .linkLeavesRoot(path, target: target, root: root, file: source.path)
    }
  }
}

extension ManifestError {
  /// A link among the images that leads out of the dataset.
  static func linkLeavesRoot(
    _ path: String, target: String, root: String, file: String, line: Int? = nil
  ) -> ManifestError {
    ManifestError(
      .pathLeavesRoot,
      "'\(printable(path))' is a link to '\(printable(target))', outside the root '\(printable(root))'",
      hint: "put the file itself there, or give a root that holds both with --root", file: file, line: line)
  }
}
