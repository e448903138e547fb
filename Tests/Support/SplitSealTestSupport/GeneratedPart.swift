import Foundation

/// A part of a file of the repository that is generated from the code: what stands between two markers.
///
/// A test compares it with what the code says. With `SPLITSEAL_WRITE_DOCS=1` the test writes the part instead.
public struct GeneratedPart {
  /// Whether the parts are to be written.
  public static var isWritten: Bool { ProcessInfo.processInfo.environment["SPLITSEAL_WRITE_DOCS"] == "1" }

  /// Why there is no such part.
  public struct Missing: Error, CustomStringConvertible {
    /// Which file lacks which marker.
    public let description: String
  }

  private let url: URL
  private let opening: String
  private let closing: String

  /// Names a part.
  ///
  /// - Parameters:
  ///   - path: Path of the file below the repository.
  ///   - opening: What stands before the part; once in the file.
  ///   - closing: What stands behind it.
  public init(of path: String, from opening: String, to closing: String) {
    url =
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../\(path)").standardizedFileURL
    (self.opening, self.closing) = (opening, closing)
  }

  /// The part as it is.
  public func text() throws -> String {
    let file = try file()
    return String(file[try range(in: file)])
  }

  /// Replaces the part.
  public func write(_ text: String) throws {
    var file = try file()
    file.replaceSubrange(try range(in: file), with: text)
    try Data(file.utf8).write(to: url, options: .atomic)
  }

  private func file() throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }

  private func range(in file: String) throws -> Range<String.Index> {
    guard let start = file.range(of: opening), file[start.upperBound...].range(of: opening) == nil else {
      throw Missing(description: "\(url.path) does not have '\(opening)' exactly once")
    }
    guard let end = file[start.upperBound...].range(of: closing) else {
      throw Missing(description: "\(url.path) has no '\(closing)' behind '\(opening)'")
    }
    return start.upperBound..<end.lowerBound
  }
}
