internal import Foundation
internal import Synchronization

/// Opens a page in the user's browser.
///
/// Everybody on the machine can see the arguments of a program, and the address contains a secret. The browser therefore gets
/// the path of a file that only the user can read and that redirects to the address.
final class BrowserLauncher: Sendable {
  private let folder = Mutex<URL?>(nil)

  /// Whether there is a person at a terminal with a display.
  static var hasDisplay: Bool {
    guard Console.isTerminal(1) else { return false }
    #if os(macOS)
      return Console.environment("SSH_CONNECTION") == nil
    #else
      return ["DISPLAY", "WAYLAND_DISPLAY"].contains { !(Console.environment($0) ?? "").isEmpty }
    #endif
  }

  /// Opens an address, which must not contain characters with a meaning in HTML.
  ///
  /// - Returns: `false` if no browser could be started.
  func open(_ address: String) -> Bool {
    guard let launcher = Self.launcher else { return false }
    let place = FileManager.default.temporaryDirectory.appending(path: "splitseal-review-\(UUID().uuidString)")
    let page = """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>SplitSeal</title>
      <meta http-equiv="refresh" content="0;url=\(address)"><a href="\(address)">Review</a></html>

      """
    do {
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      folder.withLock { $0 = place }
      let file = place.appending(path: "review.html")
      try Data(page.utf8).write(to: file)
      let program = Process()
      program.executableURL = URL(filePath: launcher)
      program.arguments = [file.path]
      program.standardInput = FileHandle.nullDevice
      program.standardOutput = FileHandle.nullDevice
      program.standardError = FileHandle.nullDevice
      try program.run()
      return true
    } catch {
      return false
    }
  }

  /// The program that opens files in the user's preferred application; `nil` if there is none.
  private static var launcher: String? {
    #if os(macOS)
      let name = "open"
    #else
      let name = "xdg-open"
    #endif
    return (Console.environment("PATH") ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Removes the file.
  func forget() {
    guard let place = folder.withLock({ $0 }) else { return }
    try? FileManager.default.removeItem(at: place)
  }
}
