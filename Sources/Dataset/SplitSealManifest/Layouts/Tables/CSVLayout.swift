/// A table with commas.
struct CSVLayout: TableLayout {
  let name = "csv"
  let title = "CSV"
  let wireCode: UInt8 = 0
  let fileExtensions = ["csv"]
  let mediaTypes = ["text/csv"]
  let summary = "RFC 4180: commas, quotes, doubled quotes, line ends inside quotes"
  let syntax = TableSyntax.delimited(separator: UInt8(ascii: ","))
}

extension ManifestInput.Format {
  /// A table with commas.
  public static let csv = ManifestInput.Format(CSVLayout())
}
