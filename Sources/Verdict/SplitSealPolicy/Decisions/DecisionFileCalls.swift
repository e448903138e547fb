internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealSystem

/// The system calls that change or lock the file of decisions; tests replace some of them by calls that fail.
///
/// Each one sets `errno` when it fails.
struct DecisionFileCalls: Sendable {
  /// Locks an open file for this writer alone without waiting; 0 when it did.
  var lock: @Sendable (_ descriptor: Int32) -> Int32 = { flock($0, LOCK_EX | LOCK_NB) }
  /// Writes all bytes at the end of an open file; `false` when the system did not take them all.
  var write: @Sendable (_ bytes: [UInt8], _ descriptor: Int32) -> Bool = { writeAll($0, to: $1) }
  /// Cuts an open file to a number of bytes; 0 when it did.
  var truncate: @Sendable (_ descriptor: Int32, _ byteCount: Int) -> Int32 = { ftruncate($0, off_t($1)) }
  /// Has an open file written to the disk; 0 when it did.
  var synchronize: @Sendable (_ descriptor: Int32) -> Int32 = { fsync($0) }
}
