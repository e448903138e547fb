public import SplitSealBase

/// Why shards cannot be read or joined, where, and what to do about it.
public struct ShardError: UserFacingError, Hashable {
  /// The kind of fault.
  public enum Code: String, Hashable, Sendable {
    case notFound
    case unreadable
    case notAShard
    case newerFormat
    case otherFingerprints
    case truncated
    case corrupt
    case invalidPath
    case conflictingSplit
    case conflictingRole
    case differentTerms
    case duplicatePart
    case missingPart
    case tooMany
    case withoutPDQ
    case notAPack
    case unreadableImage
  }

  /// The kind of fault.
  public let code: Code
  /// What is wrong, lower case, without a full stop and without the place.
  public let message: String
  /// What to do about it, in the same voice.
  public let hint: String?
  /// The file's path as the user gave it, or `standard input`.
  public let file: String
  /// Which of the segments that the file is made of, 1-based.
  public let segment: Int?
  /// Offset in the file of the block that is at fault.
  public let offset: Int?

  /// Makes an error that names its place.
  public init(
    _ code: Code, _ message: String, hint: String? = nil, file: String, segment: Int? = nil, offset: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
    self.segment = segment
    self.offset = offset
  }
}

extension ShardError: CustomStringConvertible {
  /// The error and its hint.
  public var messages: [ErrorMessage] { [ErrorMessage(description, hint: hint)] }

  /// `file: message (segment 2, byte 1024)`.
  public var description: String {
    let place = [segment.map { "segment \($0)" }, offset.map { "byte \($0)" }].compactMap(\.self)
    return "\(file): \(message)" + (place.isEmpty ? "" : " (\(place.joined(separator: ", ")))")
  }
}
