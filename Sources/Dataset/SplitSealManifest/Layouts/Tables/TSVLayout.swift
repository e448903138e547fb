/// A table with tabs.
struct TSVLayout: TableLayout {
  let name = "tsv"
  let title = "TSV"
  let wireCode: UInt8 = 1
  let fileExtensions = ["tsv"]
  /// The second is how Croissant's specification writes it.
  let mediaTypes = ["text/tab-separated-values", "text/tsv"]
  let summary = "the same with tabs"
  let syntax = TableSyntax.delimited(separator: UInt8(ascii: "\t"))
}

extension ManifestInput.Format {
  /// A table with tabs.
  public static let tsv = ManifestInput.Format(TSVLayout())
}
