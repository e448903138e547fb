internal import SplitSealBase
internal import SplitSealJSON

extension CroissantDocument {
  /// Bytes of the largest Croissant file.
  static let maximumByteCount = 64 << 20
  /// Files and file sets of one Croissant file, record sets, and fields of all of them.
  static let maximumElementCount = 10_000
  /// Patterns of all file sets.
  static let maximumPatternCount = 1000
  /// Rows of a record set that are looked at.
  static let maximumRowCount = 1000

  /// Reads a Croissant file.
  ///
  /// - Throws: ``ManifestError``: `malformed` for what is no JSON, or no Croissant 1.0 or 1.1; `tooLarge`.
  init(_ text: ManifestText, of source: ManifestSource) throws(ManifestError) {
    var limits = JSONLimits()
    limits.maximumByteCount = Self.maximumByteCount
    limits.maximumDepth = 64
    limits.maximumStringByteCount = 1 << 20
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(text.bytes, in: text.start..<text.bytes.count, limits: limits)
    } catch {
      let place = text.place(of: error.offset)
      throw ManifestError(
        error.exceedsLimit ? .tooLarge : .malformed, error.reason,
        hint: error.exceedsLimit ? "give a table of the images, or an array of objects" : nil,
        file: source.path, line: place.line, column: place.column)
    }
    guard document["@context"] != nil || document.croissant("conformsTo") != nil else {
      if document["images"] != nil, document["annotations"] != nil || document["categories"] != nil {
        throw ManifestError(
          .unknownFormat, "it looks like COCO's annotations, which are not read",
          hint: "make a table of it with the columns path, split and label, a row for each image and category",
          file: source.path)
      }
      throw ManifestError(
        .malformed, "a JSON manifest is an array of objects", hint: JSONReader.shapeHint, file: source.path,
        line: text.place(of: text.start).line, column: text.place(of: text.start).column)
    }
    let versions = document.croissantReferences("conformsTo").map(croissantWord)
    guard versions.contains(where: { $0 == "1.0" || $0 == "1.1" }) else {
      let shown = versions.first.map { "'\(printable($0))'" }
      throw ManifestError(
        .malformed,
        shown.map { "a Croissant file of version \($0), and 1.0 and 1.1 are known" }
          ?? "a Croissant file that does not name its version, and 1.0 and 1.1 are known",
        hint: "it stands in 'conformsTo': http://mlcommons.org/croissant/1.1",
        file: source.path)
    }
    func check(_ what: String, _ count: Int, _ limit: Int = Self.maximumElementCount) throws(ManifestError) {
      guard count > limit else { return }
      throw ManifestError(
        .tooLarge, "the Croissant file has more than \(limit) \(what)",
        hint: "give the table or the folder that it describes instead", file: source.path)
    }
    let distribution = document.croissantElements("distribution")
    try check("files and file sets", distribution.count)
    fileObjects = distribution.filter { $0.croissantTypes("@type").contains("FileObject") }.compactMap(FileObject.init)
    fileSets = distribution.filter { $0.croissantTypes("@type").contains("FileSet") }.compactMap(FileSet.init)
    try check("patterns", fileSets.reduce(0) { $0 + $1.includes.count + $1.excludes.count }, Self.maximumPatternCount)
    let values = document.croissantElements("recordSet")
    try check("record sets", values.count)
    try check("fields", values.reduce(0) { $0 + $1.croissantElements("field").count })
    recordSets = values.compactMap(RecordSet.init)
    var places = Places()
    for (index, file) in fileObjects.enumerated().reversed() { places.fileObjects[Array(file.id.utf8)] = index }
    for (index, files) in fileSets.enumerated().reversed() { places.fileSets[Array(files.id.utf8)] = index }
    for (index, set) in recordSets.enumerated().reversed() {
      for field in set.fields {
        // Older files call a field 'name' and refer to it as 'splits/name'.
        for id in [field.id, "\(set.id)/\(field.id)"] { places.recordSets[Array(id.utf8)] = index }
      }
      places.recordSets[Array(set.id.utf8)] = index
    }
    self.places = places
  }
}

extension CroissantDocument.RecordSet {
  fileprivate init?(_ value: JSONValue) {
    guard let id = value.croissantIdentity else { return nil }
    self.id = id
    dataTypes = value.croissantTypes("dataType")
    fields = value.croissantElements("field").compactMap(CroissantDocument.Field.init)
    data = value.croissantElements("data").prefix(CroissantDocument.maximumRowCount)
    isSplits =
      CroissantDocument.areSplits(dataTypes)
      || !data.isEmpty && fields.contains { CroissantDocument.areSplits($0.dataTypes) }
  }
}

extension CroissantDocument.FileObject {
  fileprivate init?(_ value: JSONValue) {
    guard let id = value.croissantIdentity else { return nil }
    self.id = id
    name = value.croissant("name")?.string
    contentUrl = value.croissant("contentUrl")?.string
    encodingFormat = value.croissantTexts("encodingFormat").first
    containers = value.croissantReferences("containedIn")
    sha256 = value.croissant("sha256")?.string.flatMap { text in
      let isDigest =
        text.utf8.count == 64
        && text.utf8.allSatisfy {
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20)
        }
      return isDigest ? lowercasedASCII(text) : nil
    }
  }
}

extension CroissantDocument.FileSet {
  fileprivate init?(_ value: JSONValue) {
    guard let id = value.croissantIdentity else { return nil }
    self.id = id
    encodingFormat = value.croissantTexts("encodingFormat").first
    containers = value.croissantReferences("containedIn")
    includes = value.croissantTexts("includes")
    excludes = value.croissantTexts("excludes")
  }
}

extension CroissantDocument.Field {
  fileprivate init?(_ value: JSONValue) {
    guard let id = value.croissantIdentity else { return nil }
    self.id = id
    dataTypes = value.croissantTypes("dataType")
    source = value.croissant("source").flatMap(CroissantDocument.Source.init)
    // Both forms are in use: {"@id": ...} as the specification writes it, {"field": {"@id": ...}} as its reference
    // implementation reads it.
    let reference = value.croissant("references")
    self.reference =
      value.croissantReferences("references").first
      ?? ["field", "recordSet"].lazy.compactMap { reference?.croissantReferences($0).first }.first
  }
}

extension CroissantDocument.Source {
  fileprivate init?(_ value: JSONValue) {
    let origins = ["fileObject", "fileSet", "distribution"]
    guard let origin = origins.lazy.compactMap({ value.croissantReferences($0).first }).first else { return nil }
    self.origin = origin
    let extract = value.croissant("extract")
    fileProperty = extract?.croissant("fileProperty")?.string
    column = extract?.croissant("column")?.string ?? extract?.croissant("jsonPath")?.string.flatMap(Self.key)
    transforms = value.croissantElements("transform").map { transform in
      let members = transform.members ?? []
      if members.count == 1, let regex = transform.croissant("regex")?.string { return .regex(regex) }
      return .other(members.map { croissantWord($0.key) }.joined(separator: ", "))
    }
  }

  /// The key that a JSONPath names when it is as simple as `$.path` or `$[*].path`.
  private static func key(_ path: String) -> String? {
    guard let start = ["$[*].", "$."].first(where: { path.hasPrefix($0) }) else { return nil }
    let key = path.dropFirst(start.count)
    return key.isEmpty || key.contains { ".[]*@".contains($0) } ? nil : String(key)
  }
}

/// Members are found with or without a prefix: `recordSet`, `cr:recordSet`.
extension JSONValue {
  fileprivate func croissant(_ key: String) -> JSONValue? {
    if let value = self[key] { return value }
    let suffix = ":\(key)"
    return members?.first { $0.key.utf8.count > suffix.utf8.count && $0.key.hasSuffix(suffix) }?.value
  }

  /// The elements of an array; a single value is an array of one.
  fileprivate func croissantElements(_ key: String) -> [JSONValue] {
    guard let value = croissant(key) else { return [] }
    return value.array ?? [value]
  }

  fileprivate func croissantTexts(_ key: String) -> [String] { croissantElements(key).compactMap(\.string) }

  fileprivate func croissantTypes(_ key: String) -> [String] { croissantTexts(key).map(croissantWord) }

  /// Identities that are referred to, written as a text or as `{"@id": ...}`.
  fileprivate func croissantReferences(_ key: String) -> [String] {
    croissantElements(key).compactMap { $0.string ?? $0["@id"]?.string }
  }

  fileprivate var croissantIdentity: String? { self["@id"]?.string ?? croissant("name")?.string }
}
