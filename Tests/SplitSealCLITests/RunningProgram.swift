import Foundation

/// One of the built programs, at work with the arguments of a test.
final class RunningProgram {
  private let process = Process()
  private let folder: TemporaryFolder

  /// Starts a program that stands beside the tests.
  ///
  /// Its output goes to files: a pipe would fill up and stall it.
  init(named name: String, arguments: [String], currentDirectory: URL? = nil) throws {
    folder = try TemporaryFolder()
    process.executableURL = Self.productsFolder.appending(path: name)
    process.arguments = arguments
    process.currentDirectoryURL = currentDirectory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.newFile(folder.url.appending(path: "stdout"))
    process.standardError = try Self.newFile(folder.url.appending(path: "stderr"))
    try process.run()
  }

  /// Waits for the end of the program and gives its exit status.
  func waitForStatus() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What it has written to standard output.
  var standardOutput: String { text(of: "stdout") }
  /// What it has written to standard error.
  var standardError: String { text(of: "stderr") }

  /// The folder that the tests were built into.
  private static var productsFolder: URL {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return Bundle.main.bundleURL
  }

  private static func newFile(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  private func text(of name: String) -> String {
    (try? String(contentsOf: folder.url.appending(path: name), encoding: .utf8)) ?? ""
  }
}

/// A folder that is gone when its owner is.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "splitseal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
