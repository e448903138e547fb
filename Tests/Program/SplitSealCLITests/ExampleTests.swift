import SplitSealBase
import Foundation
import Testing

/// The example dataset, drawn and audited by the built programs.
///
/// What is expected comes from PLANTED.csv: the generator knows which training image it disguised how.
@Suite(.serialized) struct ExampleTests {
  @Test
  func
    `the example dataset is the same in every run, and a scan finds every copy planted in it, and a repaired one passes`()
    throws
  {
    let folder = try TemporaryFolder()
    let (first, second) = (folder.url.appending(path: "first"), folder.url.appending(path: "second"))
    // Both at once: unoptimized, drawing takes seconds.
    let runs = try [first, second].map { try RunningProgram(named: "make-liveness", arguments: [$0.path]) }
    for run in runs { try #require(run.waitForStatus() == 0) }
    #expect(try digests(of: first) == digests(of: second))

    let pairs = folder.url.appending(path: "pairs.csv")
    let manifest = first.appending(path: "manifest.csv")
    let scan = try RunningProgram(
      named: "splitseal",
      arguments: ["scan", manifest.path, "--pairs", pairs.path])
    #expect(scan.waitForStatus() == 1)
    let planted = try rows(of: first.appending(path: "PLANTED.csv"))
    let expected = planted.map { [$0[3], "train", $0[1], "test", $0[0]] }
    #expect(expected.count == 14)
    let found = try rows(of: pairs).map { (pair: Array($0[0..<5]), score: try #require(Double($0[5]))) }
    let copies = found.filter { expected.contains($0.pair) }
    #expect(Set(copies.map(\.pair)) == Set(expected))
    #expect(copies.count == expected.count)
    // Drawn faces are made alike: what is no copy may be found too, but no pair of them is as sure as a copy.
    let others = found.filter { !expected.contains($0.pair) }
    let leastSure = try #require(copies.map(\.score).min())
    #expect(others.allSatisfy { $0.score < leastSure })
    // 63 / 30: the test split has 2.1 spoofed faces for a real one, and one was declared.
    let text = scan.standardOutput
    #expect(text.contains("class-imbalance"))
    #expect(text.contains("2.10"))
    #expect(text.contains("subject 's06' is in train (6 images) and test (5 images)"))

    let clean = folder.url.appending(path: "clean")
    let repair = try RunningProgram(named: "splitseal", arguments: ["repair", manifest.path, "-o", clean.path])
    #expect(repair.waitForStatus() == 0, "\(repair.standardError)")
    let again = try RunningProgram(
      named: "splitseal", arguments: ["scan", clean.appending(path: "manifest.csv").path, "--root", first.path])
    #expect(again.waitForStatus() == 0)
    #expect(again.standardOutput.hasPrefix("PASS"), "\(again.standardOutput)")
  }

  @Test func `the generator leaves a folder alone that is not empty`() throws {
    let folder = try TemporaryFolder()
    let mine = folder.url.appending(path: "mine.txt")
    try Data("mine".utf8).write(to: mine)
    let run = try RunningProgram(named: "make-liveness", arguments: [folder.url.path])
    #expect(run.waitForStatus() != 0)
    #expect(run.standardError.contains("is not empty; name a folder that is new or empty"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["mine.txt"])
  }

  /// Every file's path and bytes, sorted by path.
  private func digests(of folder: URL) throws -> [[String]] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return try paths.filter { $0.contains(".") }.map {
      [$0, try Data(contentsOf: folder.appending(path: $0)).base64EncodedString()]
    }
  }

  /// The rows of a CSV file without its header; a quoted field may hold commas, and nothing else that is special.
  private func rows(of file: URL) throws -> [[String]] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    return lines.map { line in
      let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
      let kept = quoted.enumerated().map { index, part in
        index.isMultiple(of: 2) ? String(part).replacing(",", with: "\u{1F}") : String(part)
      }
      return kept.joined().split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
