internal import SplitSealSystem

/// An open file or folder; closed when the value ends.
package struct OpenFile: ~Copyable {
  package let descriptor: Int32

  /// Opens a file for reading, following links.
  ///
  /// A pipe or a device does not block.
  package init(_ path: String) throws(SystemFault) {
    descriptor = unsafe try Self.checked(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
  }

  /// Opens a folder, following links.
  package init(folder path: String) throws(SystemFault) {
    descriptor = unsafe try Self.checked(open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY))
  }

  /// Opens what stands as `name` directly in an open folder, unless it is a link.
  ///
  /// - Precondition: `name` is one path component.
  package init(_ name: String, in folder: Int32, asFolder: Bool = false) throws(SystemFault) {
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (asFolder ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY)
    descriptor = unsafe try Self.checked(openat(folder, name, flags))
  }

  deinit { close(descriptor) }

  private static func checked(_ result: Int32) throws(SystemFault) -> Int32 {
    guard result >= 0 else { throw .last }
    return result
  }

  package func status() throws(SystemFault) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// Asks the system to read the file ahead; where it cannot, nothing happens.
  package func readAhead() {
    #if !canImport(Darwin)
      _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_WILLNEED)
    #endif
  }

  /// Reads to the end of the file, into the memory that `buffer` already has where it suffices.
  ///
  /// - Parameters:
  ///   - buffer: Overwritten; holds exactly the file's bytes on return.
  ///   - byteCount: How many bytes the file is said to have.
  /// - Returns: Whether the file had exactly `byteCount` bytes; when it had more, `buffer` holds one byte more.
  /// - Throws: ``SystemFault`` when the system refuses.
  package func read(into buffer: inout [UInt8], byteCount: Int) throws(SystemFault) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    // One byte more than the size, so that a file that grows is noticed; nothing is filled with zeros first.
    try buffer.append(addingCapacity: byteCount + 1) { (span: inout OutputSpan<UInt8>) throws(SystemFault) in
      unsafe try span.withUnsafeMutableBufferPointer { (bytes, count) throws(SystemFault) in
        while count <= byteCount {
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[count...])
          // Darwin refuses to read more than Int32.max bytes at once.
          #if canImport(Glibc)
            let received = unsafe Glibc.read(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
          #elseif canImport(Musl)
            let received = unsafe Musl.read(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
          #else
            let received = unsafe Darwin.read(descriptor, rest.baseAddress, min(rest.count, 1 << 30))
          #endif
          if received > 0 {
            count += received
          } else if received == 0 {
            return
          } else if errno != EINTR {
            throw .last
          }
        }
      }
    }
    return buffer.count == byteCount
  }
}
