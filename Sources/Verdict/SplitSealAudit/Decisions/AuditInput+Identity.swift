internal import SplitSealRules
public import SplitSealBase
internal import SplitSealFingerprint
public import SplitSealMatch
internal import SplitSealPolicy

extension AuditInput {
  /// The identity of the finding that two samples of two splits are near-duplicates, whether or not there is one: what
  /// decisions about the pair name.
  ///
  /// - Parameter match: The pair; its score and kind do not matter.
  /// - Returns: The identity.
  public func findingIdentity(of match: Match) -> Digest256 {
    Finding.identity(rule: .nearDuplicate, items: [item(match.first), item(match.second)])
  }
}
