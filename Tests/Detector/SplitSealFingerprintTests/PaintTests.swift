import SplitSealBase
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealFingerprint

/// What is painted over a picture is found in the picture alone.
@Suite struct PaintTests {
  private static let width = 160, height = 120

  /// Soft waves with a few steps, without plain areas.
  private func scene(_ x: Int, _ y: Int) -> Int {
    func wave(_ place: Int, _ length: Int) -> Int { abs(place % (2 * length) - length) * 60 / length }
    return 40 + wave(x + 20, 71) + wave(y, 53) + wave(x + 2 * y, 17) + (x / 37 + y / 41) % 2 * 30
  }

  private func comparison(
    width: Int = width, height: Int = height, _ level: (Int, Int) -> Int
  ) -> ComparisonPicture {
    let pixels = (0..<height).flatMap { y in
      (0..<width).flatMap { x -> [UInt8] in
        let grey = UInt8(level(x, y))
        return [grey, grey, grey, 255]
      }
    }
    return ComparisonPicture(
      DecodedImage(
        format: .png, width: width, height: height, bitsPerChannel: 8, orientation: .identity, pixels: pixels))
  }

  private func isInside(_ x: Int, _ y: Int, _ left: Int, _ top: Int, _ width: Int, _ height: Int) -> Bool {
    (left..<left + width).contains(x) && (top..<top + height).contains(y)
  }

  /// A caption: a white box with dark writing in it.
  private func captioned(_ x: Int, _ y: Int) -> Int {
    guard isInside(x, y, 20, 50, 110, 20) else { return scene(x, y) }
    return isInside(x, y, 26, 56, 96, 8) && (x / 4 + y / 3) % 2 == 0 ? 60 : 250
  }

  @Test func `a block and a caption are paint, wherever they stand`() {
    #expect(comparison { isInside($0, $1, 60, 30, 60, 50) ? 128 : scene($0, $1) }.isPainted)
    #expect(comparison { isInside($0, $1, 100, 70, 60, 50) ? 0 : scene($0, $1) }.isPainted)
    #expect(comparison(captioned).isPainted)
    // As small as a drawn digit.
    #expect(
      comparison(width: 28, height: 28) { isInside($0, $1, 4, 12, 13, 12) ? 128 : scene(5 * $0, 4 * $1) }.isPainted)
  }

  @Test func `what is no box, is too large or too small, or goes all the way across is not paint`() {
    #expect(!comparison(scene).isPainted)
    // A disc.
    #expect(!comparison { ($0 - 80) * ($0 - 80) + ($1 - 60) * ($1 - 60) < 1200 ? 200 : scene($0, $1) }.isPainted)
    // A stripe, as flags have.
    #expect(!comparison { isInside($0, $1, 0, 40, 160, 30) ? 200 : scene($0, $1) }.isPainted)
    // A box that is shaded as things are.
    #expect(!comparison { isInside($0, $1, 60, 30, 60, 50) ? 100 + $0 / 2 : scene($0, $1) }.isPainted)
    #expect(!comparison { isInside($0, $1, 10, 10, 140, 100) ? 200 : scene($0, $1) }.isPainted)
    #expect(!comparison { isInside($0, $1, 60, 30, 20, 20) ? 200 : scene($0, $1) }.isPainted)
    // A plain picture with one dark thing on it.
    #expect(!comparison { isInside($0, $1, 60, 30, 40, 40) ? scene($0, $1) : 240 }.isPainted)
  }

  @Test func `paint is covered by what surrounds it and named, unless the picture is wanted as it is`() {
    let (plain, painted) = (comparison(scene), comparison { isInside($0, $1, 60, 30, 60, 50) ? 250 : scene($0, $1) })
    var (asItIs, covered, bare): ([Float], [Float], [Float]) = ([], [], [])
    painted.fill(&asItIs, coversPaint: false)
    painted.fill(&covered)
    plain.fill(&bare)
    let middle = (55 * 128 / 120) * 128 + 90 * 128 / 160
    #expect(asItIs[middle] == 250 && covered[middle] < 200)
    #expect(asItIs.suffix(4) == [0, 0, 0, 0] && bare.suffix(4) == [0, 0, 0, 0])
    let edges = zip(covered.suffix(4), [60.0 / 160, 30.0 / 120, 120.0 / 160, 80.0 / 120])
    #expect(edges.allSatisfy { abs(Double($0) - $1) < 0.02 })
    // Everything else stays as it is.
    #expect(covered[5 * 128 + 7] == asItIs[5 * 128 + 7] && asItIs[5 * 128 + 7] == bare[5 * 128 + 7])
  }
}
