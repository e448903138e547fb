/// One JSON value.
///
/// Objects keep their members in the order they were written, because order is part of what a person reads and
/// because a dictionary would merge keys that are canonically equivalent but differ in bytes.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number with a fraction or an exponent, as its literal, so that nothing is lost or reformatted.
  case decimal(String)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// One key and its value in a JSON object.
public struct JSONMember: Hashable, Sendable {
  /// The key, unescaped.
  public let key: String
  /// The value that stands under the key.
  public let value: JSONValue

  /// Pairs a key with its value.
  public init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue {
  /// The value under `key`, compared by UTF-8 bytes; `nil` when absent or when this is not an object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The text of a string value; `nil` for every other kind.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The integer of an integer value; `nil` for every other kind.
  public var integer: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The elements of an array; `nil` for every other kind.
  public var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members of an object; `nil` for every other kind.
  public var members: [JSONMember]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// Makes an object from pairs, leaving out those whose value is `nil`: absent instead of null.
  public static func object(_ pairs: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(pairs.compactMap { pair in pair.value.map { JSONMember(pair.key, $0) } })
  }

  /// Makes an integer value.
  public static func integer(_ number: Int) -> JSONValue { .integer(Int64(number)) }
}
