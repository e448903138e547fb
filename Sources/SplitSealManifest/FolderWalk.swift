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
  private var linkedCount = 0
  private var visits: [FileStatus.Identity: Int] = [:]
  /// Files, hidden folders and circular links that were passed over.
  private(set) var ignoredCount = 0

  init(_ source: ManifestSource, root: String) {
    self.source = source
    self.root = root
  }

  /// What stands directly in the folder at `path` below the source, hidden names left out and counted.
  mutating func entries(_ path: String) throws(ManifestError) -> [FolderEntry] {
    let all: [FolderEntry]
    do throws(SystemFault) {
      // What this program wrote beside the images is no file of the dataset: certifying twice is to say the same.
      all = try FolderEntry.list(joined(source.base, path)).filter { !$0.name.utf8.elementsEqual(".splitseal".utf8) }
    } catch {
      throw ManifestSource.error(error, path: joined(source.path, path))
    }
    let visible = all.filter { !IgnoredFiles.isHidden($0.name) }
    ignoredCount += all.count - visible.count
    if let entry = visible.first(where: { !$0.isValid }) {
      throw ManifestError(
        .invalidUTF8, "the name '\(printable(entry.name))' is not valid UTF-8", hint: "rename the file",
        file: joined(source.path, path))
    }
    return visible
  }

  /// Counts a file as passed over when its name says that it is no image.
  mutating func isIgnored(_ entry: FolderEntry) -> Bool {
    guard !entry.isFolder, IgnoredFiles.contains(entry.name) else { return false }
    ignoredCount += 1
    return true
  }

  /// Calls `visit` with the path below the source of every file in a folder that may be an image.
  mutating func files(
    in entry: FolderEntry, of path: String, visit: (String) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    let top = try identity(path)
    try files(in: entry, of: path, within: [top], isLinked: false, visit: visit)
  }

  private mutating func files(
    in entry: FolderEntry, of parent: String, within folders: [FileStatus.Identity], isLinked: Bool,
    visit: (String) throws(ManifestError) -> Void
  ) throws(ManifestError) {
    let path = joined(parent, entry.name)
    let identity = try identity(path)
    var isLinked = isLinked
    if entry.kind == .link {
      try checkTarget(path)
      guard !folders.contains(identity) else {
        ignoredCount += 1
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
    for entry in entries {
      if entry.isFolder {
        try files(in: entry, of: path, within: folders + [identity], isLinked: isLinked, visit: visit)
      } else if !isIgnored(entry) {
        try visit(joined(path, entry.name))
      }
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
