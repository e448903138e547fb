internal import SplitSealBase
internal import SplitSealJSON
internal import SplitSealPolicy

/// A decision as the page sends it.
struct DecisionRequest: Sendable {
  /// Bytes of the largest body of a request.
  static let maximumByteCount = 16 << 10
  /// Bytes of the longest reason.
  static let maximumReasonByteCount = 1_000

  let candidate: Int
  let finding: String
  /// `nil` takes back what was decided.
  let judgement: Judgement?
  let reason: String?
  /// What the page showed as decided; empty for nothing.
  let expected: String

  /// Reads a body.
  ///
  /// - Throws: ``ReviewFault`` with what is wrong.
  init(_ body: [UInt8]) throws(ReviewFault) {
    let document = try Self.document(body)
    guard let number = document["candidate"]?.integer, let candidate = Int(exactly: number) else {
      throw .malformed("'candidate' has to be the number of a pair")
    }
    guard let finding = document["finding"]?.string, Waiver.isIdentity(finding) else {
      throw .malformed("'finding' has to be 64 hexadecimal digits")
    }
    guard let word = document["decision"]?.string else { throw .malformed("'decision' is missing") }
    judgement = Judgement(rawValue: word)
    guard judgement != nil || word == "undone" else {
      throw .malformed("'decision' has to be same, different, unsure or undone")
    }
    guard let expected = document["expected"]?.string else {
      throw .malformed("'expected' has to be what was decided before, or empty")
    }
    reason = try Self.reason(document["reason"])
    (self.candidate, self.finding, self.expected) = (candidate, finding, expected)
  }

  /// The object of a body.
  static func document(_ body: [UInt8]) throws(ReviewFault) -> JSONValue {
    var limits = JSONLimits()
    limits.maximumByteCount = maximumByteCount
    limits.maximumDepth = 4
    guard let document = try? JSONParser.parse(body, limits: limits), document.members != nil else {
      throw .malformed("a request is one JSON object")
    }
    return document
  }

  private static func reason(_ value: JSONValue?) throws(ReviewFault) -> String? {
    guard let value else { return nil }
    guard let text = value.string, !text.isEmpty, text.utf8.count <= maximumReasonByteCount,
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    else { throw .malformed("'reason' has to be one line of 1 to 1,000 bytes") }
    return text
  }
}

/// What stands behind the `?` of an address.
struct QueryText {
  private let pairs: [(name: Substring, value: Substring)]

  /// Parts a query; nothing is unescaped, as no value of the page needs it.
  init(_ query: Substring) {
    pairs = query.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  /// The first value of a name.
  subscript(_ name: String) -> String? {
    pairs.first { $0.name.utf8.elementsEqual(name.utf8) }.map { String($0.value) }
  }

  /// A whole number of a range; `nil` for anything else.
  func number(_ name: String, in range: ClosedRange<Int>) -> Int? {
    self[name].flatMap { $0.utf8.count <= 9 ? Int($0) : nil }.flatMap { range.contains($0) ? $0 : nil }
  }
}
