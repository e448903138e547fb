public import SplitSealBase

/// Why a policy or a file of waivers cannot be used: every fault that was found in it.
public struct ConfigurationError: UserFacingError, Hashable {
  /// One fault and its place.
  public struct Problem: Hashable, Sendable {
    /// The file's path as the user gave it.
    public let file: String
    /// Line of the fault, 1-based; `nil` when the whole file is at fault.
    public let line: Int?
    /// Column of the fault in characters, 1-based.
    public let column: Int?
    /// What is wrong, lower case, without a full stop; names from the file are escaped.
    public let message: String
    /// What to do about it, in the same voice.
    public let hint: String?

    /// Names a fault.
    public init(_ message: String, hint: String? = nil, file: String, line: Int? = nil, column: Int? = nil) {
      self.message = message
      self.hint = hint
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// The faults in the order of their places, at least one.
  public let problems: [Problem]

  /// Collects faults.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// Each fault with its hint.
  public var messages: [ErrorMessage] { problems.map { ErrorMessage($0.description, hint: $0.hint) } }
}

extension ConfigurationError.Problem: CustomStringConvertible {
  /// `file:line:column: message`, as compilers and editors write it.
  public var description: String {
    ErrorMessage.text(file: file, line: line, column: column, message)
  }
}
