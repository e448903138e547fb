#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What the operating system answered instead of doing what it was asked.
struct SystemFault: Error, Hashable {
  /// The value of `errno`.
  let number: Int32

  /// The fault of the call that has just failed.
  static var last: SystemFault { SystemFault(number: errno) }

  var isMissing: Bool { number == ENOENT || number == ENOTDIR }

  /// Whether an open that follows no links has met one, or there are too many to follow.
  var isLink: Bool { number == ELOOP || number == EMLINK }

  /// Whether no file can be opened before others are closed.
  var isTooManyOpenFiles: Bool { number == EMFILE || number == ENFILE }

  /// What a path says that goes on behind a file.
  static var notAFolder: Int32 { ENOTDIR }

  /// Whether a file of that name exists and has no bytes to give: a socket.
  var isNotAFile: Bool { number == ENXIO || number == EOPNOTSUPP || number == EISDIR || number == ENODEV }

  /// Whether it is about the one file or folder, and not about the machine: others can still be read.
  var isOfOneFile: Bool { [EACCES, EPERM, ENAMETOOLONG, EIO].contains(number) }

  /// The reason in our own words, so that it does not change with the system and its language.
  var reason: String {
    switch number {
    case ENOENT, ENOTDIR: "no such file or folder"
    case EACCES, EPERM: "permission denied"
    case ELOOP: "too many links lead to it"
    case ENAMETOOLONG: "the name is too long"
    case EMFILE, ENFILE: "too many files are open"
    case EIO: "input/output error"
    case ENOMEM: "not enough memory"
    case EISDIR: "it is a folder"
    case EILSEQ: "the path is not valid UTF-8"
    default: "system error \(number)"
    }
  }
}
