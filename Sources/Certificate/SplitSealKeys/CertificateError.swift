public import SplitSealBase

/// Why a certificate could not be made, or a file of one could not be read or written.
///
/// A certificate that does not hold is not an error but a ``CertificateVerification``.
public struct CertificateError: UserFacingError, Hashable {
  /// The kind of fault.
  public enum Code: String, Hashable, Sendable {
    /// There is no file of that name.
    case notFound
    /// The operating system would not give or take the bytes.
    case inputOutput
    /// A file that must not be overwritten is there already.
    case alreadyExists
    /// A file is larger than anything of its kind may be.
    case tooLarge
    /// A key file that is not a key, or not of a kind that is supported.
    case badKey
    /// A key that is encrypted, and no passphrase to open it with.
    case passphraseNeeded
    /// A key that the given passphrase does not open.
    case wrongPassphrase
    /// A list of signers or of revoked keys that breaks the rules of its format.
    case badTrustFile
    /// A timestamp, or a file of certificates to check one with, that cannot be used.
    case badTimestamp
    /// Records that break the rules of their format, or that cannot be committed to.
    case badRecords
    /// An envelope, bundle or statement that breaks the rules of its format.
    case malformed
    /// A well-formed certificate of a kind or version that this version does not know.
    case unsupported
    /// Something was to be said about a certificate that does not hold, or was not checked.
    case unverified
    /// A folder that is going to be published holds what a hidden certificate hides.
    case revealing
    /// A certificate that was just signed does not verify.
    case selfCheckFailed
  }

  /// The kind of fault.
  public let code: Code
  /// What is wrong, lower case, without a full stop and without the place.
  public let message: String
  /// What to do about it, in the same voice.
  public let hint: String?
  /// The file it is about, as it was given; `nil` for bytes that came from no file.
  public let file: String?
  /// Line of the fault in that file, 1-based.
  public let line: Int?

  /// Makes an error that names its place.
  public init(_ code: Code, _ message: String, hint: String? = nil, file: String? = nil, line: Int? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
    self.line = line
  }
}

extension CertificateError: CustomStringConvertible {
  /// The error and its hint.
  public var messages: [ErrorMessage] { [ErrorMessage(description, hint: hint)] }

  /// `file:line: message`, as compilers and editors write it.
  public var description: String {
    ErrorMessage.text(file: file, line: line, message)
  }
}
