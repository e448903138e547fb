import Foundation

/// A file of Tests/Fuzz/Corpus that a test draws.
///
/// With `SPLITSEAL_WRITE_CORPUS=1` the tests write such files anew instead of holding them against what they draw.
public struct CorpusFile {
  /// Whether the files are to be written.
  public static var isWritten: Bool { ProcessInfo.processInfo.environment["SPLITSEAL_WRITE_CORPUS"] == "1" }

  private let url: URL

  /// Names a file below the corpus: `image/rgb.png`.
  public init(_ name: String) {
    url =
      URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz/Corpus/\(name)")
      .standardizedFileURL
  }

  /// What it holds.
  public func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  /// Writes it.
  public func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: url) }
}
