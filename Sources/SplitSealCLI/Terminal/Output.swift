#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where a result goes: a file, or standard output for `-`.
struct Output {
  /// The path as the user gave it.
  let path: String

  /// Whether it is standard output.
  var isStandardOutput: Bool { path == "-" }

  /// Writes the whole text. A file is replaced at once: a reader never sees half of it.
  func write(_ text: String) throws(Trouble) {
    guard !isStandardOutput else { return Console.write(text, to: STDOUT_FILENO) }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Trouble(
        "cannot write \(path): \(Self.reason(error))", hint: "is the folder there, and may you write to it?")
    }
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return switch error.code {
    case .fileNoSuchFile: "no such folder"
    case .fileWriteNoPermission: "permission denied"
    case .fileWriteOutOfSpace: "no space left"
    case .fileWriteVolumeReadOnly: "read-only file system"
    default: "the system refused (\(error.code.rawValue))"
    }
  }
}
