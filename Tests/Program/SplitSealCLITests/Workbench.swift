import Foundation
import Testing

/// A fresh folder to run the built program in.
final class Workbench {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var url: URL { folder.url }

  /// Path of a name in the folder.
  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Runs `splitseal` in the folder and waits for its end.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  /// Runs `splitseal` in the folder and waits for its end.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let program = try RunningProgram(
      named: "splitseal", arguments: arguments, currentDirectory: url, environment: environment)
    return Outcome(program)
  }

  /// Runs a line of shell in the folder, with the path of the built program in `$SPLITSEAL`.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    let environment = environment.merging(["SPLITSEAL": RunningProgram.path(of: "splitseal")]) { $1 }
    let program = try RunningProgram(
      at: "/bin/sh", arguments: ["-c", line], currentDirectory: url, environment: environment)
    return Outcome(program)
  }

  /// Whether all programs are installed.
  static func has(_ programs: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return programs.allSatisfy { program in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
  }

  /// Writes a file, and the folders above it.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Writes a text file, and the folders above it.
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Makes a link that holds `target` as it is written.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// Makes a folder.
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// Makes a named pipe, which nobody will ever write to.
  func makePipe(_ name: String) throws {
    let result = unsafe mkfifo(path(name), 0o600)
    try #require(result == 0)
  }

  /// The bytes of a file.
  func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: url.appending(path: name))) }

  /// The text of a file.
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Changes the text of a file; it must hold what is replaced.
  func replace(_ old: String, with new: String, in name: String) throws {
    let text = try text(name)
    try #require(text.contains(old))
    try write(name, text.replacing(old, with: new))
  }

  /// Removes a file or folder.
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// The names in a folder, sorted; hidden ones too.
  func names(in name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }
}

/// What a program did.
struct Outcome {
  /// Its exit status; minus the number of the signal that ended it.
  let status: Int32
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let errors: String

  init(_ program: RunningProgram) {
    status = program.waitForStatus()
    output = program.standardOutput
    errors = program.standardError
  }

  /// The lines that it wrote to standard error, without the program's name.
  var complaints: [String] {
    errors.split(separator: "\n").map { $0.hasPrefix("splitseal: ") ? String($0.dropFirst(11)) : String($0) }
  }

  /// The JSON document that it wrote to standard output.
  func document() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}
