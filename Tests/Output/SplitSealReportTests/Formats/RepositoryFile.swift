import Foundation

/// A file of the repository that a test compares with.
enum RepositoryFile {
  static func text(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardizedFileURL
    return String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }
}
