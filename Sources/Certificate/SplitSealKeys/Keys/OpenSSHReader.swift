/// Steps through the fields of OpenSSH's binary formats: each text or number after its length in four bytes, big-endian.
///
/// - Source: RFC 4251, section 5.
struct OpenSSHReader {
  /// The bytes end too early, or have another form.
  struct Fault: Error {}

  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

  /// Whether everything has been read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Takes so many bytes.
  mutating func bytes(_ count: Int) throws(Fault) -> [UInt8] {
    guard count >= 0, rest.count >= count else { throw Fault() }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// Takes a number of four bytes.
  mutating func number() throws(Fault) -> Int {
    try bytes(4).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Takes a field after its length.
  mutating func field() throws(Fault) -> [UInt8] { try bytes(number()) }

  /// Takes a field that is text.
  mutating func text() throws(Fault) -> String {
    guard let text = String(validating: try field(), as: UTF8.self) else { throw Fault() }
    return text
  }

  /// Takes everything that is left.
  mutating func remainder() -> [UInt8] {
    defer { rest = [] }
    return Array(rest)
  }

  /// Writes fields as they are read.
  static func join(_ fields: [[UInt8]]) -> [UInt8] {
    fields.flatMap { field in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: field.count >> $0) } + field }
  }
}
