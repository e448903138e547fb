internal import SplitSealSystem

/// Writes bytes to a file descriptor, all of them.
///
/// - Parameters:
///   - bytes: What is written.
///   - descriptor: An open file, pipe or terminal.
/// - Returns: `false` when the system would not take them all; `errno` then says why.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var bytes = bytes[...]
  while !bytes.isEmpty {
    let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if written > 0 {
      bytes = bytes.dropFirst(written)
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
