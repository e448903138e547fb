internal import SplitSealBase

/// How the rows of a table are written.
enum TableSyntax: Hashable, Sendable {
  /// Fields between separators; `separator` is what stands between them unless the first line has another.
  case delimited(separator: UInt8)
  /// One JSON object a line.
  case objectPerLine
  /// One JSON array of objects.
  case arrayOfObjects
}

/// A layout of a file that is one table of images.
protocol TableLayout: ManifestLayout {
  var syntax: TableSyntax { get }
}

extension TableLayout {
  func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence? {
    fileExtensions.contains(candidate.fileExtension) ? .possible : nil
  }

  func read(
    _ source: ManifestSource, options: ManifestOptions, root: String, into builder: inout ManifestBuilder
  ) throws(ManifestError) -> ManifestInput {
    let text = try ManifestText(of: source)
    try readRows(text, of: source, options: options, into: &builder)
    return text.input(source)
  }

  /// Hands the rows of a text to whoever takes them.
  func readRows(
    _ text: ManifestText, of source: ManifestSource, options: ManifestOptions, into rows: inout some RowSink
  ) throws(ManifestError) {
    switch syntax {
    case .delimited(let separator):
      try DelimitedReader(source, options: options, separator: separator).read(text, into: &rows)
    case .objectPerLine: try JSONReader.readLines(text, of: source, options: options, into: &rows)
    case .arrayOfObjects: try JSONReader.readArray(text, of: source, options: options, into: &rows)
    }
  }

  var editing: LayoutEditing {
    let syntax = syntax
    return .inPlace { text, source, options in
      switch syntax {
      case .delimited(let separator): DelimitedTable(text, source, options, separator: separator)
      case .objectPerLine: JSONTable(text, source, options, isLines: true)
      case .arrayOfObjects: JSONTable(text, source, options, isLines: false)
      }
    }
  }
}
