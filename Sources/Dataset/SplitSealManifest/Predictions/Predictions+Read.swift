internal import SplitSealBase

extension Predictions {
  /// Reads a file of predictions for a manifest.
  ///
  /// A CSV, TSV or JSON Lines file with the columns or keys `path` and `prediction` (or `predicted`, `pred`, `output`) and
  /// perhaps `split`. Paths start from the manifest's root or from the file's own folder, and are written as in manifests.
  /// A path that several splits name needs a split only where they were predicted differently.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - manifest: Whose images were predicted.
  ///   - pathColumn: The column of the path where it has a name of its own; the usual names count as well.
  /// - Returns: What was predicted for each sample; samples may be missing.
  /// - Throws: ``ManifestError`` naming the file, and the line where there is one: the file cannot be read, an image is not
  ///   in the manifest or is predicted twice, no prediction is a label.
  /// - Complexity: O(*n* + *m*) on average for *n* samples and *m* bytes of predictions.
  public static func read(
    _ path: String, for manifest: Manifest, pathColumn: String? = nil
  ) throws(ManifestError) -> Predictions {
    let source = try ManifestSource(
      file: path, hint: "predictions are a file that ends in \(PredictionReader.extensions)")
    let text = try ManifestText(of: source)
    let rows = try PredictionReader(source, pathColumn: pathColumn).rows(text)
    var index = PredictionIndex(rows, of: source, manifest)
    return Predictions(
      path: path, sha256: text.input(source).sha256 ?? [], rowCount: rows.count, ofSample: try index.resolved())
  }
}

/// Finds the samples that rows of predictions speak of.
private struct PredictionIndex {
  /// A row, under one of the paths that it may mean.
  private struct Meaning {
    let row: Int
    /// Whether the path was taken to start from the file's folder and not from the root.
    let isFromFolder: Bool
  }

  private let rows: [PredictionRow]
  private let source: ManifestSource
  private let manifest: Manifest
  private var paths = NameTable()
  /// For each path, the rows that may mean it.
  private var meanings: [[Meaning]] = []
  /// For each row, how its path was understood where an image was found.
  private var understood: [Meaning?]

  init(_ rows: [PredictionRow], of source: ManifestSource, _ manifest: Manifest) {
    self.rows = rows
    self.source = source
    self.manifest = manifest
    understood = Array(repeating: nil, count: rows.count)
    let folder =
      isInside(source.base, manifest.root) ? Array(relativePath(source.base, below: manifest.root).utf8) : []
    for (index, row) in rows.enumerated() {
      add(Meaning(row: index, isFromFolder: false), under: row.path)
      if !folder.isEmpty {
        add(Meaning(row: index, isFromFolder: true), under: folder + [UInt8(ascii: "/")] + row.path)
      }
    }
  }

  private mutating func add(_ meaning: Meaning, under path: [UInt8]) {
    let (index, isNew) = paths.insert(path[...])
    if isNew { meanings.append([meaning]) } else { meanings[index].append(meaning) }
  }

  /// What was predicted for each sample.
  mutating func resolved() throws(ManifestError) -> [Predictions.Prediction] {
    try checkSplits()
    var labels = NameTable()
    for label in manifest.labels { _ = labels.insert(Array(label.utf8)[...]) }
    var predictions: [Predictions.Prediction] = []
    predictions.reserveCapacity(manifest.samples.count)
    for sample in manifest.samples {
      guard let row = try row(for: sample) else {
        predictions.append(.missing)
        continue
      }
      predictions.append(labels.index(of: rows[row].prediction[...]).map { .label($0) } ?? .unknownLabel)
    }
    try checkAllFound()
    try checkLabels(predictions)
    return predictions
  }

  private mutating func row(for sample: Sample) throws(ManifestError) -> Int? {
    guard let path = paths.index(of: Array(sample.path.utf8)[...]) else { return nil }
    let split = manifest.splits[sample.split].name.utf8
    var found: Int?
    for meaning in meanings[path] {
      let row = rows[meaning.row]
      guard row.split.map({ $0.elementsEqual(split) }) ?? true else { continue }
      if let found {
        throw ManifestError(
          .malformed, "'\(printable(sample.path))' is predicted here and on line \(rows[found].line)",
          hint: "leave one row for each image", file: source.path, line: row.line)
      }
      if let before = understood[meaning.row], before.isFromFolder != meaning.isFromFolder {
        throw ManifestError(
          .malformed,
          "'\(text(row.path))' is one image from the root and another from the folder of this file",
          hint: "move the file to the root of the dataset, and write paths from there", file: source.path,
          line: row.line)
      }
      understood[meaning.row] = meaning
      found = meaning.row
    }
    return found
  }

  private func text(_ bytes: [UInt8]) -> String { printable(String(decoding: bytes, as: UTF8.self)) }

  private func checkSplits() throws(ManifestError) {
    for row in rows {
      guard let split = row.split else { continue }
      guard !manifest.splits.contains(where: { $0.name.utf8.elementsEqual(split) }) else { continue }
      let names = manifest.splits.map { "'\(printable($0.name))'" }.joined(separator: ", ")
      throw ManifestError(
        .unknownSplit, "no split '\(text(split))'", hint: "the splits are \(names)", file: source.path,
        line: row.line)
    }
  }

  private func checkAllFound() throws(ManifestError) {
    guard let missed = understood.firstIndex(where: { $0 == nil }) else { return }
    let row = rows[missed]
    let place = row.split.map { " in split '\(text($0))'" } ?? ""
    throw ManifestError(
      .invalidPath, "no image '\(text(row.path))'\(place) in the manifest",
      hint: "write the path as the manifest does, from the root of the dataset or from the folder of this file",
      file: source.path, line: row.line)
  }

  /// Refuses numbers where labels are names: everything would be wrong, and the model not to blame.
  private func checkLabels(_ predictions: [Predictions.Prediction]) throws(ManifestError) {
    let isAnyKnown = predictions.contains { if case .label = $0 { true } else { false } }
    guard !isAnyKnown, let row = rows.first else { return }
    let labels = manifest.labels.prefix(3).map { "'\(printable($0))'" }.joined(separator: ", ")
    throw ManifestError(
      .malformed, "no prediction is a label of the dataset; the first is '\(text(row.prediction))'",
      hint: manifest.labels.isEmpty
        ? "the manifest has no labels: name their column with --label-column"
        : "write predictions as labels are written: \(labels)", file: source.path, line: row.line)
  }
}
