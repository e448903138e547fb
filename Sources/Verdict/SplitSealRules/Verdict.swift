/// What an audit concluded.
///
/// Not an error: a failed split is a successful audit.
public enum Verdict: String, Hashable, Sendable {
  /// Everything listed was checked, and nothing at or above the policy's severity was found.
  case pass
  /// Something at or above the policy's severity was found.
  case fail
  /// Nothing such was found, and too little could be checked to say pass.
  case inconclusive
}
