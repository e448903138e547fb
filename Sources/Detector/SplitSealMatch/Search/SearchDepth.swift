/// How many kinds of edits a search looks for, by the size of what it searches.
///
/// Every search compares the views that fingerprints hold. A smaller one also describes further parts of the pictures that
/// ask, from their pixels, and so finds edits that leave no stored view of a copy as it was.
public enum SearchDepth: UInt8, Hashable, Sendable, CaseIterable, Comparable {
  /// The stored views alone: whole pictures in all eight orientations, crops, frames, paint, turns by some 10 degrees.
  case stored
  /// Also turns by any angle and shear, with quarter turns and mirroring.
  case slanted
  /// Also slanted parts that were moved and zoomed, crops to half at an edge, what stands on plain ground, and the tiles of
  /// mosaics and collages.
  case full

  /// Most pairs, images that ask times images they are compared with, that are searched in full.
  ///
  /// The 458 further passes over so many pairs, those for pictures that look like mosaics or are painted over among them, are 4.6 thousand million
  /// products: a second or two on two cores.
  public static let mostPairsInFull = 10_000_000
  /// Most pairs that are searched for slanted copies.
  public static let mostPairsSlanted = 100_000_000
  /// Most images whose own parts are described too, when they are compared with: each has to be decoded for it.
  public static let mostDescribedInBase = 4000

  /// The depth of a search.
  ///
  /// - Parameters:
  ///   - queryCount: Images that ask, 0 or more.
  ///   - baseCount: Images that they are compared with, 0 or more.
  ///   - hasPictures: Whether pixels can be had; without them only the stored views are there.
  public init(queryCount: Int, baseCount: Int, hasPictures: Bool) {
    let (pairs, isTooMany) = queryCount.multipliedReportingOverflow(by: baseCount)
    self =
      if !hasPictures || isTooMany || pairs > Self.mostPairsSlanted {
        .stored
      } else {
        pairs > Self.mostPairsInFull ? .slanted : .full
      }
  }

  /// Images that ask whose candidates are checked in as many rounds as there are.
  static let mostQueriesInAllRounds = 1000
  /// Rounds of checks at most: three times as many candidates.
  private static let mostRounds = 3

  /// In how many rounds the candidates of an image are checked as long as none proves right, 1...3.
  ///
  /// Among pictures that look alike, or that were changed so much that nothing is left of a copy but a slanted part, the
  /// original is often not among the first few candidates.
  func rounds(queryCount: Int) -> Int {
    guard self == .full else { return 1 }
    return max(1, min(Self.mostRounds, Self.mostRounds * Self.mostQueriesInAllRounds / max(1, queryCount)))
  }

  /// A sentence for reports: what was looked for beyond what every search finds.
  public var sentence: String {
    switch self {
    case .stored:
      "there are too many pairs of images to look for larger turns, shear and the tiles of mosaics as well"
    case .slanted: "turns by any angle and shear were looked for as well"
    case .full:
      """
      turns by any angle, shear, shifts with zoom, half-size crops at edges, what stands on plain ground and the tiles of \
      mosaics were looked for as well
      """
    }
  }

  /// Whether one looks for less than the other.
  public static func < (a: SearchDepth, b: SearchDepth) -> Bool { a.rawValue < b.rawValue }
}
