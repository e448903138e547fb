import SplitSealBase
import Foundation
import SplitSealAudit
import SplitSealRules
import Testing

/// docs/rules.md says of each rule what ``RuleCatalogue`` says.
///
/// With `SPLITSEAL_WRITE_DOCS=1` the table is written anew instead of compared.
@Suite struct RulesPageTests {
  private static let page = "docs/rules.md"
  private static let (start, end) = ("<!-- rules -->\n", "<!-- end of rules -->")

  private static var table: String {
    let rows = RuleCatalogue.all.map { rule in
      "| [\(rule.id.rawValue)](#\(rule.id.rawValue)) | \(rule.severity) | \(rule.finds) |\n"
    }
    return "| rule | default severity | finds |\n|---|---|---|\n" + rows.joined()
  }

  @Test func `the table of rules is that of the catalogue`() throws {
    let text = try RepositoryFile.text(Self.page)
    let from = try #require(text.range(of: Self.start)).upperBound
    let to = try #require(text.range(of: Self.end)).lowerBound
    guard ProcessInfo.processInfo.environment["SPLITSEAL_WRITE_DOCS"] != "1" else {
      return try RepositoryFile.write(String(text[..<from]) + Self.table + text[to...], to: Self.page)
    }
    #expect(
      text[from..<to] == Self.table, "write it anew with: SPLITSEAL_WRITE_DOCS=1 Tests/run.sh --filter RulesPageTests")
  }

  @Test(arguments: RuleCatalogue.all) func `each rule has a section`(rule: RuleDescription) throws {
    #expect(try RepositoryFile.text(Self.page).contains("\n## \(rule.id.rawValue)\n"))
  }

  @Test func `every rule that is described is evaluated, in the same order`() {
    #expect(Audit.rules.map(\.id) == RuleCatalogue.all.map(\.id))
    #expect(Set(RuleID.all).count == RuleID.all.count)
  }
}
