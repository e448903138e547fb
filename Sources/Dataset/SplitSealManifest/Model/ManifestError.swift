public import SplitSealBase

/// Why a manifest cannot be audited, where, and what to do about it.
public struct ManifestError: UserFacingError, Hashable {
  /// The kind of fault.
  public enum Code: String, Hashable, Sendable {
    case notFound
    case unreadable
    case unknownFormat
    case empty
    case invalidUTF8
    case malformed
    case missingColumn
    case raggedRow
    case unknownSplit
    case conflictingSplit
    case invalidPath
    case pathLeavesRoot
    case tooLarge
  }

  /// The kind of fault.
  public let code: Code
  /// What is wrong, lower case, without a full stop and without the place.
  public let message: String
  /// What to do about it, in the same voice.
  public let hint: String?
  /// The input's path as the user gave it.
  public let file: String
  /// Line of the fault, 1-based.
  public let line: Int?
  /// Column of the fault: the byte in the line for syntax, the field for content; 1-based.
  public let column: Int?

  /// Makes an error that names its place.
  public init(
    _ code: Code, _ message: String, hint: String? = nil, file: String, line: Int? = nil, column: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
    self.line = line
    self.column = column
  }
}

extension ManifestError: CustomStringConvertible {
  /// The error and its hint.
  public var messages: [ErrorMessage] { [ErrorMessage(description, hint: hint)] }

  /// `file:line:column: message`, as compilers and editors write it.
  public var description: String {
    ErrorMessage.text(file: file, line: line, column: column, message)
  }
}
