/// JSON Lines: an object a line.
struct JSONLinesLayout: TableLayout {
  let name = "jsonl"
  let title = "JSON Lines"
  let wireCode: UInt8 = 2
  let fileExtensions = ["jsonl", "ndjson"]
  /// Behind the first, what other programs write: none is registered.
  let mediaTypes = [
    "application/x-ndjson", "application/jsonlines", "application/jsonl", "application/x-jsonlines",
  ]
  let summary = "one JSON object per line"
  let syntax = TableSyntax.objectPerLine
}

extension ManifestInput.Format {
  /// JSON Lines: an object a line.
  public static let jsonLines = ManifestInput.Format(JSONLinesLayout())
}
