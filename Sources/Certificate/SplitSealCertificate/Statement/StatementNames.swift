/// The words of the statement that a reader compares exactly.
package enum StatementNames {
  package static let statementType = "https://in-toto.io/Statement/v1"
  package static let predicateType = "urn:splitseal:split-certificate:v1"
  package static let schemaVersion = "1.1"
  package static let tree = "rfc6962-sha256"
  package static let recordFormat = "splitseal-record/1"
  package static let order = "split-path-utf8"
  package static let mode = "public"
  package static let hiddenMode = "hidden"
  package static let records = "records.jsonl"
  package static let report = "splitseal.report.json"
  package static let modelSignature = "dataset.sig"
  /// Subjects of one statement: sigstore's readers stop at 1,024, and a dataset has few manifests.
  package static let maximumSubjectCount = 64
  /// Classes of one split that are listed one by one.
  package static let maximumListedClassCount = 200
  /// Packs that a dataset was compared with.
  package static let maximumReferenceCount = 64
  /// Edits of a probe.
  package static let maximumEditCount = 1000
  /// Share of random pairs of different pictures from which on a dataset's pictures are alike by design: that of the
  /// search, which a verifier does not need.
  package static let leastAlikeness = 0.02
}
