import Foundation
import Testing

/// The table of docs/threat-model.md against the attacks that are run: neither has a row that the other lacks.
@Suite struct ThreatModelTests {
  /// The sections of the page, and the attacks that each lists.
  static let sections: [(heading: String, attacks: [Attack])] = [
    ("Files", DatasetAttacks.files), ("Manifests", DatasetAttacks.manifests), ("Paths", PathAttacks.paths),
    ("Names", PathAttacks.names), ("Signatures", SignatureAttacks.signatures),
    ("Signers", TrustAttacks.signers), ("Types and downgrades", SignatureAttacks.types),
    ("Kinds and versions of statements", StatementAttacks.kinds),
    ("Statements that do not hold", StatementAttacks.claims), ("Documents with two readings", FormatAttacks.json),
    ("Documents that are too large", FormatAttacks.limits), ("Hidden records", TrustAttacks.hidden),
    ("Proofs", ProofAttacks.proofs),
    ("Other datasets, other versions", ProofAttacks.versions),
  ]

  @Test(arguments: sections.indices) func `the page says what the attacks show`(index: Int) throws {
    let (heading, attacks) = Self.sections[index]
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../docs/threat-model.md")
    let page = try String(contentsOf: path.standardizedFileURL, encoding: .utf8)
    let section = page.split(separator: "\n### ").first { $0.hasPrefix(heading + "\n") }
    let rows = try #require(section, "there is no section \(heading)").split(separator: "\n")
      .filter { $0.hasPrefix("| ") }.map(String.init).filter { $0 != "| attack | what happens | status | message |" }
    #expect(rows == attacks.map(\.row), "\(heading)\n\(attacks.map(\.row).joined(separator: "\n"))\n")
  }
}
