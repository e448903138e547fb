import Foundation

/// One of the built programs, at work with the arguments of a test.
final class RunningProgram {
  /// Seconds after which a program counts as hanging and is killed: far more than any test needs.
  private static let patience = 240

  private let process = Process()
  private let folder: TemporaryFolder
  private let guardian: DispatchWorkItem

  /// Starts a program that stands beside the tests.
  ///
  /// Its output goes to files: a pipe would fill up and stall it. Of the environment that the tests run in, it sees what
  /// does not change its output.
  convenience init(
    named name: String, arguments: [String], currentDirectory: URL? = nil, environment: [String: String] = [:]
  ) throws {
    try self.init(
      at: Self.path(of: name), arguments: arguments, currentDirectory: currentDirectory, environment: environment)
  }

  /// Starts the program at a path.
  init(at path: String, arguments: [String], currentDirectory: URL?, environment: [String: String]) throws {
    folder = try TemporaryFolder()
    process.executableURL = URL(filePath: path)
    var inherited = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "SOURCE_DATE_EPOCH"] { inherited[name] = nil }
    inherited["TERM"] = "xterm"
    // Nobody's own cache is used or written, and no test sees what another one remembered.
    inherited["SPLITSEAL_CACHE"] = folder.url.appending(path: "cache.sqlite").path
    process.environment = inherited.merging(environment) { $1 }
    process.arguments = arguments
    process.currentDirectoryURL = currentDirectory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.newFile(folder.url.appending(path: "stdout"))
    process.standardError = try Self.newFile(folder.url.appending(path: "stderr"))
    try process.run()
    let identifier = process.processIdentifier
    guardian = DispatchWorkItem { kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Self.patience), execute: guardian)
  }

  /// Waits for the end of the program and gives its exit status; a program that a signal ended gives minus its number.
  func waitForStatus() -> Int32 {
    process.waitUntilExit()
    guardian.cancel()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  /// Whether it is still at work.
  var isRunning: Bool { process.isRunning }

  /// Waits until it handles interruptions itself, as far as the system tells: Linux names the signals that are caught.
  func waitUntilListening() {
    let bit: UInt64 = 1 << (UInt64(SIGINT) - 1)
    while isRunning {
      guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8) else {
        // No such file system: give it the time to start.
        return Thread.sleep(forTimeInterval: 1)
      }
      let caught = text.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
      if let caught, let mask = UInt64(caught, radix: 16), mask & bit != 0 { return }
      Thread.sleep(forTimeInterval: 0.002)
    }
  }

  /// Does what Ctrl-C does.
  func interrupt() { process.interrupt() }

  /// Ends it as nothing can be done against, if it still runs.
  func killAtOnce() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
  }

  /// Path of a program that stands beside the tests.
  static func path(of name: String) -> String { productsFolder.appending(path: name).path }

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
