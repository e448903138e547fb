/// Why a file could not be read or written.
public struct FileError: UserFacingError, Hashable {
  /// The kind of fault.
  public enum Code: String, Hashable, Sendable {
    /// There is no file of that name.
    case notFound
    /// The operating system would not give or take the bytes.
    case unreadable
    /// A file that must not be overwritten is there already.
    case alreadyExists
    /// The file is larger than anything of its kind may be.
    case tooLarge
  }

  /// The kind of fault.
  public let code: Code
  /// What is wrong, lower case, without a full stop and without the place.
  public let message: String
  /// What to do about it, in the same voice.
  public let hint: String?
  /// The file as it was given.
  public let file: String

  /// Makes an error.
  public init(_ code: Code, _ message: String, hint: String? = nil, file: String) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
  }

  /// The error and its hint.
  public var messages: [ErrorMessage] { [ErrorMessage(description, hint: hint)] }
}

extension FileError: CustomStringConvertible {
  /// `file: message`.
  public var description: String { ErrorMessage.text(file: file, message) }
}
