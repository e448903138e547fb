import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealReview

/// Where points of one picture are in another.
@Suite struct UnitWarpTests {
  private func place(_ warp: UnitWarp, _ u: Double, _ v: Double) -> [Double] {
    let (x, y) = warp.point(u, v)
    return [x, y].map { ($0 * 1e9).rounded() / 1e9 }
  }

  /// The upper left corner and the middle of the upper side tell the eight ways apart.
  @Test(arguments: [
    (Orientation.identity, [0.0, 0], [0.5, 0.0]), (.mirror, [1, 0], [0.5, 0]), (.turn180, [1, 1], [0.5, 1]),
    (.flip, [0, 1], [0.5, 1]), (.transpose, [0, 0], [0, 0.5]), (.turn90, [1, 0], [1, 0.5]),
    (.transverse, [1, 1], [1, 0.5]), (.turn270, [0, 1], [0, 0.5]),
  ])
  func `turning moves the upper side where it belongs`(orientation: Orientation, corner: [Double], middle: [Double]) {
    let warp = UnitWarp(turning: orientation)
    #expect(place(warp, 0, 0) == corner)
    #expect(place(warp, 0.5, 0) == middle)
    #expect(place(warp.after(UnitWarp(turning: orientation.inverse)), 0.3, 0.7) == [0.3, 0.7])
    #expect(place(warp.inverse.after(warp), 0.3, 0.7) == [0.3, 0.7])
  }

  @Test func `a picture whose whole is the middle of another lies in its middle`() {
    let warp = UnitWarp(from: .whole, to: .middle, turning: .identity)
    #expect(place(warp, 0, 0) == [0.125, 0.125])
    #expect(place(warp, 1, 1) == [0.875, 0.875])
    // The other way round the whole covers more than the other picture.
    let wide = UnitWarp(from: .middle, to: .whole, turning: .identity)
    #expect(place(wide, 0.125, 0.875) == [0, 1])
    // The left half, turned clockwise, fills the upper half: its upper left corner is the upper right one then.
    let turned = UnitWarp(from: .leftHalf, to: .upperHalf, turning: .turn90)
    #expect(place(turned, 0, 0) == [1, 0])
    #expect(place(turned, 0.5, 1) == [0, 0.5])
  }
}
