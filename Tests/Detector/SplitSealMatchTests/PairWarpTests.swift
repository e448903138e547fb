import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealMatch

/// Where one picture of a match lies on the other.
@Suite struct PairWarpTests {
  private func match(
    _ orientation: Orientation = .identity, _ first: DescriptorView = .whole, _ second: DescriptorView = .whole
  ) -> Match {
    Match(
      first: 0, second: 1, kind: .aligned, score: 0.9, orientation: orientation, distance: nil,
      alignment: MatchAlignment(cosine: 0.9, firstView: first, secondView: second, overlap: 1))
  }

  /// The largest distance of corners, as a share of a side.
  private func distance(_ corners: [(x: Double, y: Double)], _ expected: [(Double, Double)]) -> Double {
    zip(corners, expected).map { max(abs($0.x - $1.0), abs($0.y - $1.1)) }.max() ?? 1
  }

  @Test(arguments: Orientation.allCases)
  func `a picture that was turned lies on the first as EXIF says`(_ orientation: Orientation) {
    let picture = DrawnPicture(width: 3, height: 2) { x, y in SIMD3(Double(x), Double(y), 0) }
    let moved = picture.moved(orientation)
    let warp = AffineWarp(undoing: orientation)
    for y in 0..<moved.height {
      for x in 0..<moved.width {
        let place = warp.place((Double(x) + 0.5) / Double(moved.width), (Double(y) + 0.5) / Double(moved.height))
        #expect(picture[Int(place.x * 3), Int(place.y * 2)] == moved[x, y])
      }
    }
  }

  @Test func `the inverse takes every point back`() throws {
    let warp = AffineWarp(xx: 0.5, xy: -0.2, x: 0.1, yx: 0.3, yy: 0.7, y: -0.4)
    let back = try #require(warp.inverse)
    for (u, v) in [(0.0, 0.0), (1, 0), (0.3, 0.9)] {
      let place = warp.place(u, v)
      let again = back.following(warp).place(u, v)
      #expect(abs(again.x - u) < 1e-12 && abs(again.y - v) < 1e-12)
      #expect(abs(place.x - (0.5 * u - 0.2 * v + 0.1)) < 1e-12)
    }
    #expect(AffineWarp(xx: 1, xy: 2, x: 0, yx: 2, yy: 4, y: 0).inverse == nil)
  }

  @Test func `the outline of a crop is where it was cut`() {
    let scene = DrawnPicture.scene(5, width: 240, height: 200)
    // The middle three quarters, moved by 9 columns and 5 rows.
    let crop = scene.cropped(left: 39, top: 30, width: 180, height: 150).noisy(1)
    let found = PairWarp.find(
      match(.identity, .middle, .whole), first: ComparisonPicture(scene.image), second: ComparisonPicture(crop.image))
    #expect(found.isAligned)
    let (left, top, right, bottom) = (39.0 / 240, 30.0 / 200, 219.0 / 240, 180.0 / 200)
    #expect(
      distance(found.secondInFirst.corners, [(left, top), (right, top), (right, bottom), (left, bottom)]) < 0.01)
  }

  @Test func `a mirrored copy has its upper left corner at the right`() {
    let scene = DrawnPicture.scene(6)
    let found = PairWarp.find(
      match(.mirror), first: ComparisonPicture(scene.image),
      second: ComparisonPicture(scene.moved(.mirror).noisy(2).image))
    #expect(found.isAligned)
    #expect(distance(found.secondInFirst.corners, [(1, 0), (0, 0), (0, 1), (1, 1)]) < 0.01)
  }

  @Test func `a white frame around the second lies outside of the first`() throws {
    let scene = DrawnPicture.scene(7, width: 200, height: 160)
    let framed = DrawnPicture(width: 260, height: 200) { x, y in
      (30..<230).contains(x) && (20..<180).contains(y) ? scene[x - 30, y - 20] : SIMD3(repeating: 255)
    }
    let second = ComparisonPicture(framed.image)
    // The frame is found in a picture that was scaled down: to a pixel of 1/130 and 1/100 at each side.
    #expect(abs(second.frame.left - 30.0 / 260) < 0.01 && abs(second.frame.height - 160.0 / 200) < 0.021)
    let found = PairWarp.find(match(), first: ComparisonPicture(scene.image), second: second)
    let corners = [(-0.15, -0.125), (1.15, -0.125), (1.15, 1.125), (-0.15, 1.125)]
    #expect(distance(found.secondInFirst.corners, corners) < 0.01)
    let inverse = try #require(found.secondInFirst.inverse)
    #expect(
      distance(
        inverse.corners, [(30.0 / 260, 0.1), (230.0 / 260, 0.1), (230.0 / 260, 0.9), (30.0 / 260, 0.9)]) < 0.01)
  }

  @Test func `without pixels the views say where it lies`() {
    let found = PairWarp.find(match(.identity, .middle, .whole))
    #expect(!found.isAligned)
    #expect(
      distance(found.secondInFirst.corners, [(0.125, 0.125), (0.875, 0.125), (0.875, 0.875), (0.125, 0.875)]) < 1e-6)
  }

  @Test func `equal pictures lie on each other as wholes`() {
    let equal = Match(
      first: 0, second: 1, kind: .pixels, score: 1, orientation: .identity, distance: nil)
    #expect(!PairWarp.needsPictures(equal))
    #expect(PairWarp.find(equal) == PairWarp(secondInFirst: AffineWarp(undoing: .identity), isAligned: true))
    let hashed = Match(first: 0, second: 1, kind: .pdq, score: 0.8, orientation: .turn90, distance: 12)
    #expect(PairWarp.find(hashed) == PairWarp(secondInFirst: AffineWarp(undoing: .turn90), isAligned: false))
  }
}
