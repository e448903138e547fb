internal import SplitSealJSON

/// What a Croissant 1.0 or 1.1 file says about files, splits and labels; everything else in it is passed over.
///
/// - Source: docs.mlcommons.org/croissant, specifications 1.0 and 1.1.
struct CroissantDocument {
  /// A file of the dataset: a table, or an archive.
  struct FileObject {
    let id: String
    let name: String?
    let contentUrl: String?
    let encodingFormat: String?
    /// Archives that it stands in.
    let containers: [String]
    /// 64 lower-case hexadecimal digits; `nil` for whatever else stands in its place: many published files have an address
    /// or an MD5 there.
    let sha256: String?
  }

  /// Files of the dataset, told by patterns.
  struct FileSet {
    let id: String
    let encodingFormat: String?
    let containers: [String]
    let includes: [String]
    let excludes: [String]
  }

  /// Where a field's values come from.
  struct Source {
    /// The FileObject or FileSet.
    let origin: String
    /// Column of a table, or key of a JSON object.
    let column: String?
    /// `fullpath`, `filename`, `content`.
    let fileProperty: String?
    let transforms: [Transform]
  }

  /// How a value is changed.
  enum Transform: Hashable {
    /// What the first group of the pattern matches.
    case regex(String)
    /// What is not done here, by its name.
    case other(String)
  }

  struct Field {
    let id: String
    /// Last components of the types' names: `ImageObject`, `Label`.
    let dataTypes: [String]
    let source: Source?
    /// Identity of the record set, or of its field, whose names the values are.
    let reference: String?
  }

  struct RecordSet {
    let id: String
    let dataTypes: [String]
    let fields: [Field]
    /// Rows that stand in the file itself, the first of them: splits are few.
    let data: ArraySlice<JSONValue>
    /// Whether its rows are the splits: it is typed so, or has rows and a field that is.
    let isSplits: Bool
  }

  let fileObjects: [FileObject]
  let fileSets: [FileSet]
  let recordSets: [RecordSet]
  /// Where they stand, by the bytes of their identities: a stranger's file may have thousands that refer to thousands.
  let places: Places

  /// Where each identity stands; of several that are equal the first counts.
  struct Places {
    var fileObjects: [[UInt8]: Int] = [:]
    var fileSets: [[UInt8]: Int] = [:]
    /// Record sets, by their own identity and those of their fields.
    var recordSets: [[UInt8]: Int] = [:]
  }

  func fileObject(_ id: String) -> FileObject? { places.fileObjects[Array(id.utf8)].map { fileObjects[$0] } }

  func fileSet(_ id: String) -> FileSet? { places.fileSets[Array(id.utf8)].map { fileSets[$0] } }

  /// The record set that a field's values name rows of.
  func target(of field: Field) -> RecordSet? {
    field.reference.flatMap { places.recordSets[Array($0.utf8)] }.map { recordSets[$0] }
  }

  /// Whether a field says which split a row belongs to: it is typed so, or names the rows of a record set of splits.
  func isSplit(_ field: Field) -> Bool { Self.areSplits(field.dataTypes) || target(of: field)?.isSplits == true }

  /// Whether types say split: `cr:Split`, or in older files Wikidata's entity for one.
  static func areSplits(_ dataTypes: [String]) -> Bool {
    dataTypes.contains("Split") || dataTypes.contains("Q3985153")
  }

  /// Whether a field is the label: it is typed so, or names the rows of an enumeration.
  func isLabel(_ field: Field) -> Bool {
    field.dataTypes.contains("Label") || target(of: field)?.dataTypes.contains("Enumeration") == true
  }

  /// The roles that the file gives to splits, by their names.
  var roles: [(name: String, role: SplitRole)] {
    let known: [String: SplitRole] = [
      "TrainingSplit": .training, "ValidationSplit": .validation, "TestSplit": .test,
      // As files wrote it before there were terms for it: https://mlcommons.org/definitions/training_split.
      "training_split": .training, "validation_split": .validation, "test_split": .test,
    ]
    return recordSets.lazy.filter(\.isSplits).flatMap { $0.data }.prefix(CroissantDocument.maximumRowCount)
      .compactMap { row in
        let texts = (row.members ?? []).compactMap { member in
          member.value.string.map { (key: croissantWord(member.key), text: $0) }
        }
        guard let name = texts.first(where: { $0.key == "name" })?.text,
          let role = texts.lazy.compactMap({ known[croissantWord($0.text)] }).first
        else { return nil }
        return (name, role)
      }
  }
}

extension CroissantDocument.Field {
  /// The name without that of its record set: `label` of `images/label`.
  var name: String { croissantWord(id) }
}

/// What follows the last `/`, `:` or `#` of an identity, a type or a key.
func croissantWord(_ text: String) -> String {
  let separators: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "#")]
  guard let last = text.utf8.lastIndex(where: { separators.contains($0) }) else { return text }
  return String(text[text.utf8.index(after: last)...])
}
