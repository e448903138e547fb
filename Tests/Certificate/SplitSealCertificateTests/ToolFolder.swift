import Foundation

extension Tool {
  /// A folder for the files of one test, gone when its owner is.
  final class Folder: Sendable {
    private let root: String

    init() {
      root = NSTemporaryDirectory() + "splitseal-folder-" + UUID().uuidString
      try? FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    func run(_ script: String) throws -> (status: Int32, output: String) {
      let outcome = try Tool.run(script, in: root)
      return (outcome.status, outcome.output)
    }

    func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
  }
}
