internal import SplitSealImage
internal import SplitSealMatch

/// How the two pictures of a candidate lie on each other.
struct PairGeometry: Hashable, Sendable {
  /// What turns the other picture so that it lies as the evaluated one does.
  let turn: Orientation
  /// Where the points of the other picture are once it is turned so.
  let turned: AffineWarp
  /// Where the points of the other picture are in the evaluated one.
  let warp: AffineWarp

  /// Takes what was found.
  ///
  /// - Parameters:
  ///   - candidate: The pair.
  ///   - found: How its pictures lie on each other.
  init(_ candidate: Candidate, _ found: PairWarp) {
    let match = candidate.match
    let isFirst = candidate.evaluated == match.first
    turn = isFirst ? match.orientation.inverse : match.orientation
    turned = AffineWarp(undoing: turn.inverse)
    warp = isFirst ? found.secondInFirst : found.secondInFirst.inverse ?? turned
  }
}
