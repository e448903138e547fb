import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import Testing

@testable import SplitSealReview

/// How the page lays the other picture on the evaluated one.
@Suite struct PairGeometryTests {
  /// The geometry of a pair whose evaluated sample comes first or second in the manifest.
  private func geometry(
    _ orientation: Orientation, _ first: DescriptorView = .whole, _ second: DescriptorView = .whole, isFirst: Bool
  ) -> PairGeometry {
    let match = Match(
      first: 3, second: 8, kind: .aligned, score: 0.9, orientation: orientation, distance: nil,
      alignment: MatchAlignment(cosine: 0.9, firstView: first, secondView: second, overlap: 1))
    let candidate = Candidate(
      index: 0, match: match, finding: "", evaluated: isFirst ? 3 : 8, other: isFirst ? 8 : 3, splitPair: 0,
      isReported: true, isInDoubt: false, hasTwoLabels: false)
    return PairGeometry(candidate, PairWarp.find(match))
  }

  private func place(_ warp: AffineWarp, _ u: Double, _ v: Double) -> [Double] {
    let (x, y) = warp.place(u, v)
    return [x, y].map { ($0 * 1e6).rounded() / 1e6 + 0 }
  }

  /// Upper left corner and middle of the upper side tell the eight ways apart: where they are once the picture is turned.
  @Test(arguments: [
    (Orientation.identity, [0.0, 0], [0.5, 0.0]), (.mirror, [1, 0], [0.5, 0]), (.turn180, [1, 1], [0.5, 1]),
    (.flip, [0, 1], [0.5, 1]), (.transpose, [0, 0], [0, 0.5]), (.turn90, [1, 0], [1, 0.5]),
    (.transverse, [1, 1], [1, 0.5]), (.turn270, [0, 1], [0, 0.5]),
  ])
  func `the other picture is turned the way the match says`(
    orientation: Orientation, corner: [Double], middle: [Double]
  ) {
    // The match turns the first picture into the second: with the second on the left, the first is turned by it.
    let forward = geometry(orientation, isFirst: false)
    #expect(forward.turn == orientation)
    for map in [forward.turned, forward.warp] {
      #expect(place(map, 0, 0) == corner)
      #expect(place(map, 0.5, 0) == middle)
    }
    // With the first on the left, the second is turned back.
    let backward = geometry(orientation.inverse, isFirst: true)
    #expect(backward.turn == orientation)
    for map in [backward.turned, backward.warp] {
      #expect(place(map, 0, 0) == corner)
      #expect(place(map, 0.5, 0) == middle)
    }
  }

  @Test func `a whole that is the middle of the evaluated picture lies in its middle`() {
    // The middle view begins at one eighth of both sides and ends at seven.
    let inside = geometry(.identity, .middle, .whole, isFirst: true)
    #expect(place(inside.warp, 0, 0) == [0.125, 0.125])
    #expect(place(inside.warp, 1, 1) == [0.875, 0.875])
    let around = geometry(.identity, .middle, .whole, isFirst: false)
    #expect(place(around.warp, 0.125, 0.875) == [0, 1])
    // The left half of the other picture, turned clockwise, fills the upper half.
    let turned = geometry(.turn90, .leftHalf, .upperHalf, isFirst: false)
    #expect(place(turned.warp, 0, 0) == [1, 0])
    #expect(place(turned.warp, 0.5, 1) == [0, 0.5])
  }
}
