internal import SplitSealBase

/// How one record of a dataset differs from the one that was signed.
struct RecordDifference: Hashable {
  /// What differs, in the order in which differences are told.
  enum Kind: String, Hashable, CaseIterable {
    case changed, unreadable, missing, added, moved, relabelled, regrouped
  }

  let kind: Kind
  /// A sentence, lower case, without a full stop.
  let message: String
}

extension RecordDifference {
  /// Every difference of a dataset from the signed records: by kind, then by split and path.
  ///
  /// - Complexity: O(*n*) for *n* records, both sides together.
  static func all(signed: RecordSet, current: DatasetState) -> [RecordDifference] {
    var found: [Kind: [RecordDifference]] = [:]
    func report(_ kind: Kind, _ record: Record, _ what: String) {
      found[kind, default: []].append(
        RecordDifference(kind: kind, message: "\(record.path.quoted) in split \(record.split.quoted) \(what)"))
    }
    var lost: [Record] = []
    var gained: [Record] = []
    var i = 0
    var j = 0
    let old = signed.records
    let new = current.records.records
    while i < old.count || j < new.count {
      if j == new.count || i < old.count && old[i].precedes(new[j]) {
        lost.append(old[i])
        i += 1
      } else if i == old.count || new[j].precedes(old[i]) {
        gained.append(new[j])
        j += 1
      } else {
        if old[i].sha256 != new[j].sha256 || old[i].size != new[j].size {
          report(.changed, old[i], "has other content than was signed (SHA-256 \(new[j].sha256))")
        }
        if !isSame(old[i].label, new[j].label) {
          report(.relabelled, old[i], "was labelled \(shown(old[i].label)), and is labelled \(shown(new[j].label))")
        }
        if !isSame(old[i].group, new[j].group) {
          report(.regrouped, old[i], "was of group \(shown(old[i].group)), and is of group \(shown(new[j].group))")
        }
        i += 1
        j += 1
      }
    }

    // One path that left a split and came into another has moved; its first new place stands for the move.
    var gainedByPath: [ByteText: [Int]] = [:]
    if !lost.isEmpty {
      for index in gained.indices { gainedByPath[ByteText(gained[index].path), default: []].append(index) }
    }
    var moved: Set<Int> = []
    let unreadable = Set(current.unreadable.map { [ByteText($0.split), ByteText($0.path)] })
    for record in lost {
      if unreadable.contains([ByteText(record.split), ByteText(record.path)]) {
        report(.unreadable, record, "is listed and cannot be read")
      } else if let index = gainedByPath[ByteText(record.path)]?.first(where: { !moved.contains($0) }) {
        moved.insert(index)
        let content = gained[index].sha256 == record.sha256 ? "" : ", with other content"
        report(.moved, record, "is in split \(gained[index].split.quoted) now\(content)")
      } else {
        report(.missing, record, "is signed and not there")
      }
    }
    for index in gained.indices where !moved.contains(index) { report(.added, gained[index], "is not signed") }
    return Kind.allCases.flatMap { found[$0] ?? [] }
  }

  private static func isSame(_ a: String?, _ b: String?) -> Bool { a.map(ByteText.init) == b.map(ByteText.init) }

  private static func shown(_ text: String?) -> String { text?.quoted ?? "nothing" }
}
