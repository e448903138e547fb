internal import SplitSealBase

/// Two certificates of a dataset held against each other: what the roots alone tell of each split, and with both files of
/// records every image that differs.
///
/// Whether to believe either is for ``CertificateVerifier`` to say.
public struct CertificateDiff: Hashable, Sendable {
  /// What became of a split.
  public enum SplitState: String, Hashable, Sendable, CaseIterable {
    /// The same records.
    case unchanged
    /// The same images under other names, labels or groups.
    case relabelled
    /// Other images.
    case changed
    /// A split that was not there.
    case added
    /// A split that is not there any more.
    case removed
  }

  /// One split of either certificate.
  public struct Split: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What became of it.
    public let state: SplitState
    /// Its records before; `nil` when it was not there.
    public let oldCount: Int?
    /// Its records now; `nil` when it is not there any more.
    public let newCount: Int?
  }

  /// The splits, by their names as bytes.
  public let splits: [Split]
  /// Images that differ, by kind and then by place; `nil` when either file of records is not at hand.
  public let changes: [RecordChange]?

  /// Whether both certificates commit to the same records.
  public var isSame: Bool { splits.allSatisfy { $0.state == .unchanged } }

  /// Compares.
  ///
  /// - Parameters:
  ///   - old: The claims of the earlier certificate.
  ///   - new: The claims of the later one.
  ///   - oldRecords: The records that the earlier one commits to; `nil` when they are not at hand.
  ///   - newRecords: The records that the later one commits to; `nil` when they are not at hand.
  /// - Complexity: O(*n*) for *n* records, both sides together.
  public init(
    _ old: CertificateClaims, _ new: CertificateClaims, oldRecords: RecordSet? = nil, newRecords: RecordSet? = nil
  ) {
    var splits: [Split] = []
    func find(_ name: String, in claims: CertificateClaims) -> CertificateClaims.Split? {
      claims.splits.first { $0.name.hasSameBytes(as: name) }
    }
    for before in old.splits {
      guard let after = find(before.name, in: new) else {
        splits.append(Split(name: before.name, state: .removed, oldCount: before.count, newCount: nil))
        continue
      }
      let state: SplitState =
        before.recordRoot == after.recordRoot
        ? .unchanged : before.contentRoot == after.contentRoot ? .relabelled : .changed
      splits.append(Split(name: before.name, state: state, oldCount: before.count, newCount: after.count))
    }
    for after in new.splits where find(after.name, in: old) == nil {
      splits.append(Split(name: after.name, state: .added, oldCount: nil, newCount: after.count))
    }
    self.splits = splits.sorted { $0.name.precedesByBytes($1.name) }
    if let oldRecords, let newRecords {
      changes = RecordChange.all(
        oldRecords.records, newRecords.records, oldRoles: CertificateDiff.roles(old),
        newRoles: CertificateDiff.roles(new))
    } else {
      changes = nil
    }
  }

  private static func roles(_ claims: CertificateClaims) -> [ByteText: String] {
    Dictionary(claims.splits.map { (ByteText($0.name), $0.role) }) { first, _ in first }
  }
}
