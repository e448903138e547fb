internal import SplitSealBase

/// One row of a file of predictions.
struct PredictionRow {
  /// The image's path, normalised.
  let path: [UInt8]
  /// The split it is meant in; `nil` for any.
  let split: [UInt8]?
  let prediction: [UInt8]
  let line: Int
}

/// What a column of a file of predictions is for.
enum PredictionColumn: String, CaseIterable {
  case path, prediction, split

  /// The names that are looked for, in upper or lower case; the first that is there wins.
  func names(pathColumn: String?) -> [String] {
    switch self {
    case .path: (pathColumn.map { [$0] } ?? []) + ColumnRole.path.usualNames
    case .prediction: ["prediction", "predicted", "pred", "output"]
    case .split: ColumnRole.split.usualNames
    }
  }

  /// Where the column stands among the names of a file; `nil` where it is not there.
  ///
  /// - Throws: `ManifestError` where two could be it, or where it is needed and missing.
  func position(
    among names: [String], _ noun: String, pathColumn: String?, file: String, line: Int
  ) throws(ManifestError) -> Int? {
    let wanted = self.names(pathColumn: pathColumn).map { lowercasedASCII($0) }
    let there = names.map { lowercasedASCII($0) }
    for name in wanted {
      let found = there.indices.filter { there[$0].hasSameBytes(as: name) }
      guard found.count < 2 else {
        throw ManifestError(
          .malformed,
          "two \(noun)s could be the \(rawValue): '\(printable(names[found[0]]))' and "
            + "'\(printable(names[found[1]]))'", hint: "rename one of them", file: file, line: line)
      }
      if let index = found.first { return index }
    }
    guard self != .split else { return nil }
    let shown = names.prefix(20).map { "'\(printable($0))'" }.joined(separator: ", ")
    throw ManifestError(
      .missingColumn, "no \(noun) for the \(rawValue); there are \(shown.isEmpty ? "none" : shown)",
      hint: "name it \(self.names(pathColumn: nil).joined(separator: ", "))", file: file, line: line)
  }
}

extension PredictionRow {
  /// Checks the fields of a row.
  init(
    path: ArraySlice<UInt8>, prediction: ArraySlice<UInt8>, split: ArraySlice<UInt8>?, file: String, line: Int
  ) throws(ManifestError) {
    do throws(PathRule.Fault) {
      self.path = Array(try PathRule.normalized(path).utf8)
    } catch {
      throw ManifestError(.invalidPath, error.reason, hint: error.hint, file: file, line: line)
    }
    guard !prediction.isEmpty else {
      throw ManifestError(
        .malformed, "the prediction is empty", hint: "leave the row out where nothing was predicted", file: file,
        line: line)
    }
    guard prediction.count <= 4096, split?.count ?? 0 <= 4096 else {
      throw ManifestError(
        .tooLarge, "a field has more than 4,096 bytes", hint: "a prediction is the name of one class", file: file,
        line: line)
    }
    self.prediction = Array(prediction)
    self.split = split.flatMap { $0.isEmpty ? nil : Array($0) }
    self.line = line
  }
}
