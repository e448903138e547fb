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
  /// - Complexity: O(1): some tenths of a millisecond; some milliseconds where a part was compared that no fingerprint
  ///   holds.
  public static func find(
    _ match: Match, first: ComparisonPicture? = nil, second: ComparisonPicture? = nil
  ) -> PairWarp {
    guard let alignment = match.alignment else {
      return PairWarp(secondInFirst: AffineWarp(undoing: match.orientation), isAligned: !match.kind.isNear)
    }
    let pair = ViewPair(
      query: alignment.firstView, base: alignment.secondView, orientation: match.orientation, chanceCosine: 0)
    let (firstFrame, secondFrame) = (first?.frame ?? .whole, second?.frame ?? .whole)
    func whole(_ numbers: [Float], isReversed: Bool = false, isAligned: Bool) -> PairWarp? {
      let n = numbers.map(Double.init)
      let found = AffineWarp(xx: n[0], xy: n[1], x: n[2], yx: n[3], yy: n[4], y: n[5])
      guard let inside = isReversed ? found.inverse : found, let toFrame = AffineWarp(secondFrame).inverse
      else { return nil }
      return PairWarp(
        secondInFirst: AffineWarp(firstFrame).following(inside).following(toFrame), isAligned: isAligned)
    }
    if let first, let second {
      var (query, base) = (AlignmentCheck.Levels(), AlignmentCheck.Levels())
      query.take(first)
      base.take(second)
      for (start, isReversed) in PairStart.starts(of: alignment, pair, first: first, second: second) {
        let found =
          isReversed
          ? AlignmentCheck.warp(query: base, base: query, pair: start)
          : AlignmentCheck.warp(query: query, base: base, pair: start)
        if let found, let warp = whole(found, isReversed: isReversed, isAligned: true) { return warp }
      }
    }
    return whole(pair.startingWarp, isAligned: false)
      ?? PairWarp(secondInFirst: AffineWarp(undoing: match.orientation), isAligned: false)
  }
}

/// From which pairs of views the alignment of a match may have started.
///
/// A match names stored views. Where a part was compared that was described for the search, its cosine tells which.
private enum PairStart {
  /// Cosines of stored views made again from a picture that was rounded to bytes differ by less.
  private static let tolerance = 0.03

  /// The pairs to start from, the likeliest first.
  ///
  /// - Parameters:
  ///   - alignment: What the search said.
  ///   - named: The pair of stored views that it names.
  ///   - first: The picture of the first sample.
  ///   - second: That of the second.
  /// - Returns: Pairs, each with whether the second picture was the one that asked.
  static func starts(
    of alignment: MatchAlignment, _ named: ViewPair, first: ComparisonPicture, second: ComparisonPicture
  ) -> [(pair: ViewPair, isReversed: Bool)] {
    let (one, other) = (Described(first, [.stored(named.query)]), Described(second, [.stored(named.base)]))
    if let cosine = one.cosine(to: other, by: named), abs(cosine - alignment.cosine) < tolerance {
      return [(named, false)]
    }
    let parts = DescriptorView.allCases.map(PicturePart.stored) + ViewPair.describedParts
    let pictures = [first, second].map { Described($0, parts) }
    var closest: (distance: Double, pair: ViewPair, isReversed: Bool)?
    for isReversed in [false, true] {
      let (query, base) = isReversed ? (pictures[1], pictures[0]) : (pictures[0], pictures[1])
      let orientation = isReversed ? named.orientation.inverse : named.orientation
      let (queryView, baseView) = isReversed ? (named.base, named.query) : (named.query, named.base)
      for pair in ViewPair.described
      where pair.query == queryView && pair.base == baseView && pair.orientation == orientation {
        guard let cosine = query.cosine(to: base, by: pair) else { continue }
        let distance = abs(cosine - alignment.cosine)
        if distance < closest?.distance ?? tolerance {
          closest = (
            distance,
            pair.placed(query: query.place(of: pair.queryPart), base: base.place(of: pair.basePart)), isReversed
          )
        }
      }
    }
    return (closest.map { [($0.pair, $0.isReversed)] } ?? []) + [(named, false)]
  }

  /// The parts of a picture.
  private struct Described {
    private let parts: [PicturePart: DescribedPart]

    init(_ picture: ComparisonPicture, _ wanted: [PicturePart]) {
      var describer = PartDescriber()
      parts = describer.describe(wanted, of: picture)
    }

    func place(of part: PicturePart?) -> AffineWarp? { part.flatMap { parts[$0]?.place } }

    func cosine(to base: Described, by pair: ViewPair) -> Double? {
      guard let own = parts[pair.queryPart ?? .stored(pair.query)],
        let other = base.parts[pair.basePart ?? .stored(pair.base)]
      else { return nil }
      var turned: [Int8] = []
      GradientDescriptors.append(own.numbers, oriented: pair.orientation, to: &turned)
      let product = zip(turned, other.numbers).reduce(0) { $0 + Int($1.0) * Int($1.1) }
      return Double(product) / Double(DescriptorTable.unitProduct)
    }
  }
}
