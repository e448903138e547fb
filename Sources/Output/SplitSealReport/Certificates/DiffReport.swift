internal import SplitSealRules
internal import SplitSealKeys
internal import SplitSealBase
internal import SplitSealAudit
package import SplitSealCertificate
internal import SplitSealFingerprint
package import SplitSealJSON
internal import SplitSealManifest

/// The result of `diff`, for people and for programs.
package struct DiffReport {
  /// One of the two certificates.
  package struct Side {
    package let path: String
    package let claims: CertificateClaims
    package let verification: CertificateVerification
    /// The records, if they are the signed ones.
    package let records: RecordSet?
    /// Why there are no records.
    package let note: String?

    /// Whether its signature is valid, and whose it is.
    package var signature: String {
      guard let signer = verification.signer else {
        return verification.status == .cannotRun
          ? "not checked, because there is no key" : "NOT VALID for the given keys"
      }
      return "valid, by \(signer)\(verification.isTrusted ? "" : ", who is not among the signers you trust")"
    }

    /// Describes one of them.
    package init(
      path: String, claims: CertificateClaims, verification: CertificateVerification, records: RecordSet?, note: String?
    ) {
      self.path = path
      self.claims = claims
      self.verification = verification
      self.records = records
      self.note = note
    }

  }

  /// Number of changes of one kind that the text lists.
  private static let listedPerKind = 20

  private let diff: CertificateDiff
  private let old: Side
  private let new: Side

  package init(_ diff: CertificateDiff, old: Side, new: Side) {
    self.diff = diff
    self.old = old
    self.new = new
  }

  /// The answer first, then evaluation images that are now in training, then everything else.
  package func text(style: TextStyle) -> String {
    let name = printable(new.claims.datasetName)
    var lines = [diff.isSame ? style.good("SAME RECORDS: \(name)") : style.doubtful("DIFFERENT: \(name)")]
    for kind in RecordChange.Kind.allCases where kind == .nowInTraining { lines += list(kind, style) }
    lines += [""] + diff.splits.map { "  split '\(printable($0.name))'  \(Self.sentence($0))" } + [""]
    for kind in RecordChange.Kind.allCases where kind != .nowInTraining { lines += list(kind, style) }
    if diff.changes == nil, !diff.isSame {
      let reasons = [(old, "old"), (new, "new")].compactMap { side, word in side.note.map { "\(word): \($0)" } }
      lines.append("  images are not listed (\(reasons.joined(separator: "; ")))")
    }
    for (word, side) in [("old", old), ("new", new)] {
      lines.append("  \(word)          \(printable(side.path)), made \(side.claims.createdAt), as its signer claims")
      lines.append("               says \(side.claims.verdict.rawValue); signature \(side.signature)")
    }
    if let superseded = new.claims.supersedes {
      let isOld = superseded == old.verification.certificateID
      lines.append("  new          states that it replaces \(isOld ? "old" : "another certificate, \(superseded)")")
    }
    // Continuation lines are indented to the start of the text.
    return style.fitted(lines, hanging: 13).joined(separator: "\n") + "\n"
  }

  private static func sentence(_ split: CertificateDiff.Split) -> String {
    let counts = [split.oldCount, split.newCount].compactMap(\.self).map { grouped($0) }
    let images =
      "\(Set(counts).count == 1 ? counts[0] : counts.joined(separator: " -> ")) image\(counts == ["1"] ? "" : "s")"
    return switch split.state {
    case .unchanged: "unchanged (\(images))"
    case .relabelled: "same images under other names, labels or groups (\(images))"
    case .changed: "content changed (\(images))"
    case .added: "new (\(images))"
    case .removed: "gone (\(images))"
    }
  }

  private func list(_ kind: RecordChange.Kind, _ style: TextStyle) -> [String] {
    let changes = (diff.changes ?? []).filter { $0.kind == kind }
    guard !changes.isEmpty else { return [] }
    let title = "\(grouped(changes.count)) \(Self.title(kind))"
    let rest = changes.count - Self.listedPerKind
    return ["  \(kind == .nowInTraining ? style.bad(title) : title)"]
      + changes.prefix(Self.listedPerKind).map { "    \(Self.sentence($0))" }
      + (rest > 0 ? ["    ... and \(grouped(rest)) more (--json lists all)"] : [])
  }

  private static func title(_ kind: RecordChange.Kind) -> String {
    switch kind {
    case .nowInTraining: "moved from evaluation into training"
    case .moved: "moved to another split"
    case .changedBytes: "with changed bytes"
    case .relabelled: "with a changed label"
    case .regrouped: "with a changed group"
    case .renamed: "renamed"
    case .removed: "removed"
    case .added: "added"
    }
  }

  private static func sentence(_ change: RecordChange) -> String {
    func place(_ record: Record?) -> String {
      record.map { "'\(printable($0.path))' in split '\(printable($0.split))'" } ?? ""
    }
    func shown(_ text: String?) -> String { text.map { "'\(printable($0))'" } ?? "nothing" }
    let (before, after) = (change.before, change.after)
    return switch change.kind {
    case .nowInTraining, .moved, .renamed: "\(place(before)) -> \(place(after))"
    case .changedBytes, .added: place(after)
    case .relabelled: "\(place(after)): \(shown(before?.label)) -> \(shown(after?.label))"
    case .regrouped: "\(place(after)): \(shown(before?.group)) -> \(shown(after?.group))"
    case .removed: place(before)
    }
  }

  /// The same for programs, with every image.
  package var json: JSONValue {
    func side(_ side: Side) -> JSONValue {
      .object([
        "file": .string(side.path), "certificate": side.verification.certificateID.map { .string($0.description) },
        "dataset": .string(side.claims.datasetName), "version": side.claims.datasetVersion.map(JSONValue.string),
        "createdAt": .string(side.claims.createdAt), "verdict": .string(side.claims.verdict.rawValue),
        "signer": side.verification.signer.map { .string($0.description) },
        "trusted": .bool(side.verification.isTrusted),
        "supersedes": side.claims.supersedes.map { .string($0.description) },
        "hasRecords": .bool(side.records != nil), "note": side.note.map(JSONValue.string),
      ])
    }
    func record(_ record: Record) -> JSONValue {
      .object([
        "split": .string(record.split), "path": .string(record.path), "label": record.label.map(JSONValue.string),
        "group": record.group.map(JSONValue.string), "sha256": .string(record.sha256.description),
        "size": .integer(record.size),
      ])
    }
    return .object([
      "schema": .string("splitseal-diff"), "schemaVersion": .string("1.0"), "same": .bool(diff.isSame),
      "old": side(old), "new": side(new),
      "splits": .array(
        diff.splits.map {
          .object([
            "name": .string($0.name), "state": .string($0.state.rawValue),
            "oldCount": $0.oldCount.map(JSONValue.integer), "newCount": $0.newCount.map(JSONValue.integer),
          ])
        }),
      "changes": diff.changes.map { changes in
        .array(
          changes.map {
            .object(["kind": .string($0.kind.rawValue), "before": $0.before.map(record), "after": $0.after.map(record)])
          })
      },
    ])
  }
}
