public import SplitSealFingerprint
internal import SplitSealImage

/// How the two pictures of a match lie on each other.
public struct PairWarp: Hashable, Sendable {
  /// Where the points of the second sample's picture are in the first's; both are whole pictures, borders included.
  public let secondInFirst: AffineWarp
  /// Whether the pixels were laid on each other; otherwise what the search saw is all that is known.
  public let isAligned: Bool

  /// Makes a warp.
  public init(secondInFirst: AffineWarp, isAligned: Bool) {
    (self.secondInFirst, self.isAligned) = (secondInFirst, isAligned)
  }

  /// Whether finding the warp of a match takes the pixels of its pictures.
  ///
  /// Equal pictures and pictures with close hashes lie on each other as wholes.
  public static func needsPictures(_ match: Match) -> Bool { match.alignment != nil }

  /// Finds the warp of a match that the search has found.
  ///
  /// - Parameters:
  ///   - match: The match.
  ///   - first: The picture of its first sample; `nil` where it is not needed or cannot be had.
  ///   - second: That of its second sample.
  /// - Returns: The warp that the pixels show; where they show none, or there are none, that of the views and the
  ///   orientation that matched.
  /// - Complexity: O(1): about a tenth of a millisecond.
  public static func find(
    _ match: Match, first: ComparisonPicture? = nil, second: ComparisonPicture? = nil
  ) -> PairWarp {
    guard let alignment = match.alignment else {
      return PairWarp(secondInFirst: AffineWarp(undoing: match.orientation), isAligned: !match.kind.isNear)
    }
    let pair = ViewPair(
      query: alignment.firstView, base: alignment.secondView, orientation: match.orientation, chanceCosine: 0)
    let (firstFrame, secondFrame) = (first?.frame ?? .whole, second?.frame ?? .whole)
    func whole(_ numbers: [Float], isAligned: Bool) -> PairWarp? {
      let n = numbers.map(Double.init)
      let inside = AffineWarp(xx: n[0], xy: n[1], x: n[2], yx: n[3], yy: n[4], y: n[5])
      guard let toFrame = AffineWarp(secondFrame).inverse else { return nil }
      return PairWarp(
        secondInFirst: AffineWarp(firstFrame).following(inside).following(toFrame), isAligned: isAligned)
    }
    if let first, let second {
      var (query, base) = (AlignmentCheck.Levels(), AlignmentCheck.Levels())
      query.take(first)
      base.take(second)
      if let found = AlignmentCheck.warp(query: query, base: base, pair: pair),
        let warp = whole(found, isAligned: true)
      {
        return warp
      }
    }
    return whole(pair.startingWarp, isAligned: false)
      ?? PairWarp(secondInFirst: AffineWarp(undoing: match.orientation), isAligned: false)
  }
}
