internal import SplitSealBase

/// One image that differs between two sets of records.
public struct RecordChange: Hashable, Sendable {
  /// What happened, the gravest first.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Bytes that were in a test or validation split are in a training split that did not have them; such an image is listed
    /// under what else happened to it, too.
    case nowInTraining
    /// The same bytes in another split.
    case moved
    /// Other bytes at the same place.
    case changedBytes
    /// Another label.
    case relabelled
    /// Another group.
    case regrouped
    /// The same bytes under another path of the split.
    case renamed
    /// Gone.
    case removed
    /// New.
    case added
  }

  /// What happened.
  public let kind: Kind
  /// The record before; `nil` when there was none.
  public let before: Record?
  /// The record now; `nil` when there is none.
  public let after: Record?
}

extension RecordChange {
  /// Every difference between two sorted lists of records, by kind and then by place.
  ///
  /// An image that left its place is looked for by its bytes: first under its path in another split, then in its split,
  /// then anywhere; what is left at the same path of another split has moved and changed.
  static func all(
    _ old: [Record], _ new: [Record], oldRoles: [ByteText: String], newRoles: [ByteText: String]
  ) -> [RecordChange] {
    var finder = ChangeFinder()
    finder.compare(old, new)
    finder.findMoved()
    finder.findNowInTraining(old, new, oldRoles: oldRoles, newRoles: newRoles)
    return Kind.allCases.flatMap { kind in
      (finder.found[kind] ?? []).sorted { a, b in
        guard let first = a.before ?? a.after, let second = b.before ?? b.after else { return false }
        return first.precedes(second)
      }
    }
  }
}

/// Collects the changes.
private struct ChangeFinder {
  var found: [RecordChange.Kind: [RecordChange]] = [:]
  private var lost: [Record] = []
  private var gained: [Record] = []

  private mutating func add(_ kind: RecordChange.Kind, _ before: Record?, _ after: Record?) {
    found[kind, default: []].append(RecordChange(kind: kind, before: before, after: after))
  }

  private mutating func addAttributes(_ before: Record, _ after: Record) {
    if before.label.map(ByteText.init) != after.label.map(ByteText.init) { add(.relabelled, before, after) }
    if before.group.map(ByteText.init) != after.group.map(ByteText.init) { add(.regrouped, before, after) }
  }

  /// What stands in the same place in both, and what does not.
  mutating func compare(_ old: [Record], _ new: [Record]) {
    var i = 0
    var j = 0
    while i < old.count || j < new.count {
      if j == new.count || i < old.count && old[i].precedes(new[j]) {
        lost.append(old[i])
        i += 1
      } else if i == old.count || new[j].precedes(old[i]) {
        gained.append(new[j])
        j += 1
      } else {
        if old[i].sha256 != new[j].sha256 { add(.changedBytes, old[i], new[j]) }
        addAttributes(old[i], new[j])
        i += 1
        j += 1
      }
    }
  }

  /// Pairs what left a place with what came to another.
  mutating func findMoved() {
    pair(by: { [ByteText($0.path), ByteText($0.sha256.description)] }, .moved)
    pair(by: { [ByteText($0.split), ByteText($0.sha256.description)] }, .renamed)
    pair(by: { [ByteText($0.sha256.description)] }, .moved)
    pair(by: { [ByteText($0.path)] }, .moved)
    for record in lost { add(.removed, record, nil) }
    for record in gained { add(.added, nil, record) }
  }

  private mutating func pair(by key: (Record) -> [ByteText], _ kind: RecordChange.Kind) {
    guard !lost.isEmpty, !gained.isEmpty else { return }
    var places: [[ByteText]: [Int]] = [:]
    for index in gained.indices.reversed() { places[key(gained[index]), default: []].append(index) }
    var taken: Set<Int> = []
    var left: [Record] = []
    for record in lost {
      guard let index = places[key(record)]?.popLast() else {
        left.append(record)
        continue
      }
      taken.insert(index)
      add(kind, record, gained[index])
      if record.sha256 != gained[index].sha256 { add(.changedBytes, record, gained[index]) }
      addAttributes(record, gained[index])
    }
    lost = left
    gained = gained.indices.filter { !taken.contains($0) }.map { gained[$0] }
  }

  /// Bytes that were kept for evaluation and are trained on now.
  mutating func findNowInTraining(
    _ old: [Record], _ new: [Record], oldRoles: [ByteText: String], newRoles: [ByteText: String]
  ) {
    let evaluation = ["test", "validation"]
    var evaluated: [Digest256: Record] = [:]
    var trained: Set<Digest256> = []
    for record in old {
      let role = oldRoles[ByteText(record.split)] ?? "other"
      if evaluation.contains(role), evaluated[record.sha256] == nil { evaluated[record.sha256] = record }
      if role == "training" { trained.insert(record.sha256) }
    }
    for record in new where newRoles[ByteText(record.split)] == "training" {
      guard let before = evaluated[record.sha256], !trained.contains(record.sha256) else { continue }
      add(.nowInTraining, before, record)
    }
  }
}
