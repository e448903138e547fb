internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

/// How many images of each split are in each other split, as every report shows it: the evaluated split of a pair first,
/// because a leak spoils that share of it.
///
/// A pair with leaks has a second row for its other split. Images and pairs differ where one image has several copies.
struct LeakTable {
  /// What a cell says where there was nothing to compare.
  static let notCompared = "not compared"

  struct Row {
    let split: Int
    let other: Int
    /// `14 of 93`, or `- of 93` where nothing was compared.
    let affected: String
    /// The share of the split's images; a dash where part of the comparison is missing and nothing was found.
    let share: String
    /// Pairs of the same bytes, of the same pixels and of near-duplicates; empty in the row of the other split.
    let pairs: [String]
    let affectedCount: Int
    /// Whether each of ``pairs`` is above 0.
    let isFound: [Bool]
    /// Whether no image of one of the two splits could be compared with the other in one way or in all.
    let isIncomplete: Bool
  }

  let rows: [Row]

  init(_ result: AuditResult) {
    let (manifest, coverage) = (result.input.manifest, result.coverage)
    rows = result.input.matches.counts.flatMap { count -> [Row] in
      let (evaluated, other) = SplitPairOrder(count, splits: manifest.splits).evaluatedFirst
      let both = [coverage[evaluated.split], coverage[other.split]]
      let isRead = both.allSatisfy { $0.checkedCount > 0 }
      let isCompared = isRead && both.allSatisfy { $0.comparedCount > 0 }
      func row(_ side: SplitPairOrder.Side, _ other: SplitPairOrder.Side, _ pairs: [(Int, Bool)]) -> Row {
        let (affected, listed) = (side.affectedCount, coverage[side.split].listedCount)
        return Row(
          split: side.split, other: other.split,
          affected: "\(affected > 0 || isRead ? grouped(affected) : "-") of \(grouped(listed))",
          share: affected > 0 || isCompared ? part(affected, of: listed) : isRead ? "-" : Self.notCompared,
          pairs: pairs.map { $0.0 > 0 || $0.1 ? grouped($0.0) : Self.notCompared }, affectedCount: affected,
          isFound: pairs.map { $0.0 > 0 }, isIncomplete: !isCompared)
      }
      let first = row(
        evaluated, other, [(count.bytePairs, isRead), (count.pixelPairs, isRead), (count.nearPairs, isCompared)])
      return count.affectedInFirst > 0 ? [first, row(other, evaluated, [])] : [first]
    }
  }

  /// The rows as sentences, for formats without tables: `images of test that are also in train: 14 of 93 (15.05 %)`.
  func sentences(_ result: AuditResult) -> [String] {
    let verb = result.input.alikeness.isCountDoubtful ? "match in" : "are also in"
    return rows.prefix(Self.sentenceCount).map { row in
      let names = [row.split, row.other].map { printable(result.input.manifest.splits[$0].name) }
      let pairs = zip(["same bytes", "same pixels", "near-duplicates"], row.pairs).map { "\($0) \($1)" }
      return "images of \(names[0]) that \(verb) \(names[1]): \(row.affected) (\(row.share))"
        + (pairs.isEmpty ? "" : "; pairs: \(pairs.joined(separator: ", "))")
    }
  }

  /// Sentences at most.
  private static let sentenceCount = 100
}
