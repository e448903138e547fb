/// The words of the statement that a reader compares exactly.
enum StatementNames {
  static let statementType = "https://in-toto.io/Statement/v1"
  static let predicateType = "urn:splitseal:split-certificate:v1"
  static let schemaVersion = "1.1"
  static let tree = "rfc6962-sha256"
  static let recordFormat = "splitseal-record/1"
  static let order = "split-path-utf8"
  static let mode = "public"
  static let hiddenMode = "hidden"
  static let records = "records.jsonl"
  static let report = "splitseal.report.json"
  /// Subjects of one statement: sigstore's readers stop at 1,024, and a dataset has few manifests.
  static let maximumSubjectCount = 64
  /// Classes of one split that are listed one by one.
  static let maximumListedClassCount = 200
  /// Packs that a dataset was compared with.
  static let maximumReferenceCount = 64
  /// Edits of a probe.
  static let maximumEditCount = 1000
}
