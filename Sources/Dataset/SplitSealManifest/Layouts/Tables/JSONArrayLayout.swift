/// A JSON array of objects.
struct JSONArrayLayout: TableLayout {
  let name = "json"
  let title = "JSON"
  let wireCode: UInt8 = 3
  let fileExtensions = ["json"]
  let mediaTypes = ["application/json"]
  let summary = "one JSON array of objects"
  let syntax = TableSyntax.arrayOfObjects

  /// Any file of this name that does not start with an object, so that its reader says what is wrong with it.
  func recognises(_ candidate: LayoutCandidate) -> LayoutConfidence? {
    fileExtensions.contains(candidate.fileExtension) && !candidate.startsWithObject ? .possible : nil
  }
}

extension ManifestInput.Format {
  /// A JSON array of objects.
  public static let json = ManifestInput.Format(JSONArrayLayout())
}
