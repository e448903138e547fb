/// How near-duplicates are told.
public struct MatchDeclaration: Hashable, Sendable {
  /// The method of the search.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Descriptors name candidates, their pixels decide.
    case alignment
    /// The perceptual hash PDQ.
    case pdq
  }

  /// The method.
  public var method = Method.alignment
  /// Pairs that score this or more are near-duplicates, 0...1.
  public var threshold = 0.5

  /// The defaults.
  public init() {}
}
