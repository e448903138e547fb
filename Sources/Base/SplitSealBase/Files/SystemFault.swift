internal import SplitSealSystem

/// Why the operating system did not do what it was asked to do.
package struct SystemFault: Error, Hashable {
  /// The value of `errno`.
  package let number: Int32

  /// Takes the value of `errno`.
  package init(number: Int32) { self.number = number }

  /// The fault of the call that has just failed.
  package static var last: SystemFault { SystemFault(number: errno) }

  package var isMissing: Bool { number == ENOENT || number == ENOTDIR }

  /// Whether a file that was to be made is there.
  package var isThereAlready: Bool { number == EEXIST }

  /// Whether an open that follows no links has met one, or there are too many to follow.
  package var isLink: Bool { number == ELOOP || number == EMLINK }

  /// Whether no file can be opened before others are closed.
  package var isTooManyOpenFiles: Bool { number == EMFILE || number == ENFILE }

  /// What a path says that goes on behind a file.
  package static var notAFolder: Int32 { ENOTDIR }

  /// Whether a file of that name exists and has no bytes to give: a socket.
  package var isNotAFile: Bool { number == ENXIO || number == EOPNOTSUPP || number == EISDIR || number == ENODEV }

  /// Whether it is about the one file or folder, and not about the machine: others can still be read.
  package var isOfOneFile: Bool { [EACCES, EPERM, ENAMETOOLONG, EIO].contains(number) }

  /// The reason in our own words, so that it does not change with the system and its language.
  package var reason: String {
    switch number {
    case ENOENT: "no such file or folder"
    case ENOTDIR: "a part of its path is a file"
    case EACCES, EPERM: "permission denied"
    case ELOOP: "too many links lead to it"
    case ENAMETOOLONG: "the name is too long"
    case EMFILE, ENFILE: "too many files are open"
    case EEXIST: "it is there already"
    case EISDIR: "it is a folder"
    case EIO: "input/output error"
    case ENOMEM: "not enough memory"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the file would be larger than the system allows (ulimit -f)"
    case EROFS: "the disk is read-only"
    case ENOLCK: "the file system has no locks left"
    case ENOTSUP: "the file system does not support it"
    case EPIPE: "nobody reads it any more"
    case EILSEQ: "the path is not valid UTF-8"
    default: "system error \(number)"
    }
  }
}
