/// What tells whether a file is still the one that was read: a changed file has another stamp, but for changes within one
/// tick of the file system's clock.
public struct FileStamp: Hashable, Sendable {
  /// Number of bytes.
  public let byteCount: Int64
  /// Last change of the bytes, in nanoseconds since 1970.
  public let modified: Int64
  /// Last change of the bytes or of what the file system keeps of the file, in nanoseconds since 1970.
  ///
  /// Unlike ``modified`` no program can set it back.
  public let changed: Int64
  /// The file's number in its file system.
  public let number: UInt64
  /// The file system.
  public let device: UInt64

  /// Assembles a stamp.
  public init(byteCount: Int64, modified: Int64, changed: Int64, number: UInt64, device: UInt64) {
    self.byteCount = byteCount
    self.modified = modified
    self.changed = changed
    self.number = number
    self.device = device
  }
}
