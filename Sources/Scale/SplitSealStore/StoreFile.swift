internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealSystem

/// Why a file is not used as a cache.
///
/// The file and those beside it are as they were.
public struct StoreRefusal: Error, Hashable, Sendable {
  /// What is wrong, with the name of the file; lower case, without a full stop.
  public let message: String
  /// What to do about it, in the same voice.
  public let hint: String

  static func foreign(_ path: String) -> StoreRefusal {
    StoreRefusal(
      message: "\(printable(path)) is not a cache of splitseal; it was left as it is",
      hint: "give --cache the name of a file that does not exist yet")
  }

  fileprivate static func otherSchema(_ version: Int, _ path: String) -> StoreRefusal {
    let isNewer = version > StoreSchema.version
    return StoreRefusal(
      message: "\(printable(path)) is a cache of \(isNewer ? "a newer" : "an older") splitseal: its format is "
        + "\(version), and this program uses format \(StoreSchema.version); it was left as it is",
      hint: "give --cache the name of another file" + (isNewer ? "" : ", or delete this one if nothing else uses it"))
  }
}

extension FingerprintStore {
  /// Checks, without changing anything, that a file is a store of this version or may become one.
  ///
  /// - Throws: ``StoreRefusal`` where the file holds something else. A file that cannot be read is no refusal: opening the
  ///   store says what is wrong.
  public static func check(_ path: String) throws(StoreRefusal) {
    switch StoreFile(at: path) {
    case .new, .store(StoreSchema.version), .unreadable: break
    case .store(let version): throw .otherSchema(version, path)
    case .foreign: throw .foreign(path)
    }
  }
}

/// What the first bytes of a file tell.
///
/// They are read without SQLite, which changes a database by opening it: it may roll back a journal, or move the
/// write-ahead log into the database, and then deletes the side files.
enum StoreFile: Hashable {
  /// There is no file, or it is empty.
  case new
  /// A store whose tables have this version.
  case store(Int)
  case foreign
  case unreadable

  private static let magic = Array("SQLite format 3\0".utf8)
  /// Where SQLite keeps `user_version` and `application_id`, big-endian.
  ///
  /// - Source: SQLite's file format, section 1.3.
  private static let versionOffset = 60
  private static let applicationOffset = 68

  init(at path: String) {
    // Without waiting for the other end, where it is a pipe.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      self = [ENOENT, ENOTDIR].contains(errno) ? .new : .unreadable
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      self = .unreadable
      return
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      self = .foreign
      return
    }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else {
      self = .unreadable
      return
    }
    self.init(header: bytes.prefix(count))
  }

  private init(header bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else {
      self = .new
      return
    }
    func number(at offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard bytes.count >= Self.applicationOffset + 4, bytes.starts(with: Self.magic),
      number(at: Self.applicationOffset) == StoreSchema.applicationID
    else {
      self = .foreign
      return
    }
    self = .store(number(at: Self.versionOffset))
  }
}
