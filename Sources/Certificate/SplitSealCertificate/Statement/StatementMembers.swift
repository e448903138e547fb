internal import SplitSealJSON

/// The members of a statement that this version knows, to list those that it does not.
///
/// Unknown members are ignored, as in-toto asks; a reader may want to hear of them all the same.
enum StatementMembers {
  /// What may stand in a place.
  private indirect enum Shape: Sendable {
    /// Members of these names.
    case object([String: Shape])
    /// Elements that are all of one shape.
    case list(Shape)
    /// Whatever it is, it is not looked into.
    case any
  }

  /// The ways to the members that are not known, in the order of the document: `predicate.later`; at most `limit`.
  static func unknown(in statement: JSONValue, limit: Int = 100) -> [String] {
    var found: [String] = []
    collect(statement, statementShape, "", &found)
    return Array(found.prefix(limit))
  }

  private static func collect(_ value: JSONValue, _ shape: Shape, _ place: String, _ found: inout [String]) {
    switch (value, shape) {
    case (.object(let members), .object(let known)):
      for member in members {
        let way = place.isEmpty ? member.key : "\(place).\(member.key)"
        // The names that are known are ASCII: text that equals one has its bytes.
        if let shape = known[member.key] { collect(member.value, shape, way, &found) } else { found.append(way) }
      }
    case (.array(let elements), .list(let shape)):
      for (index, element) in elements.enumerated() { collect(element, shape, "\(place)[\(index)]", &found) }
    default: break
    }
  }

  private static func members(_ names: String...) -> [String: Shape] {
    Dictionary(names.map { ($0, .any) }) { first, _ in first }
  }

  private static let digest = Shape.object(["sha256": .any])
  private static let descriptor = Shape.object(["name": .any, "mediaType": .any, "digest": digest])

  private static let statementShape = Shape.object([
    "_type": .any, "predicateType": .any, "subject": .list(.object(["name": .any, "digest": digest])),
    "predicate": .object(predicate),
  ])

  private static let predicate: [String: Shape] = [
    "schemaVersion": .any, "certificate": .object(members("createdAt", "supersedes")),
    "commitment": .object(
      members("tree", "recordFormat", "order", "mode", "images", "bytes", "fields", "ignored", "saltCheck", "saltId")
        .merging(["records": descriptor]) { $1 }),
    "splits": .list(
      .object(
        members(
          "name", "role", "count", "bytes", "groups", "recordRoot", "contentRoot", "classes", "checked", "compared",
          "inDoubt"))),
    "overlaps": .list(.object(members("a", "b", "exactBytes", "exactPixels", "nearDuplicate", "sharedGroups"))),
    "coverage": .object(members("listed", "checked", "unreadable", "compared", "inDoubt")),
    "alikeness": .object(members("byDesign", "share")),
    "dataset": .object(members("name", "version", "uri", "license").merging(["inputs": .list(descriptor)]) { $1 }),
    "findings": .object([
      "bySeverity": .object(members("error", "warning", "note")),
      "byRule": .list(.object(members("rule", "severity", "count", "waived"))), "report": descriptor,
    ]),
    "parameters": .object([
      "detectors": .list(.object(members("id", "version", "threshold", "parameters"))), "config": descriptor,
    ]),
    "power": .list(.object(members("edit", "tried", "found"))),
    "chanceMatches": .object(members("expected", "atMost", "scores")),
    "policy": .object(
      members("id", "version", "failOn", "verdict", "verdictWithoutWaivers").merging(["digest": digest]) { $1 }),
    "references": .list(
      .object(
        members("name", "version", "images", "method", "threshold", "exactBytes", "exactPixels", "nearDuplicate")
          .merging(["fingerprints": .object(["digest": digest, "uri": .any])]) { $1 })),
    "decisions": .object(
      members("waived", "stale").merging([
        "reported": .object(members("same", "different", "unsure")),
        "belowThreshold": .object(members("same", "different", "unsure")),
      ]) { $1 }),
    "waivers": .list(.object(members("finding", "rule", "reason", "by", "until"))),
    "environment": .object(members("os", "arch", "imageDecoder")), "tool": .object(members("name", "version")),
    "limits": .any,
  ]
}
