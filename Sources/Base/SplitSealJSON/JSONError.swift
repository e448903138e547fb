/// Why a text is not the JSON that SplitSeal accepts, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, lower case, without a full stop.
  public let reason: String
  /// Offset of the offending byte from the start of the bytes that were handed over, 0-based.
  public let offset: Int
  /// Whether the text is larger than allowed, and not wrong in itself.
  public let exceedsLimit: Bool

  init(reason: String, offset: Int, exceedsLimit: Bool = false) {
    self.reason = reason
    self.offset = offset
    self.exceedsLimit = exceedsLimit
  }

  /// A sentence for a person, offset included.
  public var description: String { "\(reason) at byte \(offset)" }
}

/// What a parse refuses beyond the grammar.
///
/// The defaults suit documents from strangers.
public struct JSONLimits: Hashable, Sendable {
  /// Bytes of text.
  public var maximumByteCount = 8 << 20
  /// Arrays and objects inside one another.
  public var maximumDepth = 32
  /// UTF-8 bytes of one string or key, unescaped.
  public var maximumStringByteCount = 64 << 10
  /// Elements of one array, or members of one object.
  public var maximumElementCount = 1 << 20
  /// Values of the whole text, each element and member counted: a value of two bytes takes forty and more of memory.
  public var maximumValueCount = 1 << 20
  /// Whether numbers with a fraction or an exponent are allowed.
  ///
  /// Certificates have none.
  public var allowsDecimals = true

  /// Whether `NaN`, `Infinity` and `-Infinity`, which Python and JavaScript write and JSON does not know, are read as `null`.
  public var readsNotANumberAsNull = false

  /// The default limits.
  public init() {}
}
