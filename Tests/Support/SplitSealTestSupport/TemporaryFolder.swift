import Foundation

/// A fresh folder that is removed with everything in it when the value goes away.
public final class TemporaryFolder {
  /// Real path of the folder.
  public let path: String

  public init() throws {
    let template = FileManager.default.temporaryDirectory.appendingPathComponent("manifest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: template, withIntermediateDirectories: true)
    path = template.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a name in the folder.
  public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders above it.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try makeFolder(above: name)
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  /// Writes a text file, and the folders above it.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// Makes a link that holds `target` as it is written.
  public func link(_ name: String, to target: String) throws {
    try makeFolder(above: name)
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  /// Makes an empty folder.
  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
  }

  /// Makes a named pipe.
  public func makePipe(_ name: String) throws {
    let result = unsafe mkfifo(self(name), 0o600)
    guard result == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Makes a file as long as it is told, without using disk for it.
  public func setSize(_ name: String, to byteCount: UInt64) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: self(name)))
    try handle.truncate(atOffset: byteCount)
    try handle.close()
  }

  /// Takes all permissions from a file.
  public func forbid(_ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: self(name))
  }

  private func makeFolder(above name: String) throws {
    guard let slash = name.lastIndex(of: "/") else { return }
    try makeFolder(String(name[..<slash]))
  }
}
