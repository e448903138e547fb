/// An error that a person reads: what is wrong and where, and what to do about it.
///
/// The command line prints each of ``messages`` as an error and its hint, and ends with ``exitStatus``.
public protocol UserFacingError: Error, Sendable {
  /// What is wrong, at least one, in the order of their places.
  var messages: [ErrorMessage] { get }
  /// The status with which a program ends that cannot go on, 2 by default.
  var exitStatus: Int32 { get }
}

extension UserFacingError {
  /// 2: the program could not do what it was asked to do.
  public var exitStatus: Int32 { 2 }
}

/// One thing that is wrong.
public struct ErrorMessage: Hashable, Sendable {
  /// What is wrong, with its place in front: lower case, without a full stop.
  public let text: String
  /// What to do about it, in the same voice; `nil` where there is nothing to say.
  public let hint: String?

  /// Makes a message.
  public init(_ text: String, hint: String? = nil) {
    self.text = text
    self.hint = hint
  }

  /// A place as compilers and editors write it: `file:line:column: message`.
  ///
  /// - Parameters:
  ///   - file: The file as the user gave it; `nil` for bytes that came from no file.
  ///   - line: Line of the fault, 1-based.
  ///   - column: Column of the fault, 1-based.
  ///   - message: What is wrong there.
  /// - Returns: The message with its place in front.
  public static func text(file: String?, line: Int? = nil, column: Int? = nil, _ message: String) -> String {
    let place = ([file] + [line, column].map { $0.map(String.init) }).compactMap(\.self).joined(separator: ":")
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
