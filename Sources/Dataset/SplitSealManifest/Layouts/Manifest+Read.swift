internal import SplitSealBase

extension Manifest {
  /// Reads all inputs into one manifest, in the order given.
  ///
  /// An input is a manifest file, a folder, or `SPLIT=PATH` of either, which says that all of it is one split. No image is
  /// opened or looked for: whether the files exist is found out when they are read. docs/manifests.md describes the
  /// formats, the columns and the rules of paths.
  ///
  /// - Parameters:
  ///   - inputs: What the user named, at least one.
  ///   - options: Columns, root and roles.
  /// - Returns: At least one sample of each input.
  /// - Throws: ``ManifestError`` naming the file, and the line where there is one, of the first fault.
  /// - Complexity: O(*n*) time for *n* bytes of manifests, O(*r*) memory for *r* rows beside one file's bytes.
  public static func read(
    _ inputs: [String], options: ManifestOptions = ManifestOptions()
  ) throws(ManifestError) -> Manifest {
    guard !inputs.isEmpty else {
      throw ManifestError(
        .empty, "no input is named", hint: "an input is a manifest, a folder, or SPLIT=PATH of either",
        file: "command line")
    }
    let (sources, root) = try sources(inputs, options)
    var builder = ManifestBuilder(options: options, root: root)
    for source in sources {
      builder.begin(source)
      builder.end(try source.layout.read(source, options: options, root: root, into: &builder))
    }
    let manifest = builder.manifest()
    guard !manifest.samples.isEmpty else {
      throw ManifestError(
        .empty, "--exclude leaves every row out", hint: "correct the patterns", file: "command line")
    }
    return try manifest.grouped(by: options.groupPatterns)
  }

  /// The inputs, looked at and not read, and the real path of the folder that all of them are in.
  private static func sources(
    _ inputs: [String], _ options: ManifestOptions
  ) throws(ManifestError) -> (sources: [ManifestSource], root: String) {
    var declaredRoot: String?
    if let root = options.root { declaredRoot = try ManifestSource.root(root) }
    var sources: [ManifestSource] = []
    for input in inputs { sources.append(try ManifestSource(input, root: declaredRoot)) }
    return (sources, declaredRoot ?? commonFolder(sources.map(\.base)))
  }

  /// Real path of the folder that would be the root of the inputs' manifest, which need not be read for that.
  ///
  /// - Throws: ``ManifestError`` when an input cannot be found.
  package static func root(of inputs: [String], options: ManifestOptions) throws(ManifestError) -> String {
    try sources(inputs, options).root
  }

  /// Real path of a folder that is to be the root.
  ///
  /// - Throws: ``ManifestError`` when it is no folder that can be read.
  package static func realRoot(_ path: String) throws(ManifestError) -> String { try ManifestSource.root(path) }

  /// The deepest folder that holds all of some folders; all are real paths.
  package static func commonFolder(_ folders: [String]) -> String {
    var common = folders.first.map { $0.utf8.split(separator: UInt8(ascii: "/")) } ?? []
    for folder in folders {
      let components = folder.utf8.split(separator: UInt8(ascii: "/"))
      let shared = zip(common, components).prefix { $0.elementsEqual($1) }.count
      common = Array(common.prefix(shared))
    }
    return "/" + common.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }
}
