internal import SplitSealBase

/// One input of the command line, before its rows are read: `PATH` or `SPLIT=PATH`.
struct ManifestSource {
  /// The path as the user gave it, without `SPLIT=`.
  let path: String
  /// The split named before the path.
  let splitName: String?
  let layout: any ManifestLayout
  /// Whether the input is a folder, whose rows are the files that it holds.
  let isFolder: Bool
  /// Real path of the folder that the rows' paths start from.
  let base: String
  /// Tells the split of a row from its path, where the input has no column for it.
  let splitPattern: CroissantPattern?

  /// Whether it is a table among the images of a folder, which need not say what split they are in.
  let isAmongImages: Bool

  /// The layout as the manifest records it.
  var format: ManifestInput.Format { ManifestInput.Format(layout) }

  /// Whether a row has to have a field for its split.
  var needsSplitColumn: Bool { splitName == nil && splitPattern == nil && !isAmongImages }

  /// Finds out which layout it has, and where it is.
  ///
  /// `root` is the real path of the folder that all paths are relative to, `nil` for the manifest's own folder.
  init(_ input: String, root: String?) throws(ManifestError) {
    splitPattern = nil
    isAmongImages = false
    (splitName, path) = parseInputArgument(input)
    let status: FileStatus
    do throws(SystemFault) {
      status = try FileStatus(path, followsLinks: true)
    } catch {
      throw Self.error(error, path: path)
    }
    switch status.kind {
    case .folder: isFolder = true
    case .file: isFolder = false
    case .link, .other:
      throw ManifestError(
        .unreadable, "it is neither a file nor a folder", hint: "save it as a file and name that", file: path)
    }
    layout = try ManifestLayouts.layout(of: LayoutCandidate(path, isFolder: isFolder))
    do throws(SystemFault) {
      if !isFolder, let root {
        base = root
      } else {
        base = try realPath(isFolder ? path : Self.folder(of: path))
      }
    } catch {
      throw Self.error(error, path: path)
    }
    if let root, !isInside(base, root) {
      throw ManifestError(
        .pathLeavesRoot, "the folder is not inside the root '\(printable(root))'",
        hint: "give a root that holds it with --root, or none", file: path)
    }
  }

  /// Looks at a file that is no input: its name is taken as it is, and its paths start from its own folder.
  init(file: String, hint: String) throws(ManifestError) {
    let source: ManifestSource
    do throws(ManifestError) {
      // Behind a slash an '=' parts nothing.
      source = try ManifestSource(file.isEmpty || file.utf8.first == UInt8(ascii: "/") ? file : "./" + file, root: nil)
    } catch {
      throw ManifestError(error.code, error.message, hint: hint, file: file.isEmpty ? "''" : file)
    }
    (path, splitName, base, splitPattern) = (file, nil, source.base, nil)
    (layout, isFolder, isAmongImages) = (source.layout, source.isFolder, false)
  }

  /// A table that another input names.
  init(
    table path: String, _ layout: any TableLayout, base: String, splitName: String?, splitPattern: CroissantPattern?
  ) {
    (self.path, self.splitName, self.layout) = (path, splitName, layout)
    (self.base, self.splitPattern) = (base, splitPattern)
    (isFolder, isAmongImages) = (false, false)
  }

  /// A table among the images of a folder, by its path below that.
  init(amongImages path: String, _ layout: any TableLayout, of folder: ManifestSource, base: String) {
    (self.path, self.layout, self.base) = (joined(folder.path, path), layout, base)
    (splitName, splitPattern, isFolder, isAmongImages) = (nil, nil, false, true)
  }

  /// Real path of the folder that `--root` names.
  static func root(_ path: String) throws(ManifestError) -> String {
    let status: FileStatus
    let resolved: String
    do throws(SystemFault) {
      status = try FileStatus(path, followsLinks: true)
      resolved = try realPath(path)
    } catch {
      throw ManifestError(
        error.isMissing ? .notFound : .unreadable, "the root cannot be read: \(error.reason)",
        hint: "give a folder with --root", file: path)
    }
    guard status.kind == .folder else {
      throw ManifestError(.unreadable, "the root is not a folder", hint: "give a folder with --root", file: path)
    }
    return resolved
  }

  static func error(_ fault: SystemFault, path: String) -> ManifestError {
    let hint = "an input is a manifest, a folder, or SPLIT=PATH of either"
    guard !path.isEmpty else { return ManifestError(.notFound, "the path is empty", hint: hint, file: "''") }
    guard fault.isMissing else { return ManifestError(.unreadable, "cannot be read: \(fault.reason)", file: path) }
    return ManifestError(.notFound, fault.reason, hint: hint, file: path)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }
}

/// The split and the path of an input argument, which is `PATH` or `SPLIT=PATH`.
///
/// The part before the first `=` is a split unless it has a slash: `./a=b.csv` is a file with an odd name.
package func parseInputArgument(_ input: String) -> (split: String?, path: String) {
  let name = input.utf8.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
  let rest = input.utf8.dropFirst(name.count)
  guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return (nil, input) }
  return (String(decoding: name, as: UTF8.self), String(decoding: rest.dropFirst(), as: UTF8.self))
}
