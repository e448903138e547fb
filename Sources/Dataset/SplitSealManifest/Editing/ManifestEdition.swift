internal import SplitSealBase

/// The inputs of a dataset, to be written again with some rows gone and others in another split.
///
/// Whatever is not edited stays as it is, byte by byte: columns that mean nothing here, their order, quotes, line ends. A
/// folder becomes a table. Where the inputs' paths do not all start at the dataset's root the cells of the paths are
/// written anew, so that one root serves all.
package struct ManifestEdition {
  /// One manifest of the new edition.
  package struct File {
    /// Its name, without a folder; no two are equal in lower case.
    package let name: String
    /// What it holds.
    package let text: String
    /// The split that has to be named before the file: `SPLIT=PATH`; `nil` where a column does.
    package let splitName: String?
    /// The input that it replaces, as an absolute path without links; `nil` for a folder's.
    package let replaces: String?
  }

  private let manifest: Manifest
  private let options: ManifestOptions
  private let sources: [ManifestSource]
  /// The samples of each input, in the order of its rows.
  private let samplesOf: [Range<Int>]
  /// Whether every row gets a split that its input does not state.
  private let addsSplits: Bool

  /// Opens the inputs that a manifest was read from.
  ///
  /// - Parameters:
  ///   - manifest: What was read.
  ///   - inputs: The arguments that it was read from.
  ///   - options: How it was read.
  ///   - addsSplits: Whether the inputs state no split: then a column is added that does, or filled in.
  /// - Throws: `ManifestError` where an input is gone.
  package init(
    of manifest: Manifest, inputs: [String], options: ManifestOptions, addsSplits: Bool = false
  ) throws(ManifestError) {
    for input in manifest.inputs {
      guard case .impossible(let hint) = input.format.layout.editing else { continue }
      throw ManifestError(
        .unknownFormat, "\(input.format.layout.title) can be read but not written", hint: hint, file: input.path)
    }
    var sources: [ManifestSource] = []
    for input in inputs {
      sources.append(try ManifestSource(input, root: options.root == nil ? nil : manifest.root))
    }
    var samplesOf: [Range<Int>] = []
    for input in inputs.indices {
      let start = samplesOf.last?.upperBound ?? 0
      let end = manifest.samples[start...].firstIndex { $0.input != input } ?? manifest.samples.count
      samplesOf.append(start..<end)
    }
    if !options.excludedPatterns.isEmpty, let table = sources.first(where: \.isEditedInPlace) {
      throw ManifestError(
        .malformed, "a table is written anew with all its rows, and --exclude leaves some out",
        hint: "take these rows out of the table instead", file: table.path)
    }
    (self.manifest, self.options, self.sources) = (manifest, options, sources)
    (self.samplesOf, self.addsSplits) = (samplesOf, addsSplits)
  }

  /// The samples that stay, in the order in which the new edition names them.
  ///
  /// - Parameter splitNames: The split of each sample; `nil` for those that go.
  /// - Returns: Indices of samples.
  package func order(_ splitNames: [String?]) -> [Int] {
    let arrivals = arrivals(splitNames)
    return sources.indices.flatMap { input in
      samplesOf[input].filter { stays($0, in: input, splitNames[$0]) } + arrivals[input]
    }
  }

  /// Writes the new edition, in the order of the inputs; those without a row are left out.
  ///
  /// - Parameters:
  ///   - splitNames: The split of each sample; `nil` for those that go.
  ///   - reserved: Names of other files in the same folder.
  /// - Returns: The files; nothing is written to the disk.
  /// - Throws: `ManifestError` where an input is not what it was.
  package func files(_ splitNames: [String?], reserved: [String] = []) throws(ManifestError) -> [File] {
    let arrivals = arrivals(splitNames)
    var rows: [Int: RowValues] = [:]
    for input in sources.indices where sources[input].isEditedInPlace {
      let leaving = samplesOf[input].filter { sample in
        splitNames[sample] != nil && !stays(sample, in: input, splitNames[sample])
      }
      guard let first = samplesOf[input].first, !leaving.isEmpty else { continue }
      let values = try table(input)?.values(of: Set(leaving.map { $0 - first }))
      for (row, values) in values ?? [] { rows[first + row] = values }
    }
    var names = reserved.map { lowercasedASCII($0) }
    var files: [File] = []
    for input in sources.indices {
      let kept = samplesOf[input].filter { stays($0, in: input, splitNames[$0]) }
      guard kept.count + arrivals[input].count > 0 else { continue }
      let source = sources[input]
      let edited = try text(input, splitNames, arrivals: arrivals[input].map { arrival($0, splitNames, rows[$0]) })
      let isNewTable = edited == nil
      files.append(
        File(
          name: Self.unique(isNewTable ? "manifest.csv" : lastComponent(of: source.path), &names),
          text: edited ?? newTable(kept + arrivals[input], splitNames),
          splitName: isNewTable || addsSplits ? nil : source.splitName,
          replaces: isNewTable ? nil : try? realPath(source.path)))
    }
    return files
  }

  // MARK: Which input a row stands in

  /// Whether a row stays where it is.
  private func stays(_ sample: Int, in input: Int, _ splitName: String?) -> Bool {
    guard let splitName else { return false }
    let source = sources[input]
    guard !addsSplits, source.isEditedInPlace, let stated = source.splitName else { return true }
    return stated.hasSameBytes(as: splitName)
  }

  /// The rows that come into each input from others.
  private func arrivals(_ splitNames: [String?]) -> [[Int]] {
    var arrivals = Array(repeating: [Int](), count: sources.count)
    for input in sources.indices {
      for sample in samplesOf[input] {
        guard let name = splitNames[sample], !stays(sample, in: input, name) else { continue }
        arrivals[newInput(for: name)].append(sample)
      }
    }
    return arrivals
  }

  /// The input that rows of a split may be added to: one that is that split, or one with a column for it.
  private func newInput(for splitName: String) -> Int {
    let isSplit = sources.firstIndex { source in
      source.isEditedInPlace && source.splitName?.hasSameBytes(as: splitName) == true
    }
    return isSplit ?? sources.firstIndex { !$0.isEditedInPlace || $0.splitName == nil } ?? 0
  }

  // MARK: Texts

  /// The input's text, to be edited; `nil` if a new table takes its place.
  private func table(_ input: Int) throws(ManifestError) -> (any EditableTable)? {
    let source = sources[input]
    let changed = ManifestError(
      .unreadable, "the file changed after it was read", hint: "try again", file: source.path)
    switch source.layout.editing {
    case .inPlace(let open):
      let text = try ManifestText(of: source)
      guard text.input(source).sha256 == manifest.inputs[input].sha256 else { throw changed }
      return open(text, source, options)
    case .asNewTable: return nil
    // It was refused above, so it had another layout when it was read.
    case .impossible: throw changed
    }
  }

  /// The input's text with its rows edited; `nil` if a new table takes its place.
  private func text(_ input: Int, _ splitNames: [String?], arrivals: [RowValues]) throws(ManifestError) -> String? {
    let first = samplesOf[input].lowerBound
    let writesPaths = !sources[input].base.hasSameBytes(as: manifest.root)
    let bytes = try table(input)?.edited(addsSplitColumn: addsSplits, arrivals: arrivals) { row in
      let sample = first + row
      guard let name = splitNames[sample], stays(sample, in: input, name) else { return .drop }
      let old = manifest.splits[manifest.samples[sample].split].name
      let isMoved = addsSplits || !old.hasSameBytes(as: name)
      return .keep(split: isMoved ? name : nil, path: writesPaths ? manifest.samples[sample].path : nil)
    }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  private func arrival(_ sample: Int, _ splitNames: [String?], _ values: RowValues?) -> RowValues {
    var values = values ?? RowValues()
    values.set(.path, manifest.samples[sample].path)
    values.set(.split, splitNames[sample] ?? "")
    if let label = manifest.samples[sample].label, values.text(.label) == nil {
      values.set(.label, manifest.labels[label])
    }
    return values
  }

  /// An input's images as a table, with the groups that tables among them give.
  private func newTable(_ samples: [Int], _ splitNames: [String?]) -> String {
    let hasLabels = samples.contains { manifest.samples[$0].label != nil }
    var header = [options.pathColumn ?? "path", options.splitColumn ?? "split"]
    if hasLabels { header.append(options.labelColumn ?? "label") }
    let groupings = manifest.groupings.dropLast(options.groupPatterns.count)
    header += groupings.map(\.name)
    var text = header.map { delimitedCell($0) }.joined(separator: ",") + "\n"
    for sample in samples {
      var cells = [manifest.samples[sample].path, splitNames[sample] ?? ""]
      if hasLabels { cells.append(manifest.samples[sample].label.map { manifest.labels[$0] } ?? "") }
      cells += groupings.map { grouping in grouping.group(of: sample).map { grouping.groups[$0] } ?? "" }
      text += cells.map { delimitedCell($0) }.joined(separator: ",") + "\n"
    }
    return text
  }

  /// The name, or where it is taken the name with a number: `train-2.csv`.
  private static func unique(_ name: String, _ taken: inout [String]) -> String {
    let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.utf8.endIndex
    var candidate = name
    var number = 2
    while taken.contains(where: { $0.hasSameBytes(as: lowercasedASCII(candidate)) }) {
      candidate = "\(name[..<dot])-\(number)\(name[dot...])"
      number += 1
    }
    taken.append(lowercasedASCII(candidate))
    return candidate
  }
}

extension ManifestSource {
  /// Whether its own text is edited, and no new table takes its place.
  fileprivate var isEditedInPlace: Bool {
    if case .inPlace = layout.editing { true } else { false }
  }
}
