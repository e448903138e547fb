import SplitSealBase
import Foundation
import Testing

/// The table of docs/limits.md: the test of each row is there.
@Suite struct LimitsPageTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..")
    .standardizedFileURL

  /// Everything that is written in Swift below Tests.
  private static func tests() throws -> String {
    let folder = repository.appending(path: "Tests").path
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
  }

  @Test func `every limit has a test, by its name`() throws {
    let page = try String(contentsOf: Self.repository.appending(path: "docs/limits.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.count >= 30)
    let tests = try Self.tests()
    for row in rows {
      let name = try #require(row.split(separator: "`").dropLast().last, "\(row)")
      #expect(tests.contains("func `\(name)`("), "\(name)")
    }
  }
}
