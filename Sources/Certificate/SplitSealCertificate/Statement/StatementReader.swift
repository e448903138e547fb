internal import SplitSealKeys
internal import SplitSealBase
internal import SplitSealJSON

/// One value of a statement with the way to it, so that every fault can name its place.
struct StatementReader {
  let value: JSONValue
  /// The way from the statement: `predicate.splits[2]`; empty for the statement itself.
  let place: String

  init(_ value: JSONValue, place: String = "") {
    self.value = value
    self.place = place
  }

  func fault(_ what: String, _ key: String? = nil) -> CertificateError {
    CertificateError(.malformed, "\(key.map(way) ?? place) \(what)")
  }

  private func way(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

  /// The member under `key`; `nil` when it is absent.
  func optional(_ key: String) -> StatementReader? { value[key].map { StatementReader($0, place: way(key)) } }

  private func member(_ key: String) throws(CertificateError) -> StatementReader {
    guard let member = optional(key) else { throw fault("is missing", key) }
    return member
  }

  /// Compares a text that has one value only.
  func expect(_ key: String, _ expected: String) throws(CertificateError) {
    let text = try string(key)
    guard text.hasSameBytes(as: expected) else {
      throw CertificateError(.unsupported, "\(way(key)) is \(text.quoted), and this version knows '\(expected)'")
    }
  }

  func object(_ key: String) throws(CertificateError) -> StatementReader {
    let member = try member(key)
    guard member.value.members != nil else { throw member.fault("is not an object") }
    return member
  }

  func array<Element>(
    _ key: String, limit: Int = .max, _ element: (StatementReader) throws(CertificateError) -> Element
  ) throws(CertificateError) -> [Element] {
    try member(key).elements(limit: limit, element)
  }

  func elements<Element>(
    limit: Int = .max, _ element: (StatementReader) throws(CertificateError) -> Element
  ) throws(CertificateError) -> [Element] {
    guard let values = value.array else { throw fault("is not an array") }
    guard values.count <= limit else { throw fault("has more than \(limit) elements") }
    var elements: [Element] = []
    for (index, value) in values.enumerated() {
      elements.append(try element(StatementReader(value, place: "\(place)[\(index)]")))
    }
    return elements
  }

  func string() throws(CertificateError) -> String {
    guard let text = value.string else { throw fault("is not a string") }
    return text
  }

  func string(_ key: String) throws(CertificateError) -> String { try member(key).string() }

  func strings(_ key: String) throws(CertificateError) -> [String] {
    try array(key) { element throws(CertificateError) in try element.string() }
  }

  /// A whole number, 0 or more.
  func count() throws(CertificateError) -> Int {
    guard let number = value.integer, number >= 0 else { throw fault("is not a whole number of 0 or more") }
    return Int(number)
  }

  func count(_ key: String) throws(CertificateError) -> Int { try member(key).count() }

  func digest(_ key: String) throws(CertificateError) -> Digest256 {
    guard let digest = Digest256(hexadecimal: try string(key)) else {
      throw fault("is not 64 lower-case hexadecimal digits", key)
    }
    return digest
  }

  /// One of a closed set of words.
  func word<Word: RawRepresentable<String>>() throws(CertificateError) -> Word {
    let text = try string()
    guard let word = Word(rawValue: text), word.rawValue.hasSameBytes(as: text) else {
      throw fault("is \(text.quoted), which is none of its words")
    }
    return word
  }

  func word<Word: RawRepresentable<String>>(_ key: String) throws(CertificateError) -> Word { try member(key).word() }
}
