import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealMatch

/// Where an alignment starts, and what it makes of pictures that nobody takes.
@Suite struct AlignmentCheckTests {
  /// Views of the picture that asks and of the other.
  static let views: [(query: DescriptorView, base: DescriptorView)] = [
    (.whole, .whole), (.lowerLeft, .whole), (.whole, .rightHalf), (.core, .upperLeftQuarter), (.upperHalf, .lowerRight),
  ]

  @Test(arguments: views, Orientation.allCases)
  func `the start takes each pixel of the base to its pixel of the query`(
    views: (query: DescriptorView, base: DescriptorView), orientation: Orientation
  ) {
    // Every pixel has a colour of its own.
    let query = DrawnPicture(width: 16, height: 24) { x, y in SIMD3(Double(x), Double(y), 0) }
    let cut = views.query.eighths
    let shown = query.cropped(
      left: cut.left * 2, top: cut.top * 3, width: cut.width * 2, height: cut.height * 3
    ).moved(orientation)
    let place = views.base.rect
    let warp = ViewPair(query: views.query, base: views.base, orientation: orientation, chanceCosine: 0).startingWarp
      .map(Double.init)
    for y in 0..<shown.height {
      for x in 0..<shown.width {
        let u = place.left + place.width * (Double(x) + 0.5) / Double(shown.width)
        let v = place.top + place.height * (Double(y) + 0.5) / Double(shown.height)
        let s = warp[0] * u + warp[1] * v + warp[2]
        let t = warp[3] * u + warp[4] * v + warp[5]
        #expect(query[Int((s * 16).rounded(.down)), Int((t * 24).rounded(.down))] == shown[x, y])
      }
    }
  }

  @Test func `a picture lies on itself, all of it`() throws {
    let picture = AlignmentCheck.Levels(DrawnPicture.scene(1).image)
    let fit = try #require(
      AlignmentCheck.fit(query: picture, base: picture, pair: ViewPair.acrossSplits[0], cosine: 1))
    #expect(fit.outlineLogOdds >= 0)
    #expect(fit.overlap > 0.95)
    #expect(AlignmentCheck.detailLogOdds(query: picture, base: picture, fit: fit) > 2)
  }

  @Test func `whatever the pictures and the views, the log-odds are numbers`() {
    let pictures = oddImages.map { AlignmentCheck.Levels($0) }
    #expect(pictures.allSatisfy { $0.values(showsPaint: false).allSatisfy(\.isFinite) })
    for query in pictures {
      for base in pictures {
        for pair in ViewPair.acrossSplits {
          for cosine in [-1.0, 1] {
            for isPatient in [false, true] {
              let fit = AlignmentCheck.fit(query: query, base: base, pair: pair, cosine: cosine, isPatient: isPatient)
              guard let fit else { continue }
              #expect(fit.outlineLogOdds.isFinite && (0...1).contains(fit.overlap))
              #expect(AlignmentCheck.detailLogOdds(query: query, base: base, fit: fit).isFinite)
            }
          }
        }
      }
    }
  }
}

extension AlignmentCheck.Levels {
  fileprivate init(_ image: DecodedImage) {
    self.init()
    take(ComparisonPicture(image))
  }
}

/// Pictures of one colour, of one pixel, of one row, and of nothing but edges.
private let oddImages: [DecodedImage] = [
  DrawnPicture(width: 1, height: 1) { _, _ in SIMD3(7, 200, 90) },
  DrawnPicture(width: 300, height: 1) { x, _ in SIMD3(repeating: Double(x % 256)) },
  DrawnPicture(width: 1, height: 90) { _, y in SIMD3(repeating: Double(y)) },
  DrawnPicture(width: 64, height: 64) { _, _ in SIMD3() },
  DrawnPicture(width: 64, height: 64) { _, _ in SIMD3(repeating: 255) },
  DrawnPicture(width: 70, height: 70) { x, y in SIMD3(repeating: (x + y) % 2 == 0 ? 0 : 255) },
  DrawnPicture(width: 128, height: 128) { x, _ in SIMD3(x < 64 ? 0 : 255, x < 64 ? 255 : 0, 0) },
  DrawnPicture(width: 80, height: 80) { x, y in SIMD3(repeating: x == 40 && y == 40 ? 255 : 0) },
].map(\.image)
