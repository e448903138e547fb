import SplitSealBase
import Foundation
import Testing

/// The landing pages of the documentation show programs that are built with the package.
@Suite struct LandingPageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    .standardizedFileURL

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  @Test(arguments: [
    ("Sources/Program/SplitSeal/SplitSeal.docc/SplitSeal.md", "Examples/audit-two-splits/main.swift"),
    (
      "Sources/Certificate/SplitSealCertificate/SplitSealCertificate.docc/SplitSealCertificate.md",
      "Examples/verify-certificate/main.swift"
    ),
  ]) func `a landing page shows the example as it is built`(page: String, example: String) throws {
    let lines = try Self.text(example).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let shown = lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    #expect(try Self.text(page).contains("\n\n" + shown + "\n"))
  }
}
