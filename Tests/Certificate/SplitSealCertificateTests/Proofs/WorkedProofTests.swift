import SplitSealBase
import Crypto
import Foundation
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

/// The worked example of docs/certificate.md: what it says is what a second program would compute.
///
/// The values come from Python's hashlib and the definition in RFC 6962.
@Suite struct WorkedProofTests {
  private static let records: [(path: String, label: String, content: String)] = [
    ("cat/1.png", "cat", "a"), ("cat/2.png", "cat", "b"), ("dog/1.png", "dog", "c"),
  ]

  private let page: String
  private let set: RecordSet
  private let levels: MerkleLevels
  private let digests: [Digest256]
  private let contents: MerkleLevels

  init() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../docs/certificate.md")
    let whole = try String(contentsOf: path.standardizedFileURL, encoding: .utf8)
    page = String(whole[try #require(whole.firstRange(of: "\nA worked example")).lowerBound...])
    set = try RecordSet(
      Self.records.map {
        Record(split: "train", path: $0.path, label: $0.label, sha256: Fixture.digest($0.content), size: 1)
      })
    levels = MerkleLevels(leaves: set.records.map(\.line))
    digests = set.records.map(\.sha256).sorted()
    contents = MerkleLevels(leaves: digests.map(\.bytes))
  }

  /// The values in the example's row of this name.
  private func row(_ name: String) throws -> [String] {
    let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(name) |") }, "no row \(name)")
    return line.dropFirst(name.count + 4).matches(of: /`([0-9a-f]{64})`/).map { String($0.1) }
  }

  @Test func `the records stand on the page`() {
    #expect(page.contains(String(decoding: set.serialized, as: UTF8.self)))
  }

  @Test func `the roots and paths of records are those of the page`() throws {
    #expect(try row("`recordRoot`") == [levels.root.description])
    #expect(levels.root.description == "5d3649d46ca860d503668c77ccfd8de1d329357e5ce68d7c97d1741b8baedcfc")
    #expect(try row("`hashes` of `cat/2.png`, index 1") == levels.path(ofLeafAt: 1).hashes.map(\.description))
    #expect(try row("`hashes` of `dog/1.png`, index 2") == levels.path(ofLeafAt: 2).hashes.map(\.description))
    #expect(try RecordSummary(set).splits[0].recordRoot == levels.root)
  }

  @Test func `the root and paths of digests are those of the page`() throws {
    #expect(try row("`contentRoot`") == [contents.root.description])
    #expect(contents.root.description == "dd67a4e94fcb4fff954bcb093257364a5b5d0832bda9ffb7a5b6340e45ca647b")
    #expect(try row("absent: the file that holds `e`") == [Fixture.digest("e").description])
    #expect(try row("absent: the file that holds `d`, below all") == [Fixture.digest("d").description])
    #expect(try row("`before`, index 1") == [digests[1].description])
    #expect(try row("`before.hashes`") == contents.path(ofLeafAt: 1).hashes.map(\.description))
    #expect(try row("`after`, index 2") == [digests[2].description])
    #expect(try row("`after.hashes`") == contents.path(ofLeafAt: 2).hashes.map(\.description))
    #expect(digests[1] < Fixture.digest("e") && Fixture.digest("e") < digests[2] && Fixture.digest("d") < digests[0])
  }
}
