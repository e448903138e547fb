public import SplitSealMatch

/// Two samples that show one picture, as far as repairing goes.
public struct Likeness: Hashable, Sendable {
  /// Index of the sample that comes first in the manifest.
  public let first: Int
  /// Index of the other sample.
  public let second: Int
  /// Whether they are equal, in bytes or in pixels.
  public let isEqual: Bool
  /// How sure it is that they are one picture, 0...1.
  public let score: Double

  /// Takes what matters of a match.
  ///
  /// - Parameters:
  ///   - match: A match of the search.
  ///   - sampleOf: The sample that each index of the match stands for; `nil` where the index is the sample.
  public init(_ match: Match, sampleOf: [Int]? = nil) {
    let (a, b) = (sampleOf?[match.first] ?? match.first, sampleOf?[match.second] ?? match.second)
    first = min(a, b)
    second = max(a, b)
    isEqual = !match.kind.isNear
    score = match.score
  }
}
