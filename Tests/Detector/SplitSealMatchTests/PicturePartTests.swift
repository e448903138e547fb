import Foundation
import SplitSealFingerprint
import SplitSealImage
import Testing

@testable import SplitSealMatch

/// Parts of pictures that are described when they are searched for.
@Suite struct PicturePartTests {
  private func place(_ part: PicturePart, aspect: Double = 1, tiles: [PictureShare] = []) throws -> [Double] {
    try #require(part.place(aspect: aspect, tiles: tiles)).numbers
  }

  @Test func `a turned part is turned in the picture's own shape`() throws {
    let warp = try #require(PicturePart.slanted(.right30, share: 0.5).place(aspect: 2, tiles: []))
    // In a picture of 200 x 100 pixels the part is 100 x 50 pixels, turned by 30 degrees about the middle.
    let corners = warp.corners.map { ($0.x * 200 - 100, $0.y * 100 - 50) }
    let (cosine, sine) = (0.8660254037844386, 0.5)
    let expected = [(-50.0, -25.0), (50, -25), (50, 25), (-50, 25)].map {
      (cosine * $0.0 - sine * $0.1, sine * $0.0 + cosine * $0.1)
    }
    for (corner, expected) in zip(corners, expected) {
      #expect(abs(corner.0 - expected.0) < 1e-9 && abs(corner.1 - expected.1) < 1e-9)
    }
  }

  @Test(arguments: PicturePart.Slant.allCases)
  func `three quarters of a side lie inside of a picture, or hardly outside`(slant: PicturePart.Slant) throws {
    for aspect in [0.75, 1, 4.0 / 3] {
      let warp = try #require(PicturePart.slanted(slant, share: 0.75).place(aspect: aspect, tiles: []))
      for corner in warp.corners {
        #expect((-0.08...1.08).contains(corner.x) && (-0.08...1.08).contains(corner.y))
      }
    }
  }

  @Test func `the picture without its paint is there only where something is painted over`() {
    let picture = DrawnPicture.scene(4)
    let painted = picture.mapped { x, y, colour in
      (50..<130).contains(x) && (40..<110).contains(y) ? SIMD3(repeating: 250) : colour
    }
    func numbers(_ part: PicturePart, of picture: DrawnPicture) -> [Int8]? {
      var describer = PartDescriber()
      return describer.describe([part], of: ComparisonPicture(picture.image))[part]?.numbers
    }
    #expect(numbers(.unpainted, of: picture) == nil)
    let covered = numbers(.unpainted, of: painted)
    #expect(covered != nil && covered != numbers(.stored(.whole), of: painted))
  }

  @Test func `the corner of a tile is the one at the cross`() throws {
    let tiles = [
      PictureShare(left: 0, top: 0, width: 0.5, height: 0.625),
      PictureShare(left: 0, top: 0.625, width: 0.5, height: 0.375),
      PictureShare(left: 0.5, top: 0, width: 0.5, height: 0.25),
      PictureShare(left: 0.5, top: 0.25, width: 0.5, height: 0.75),
    ]
    #expect(try place(.tile(1), tiles: tiles) == [0.5, 0, 0, 0, 0.375, 0.625])
    #expect(try place(.tileCorner(0), tiles: tiles) == [0.375, 0, 0.125, 0, 0.375, 0.25])
    #expect(try place(.tileCorner(1), tiles: tiles) == [0.375, 0, 0.125, 0, 0.375, 0.625])
    #expect(PicturePart.tileCorner(2).place(aspect: 1, tiles: tiles) == nil)
    #expect(try place(.tileCorner(3), tiles: tiles) == [0.375, 0, 0.5, 0, 0.375, 0.25])
    #expect(PicturePart.tile(0).place(aspect: 1, tiles: []) == nil)
  }

  @Test func `what stands on plain ground is found under noise, and nothing where the ground was cut or there is none`()
    throws
  {
    let object = DrawnPicture.scene(4, width: 96, height: 80)
    let standing = object.standing(width: 200, height: 160)
    func content(_ picture: DrawnPicture) -> AffineWarp? {
      var describer = PartDescriber()
      return describer.describe([.content], of: ComparisonPicture(picture.image))[.content]?.place
    }
    // Noise keeps the borders from being cut.
    let place = try #require(content(standing.noisy(1, levels: 20)))
    let expected = [96.0 / 200, 0, 52.0 / 200, 0, 80.0 / 160, 40.0 / 160]
    for (number, expected) in zip(place.numbers, expected) { #expect(abs(number - expected) < 0.04) }
    #expect(content(standing) == nil)
    #expect(content(object) == nil)
  }

  @Test func `an upright part has the descriptor of the stored view`() throws {
    let picture = DrawnPicture.scene(3)
    let stored = try #require(outcomes(of: [picture]).first?.fingerprint?.descriptors)
    var describer = PartDescriber()
    let described = describer.describe(
      DescriptorView.allCases.map(PicturePart.stored), of: ComparisonPicture(picture.image))
    #expect(described.count == DescriptorView.allCases.count)
    for view in DescriptorView.allCases {
      let numbers = try #require(described[.stored(view)]).numbers
      var expected: [Int8] = []
      stored.append(view, oriented: .identity, to: &expected)
      let product = zip(numbers, expected).reduce(0) { $0 + Int($1.0) * Int($1.1) }
      #expect(Double(product) / Double(DescriptorTable.unitProduct) > 0.98)
    }
  }

  @Test func `plain parts are not described`() {
    let blank = DrawnPicture(width: 200, height: 160) { x, y in
      (100..<120).contains(x) ? SIMD3(repeating: Double((x * 37 + y * 91) % 256)) : SIMD3(repeating: 90)
    }
    var describer = PartDescriber()
    let described = describer.describe(
      [.stored(.whole), .stored(.upperLeftQuarter), .edge(.upper)], of: ComparisonPicture(blank.image))
    #expect(described.keys.count == 2 && described[.stored(.upperLeftQuarter)] == nil)
  }

  @Test func `a mosaic falls apart into its tiles, a picture does not`() throws {
    let mosaic = DrawnPicture.mosaic((30..<34).map { .scene($0, width: 256, height: 256) }, side: 256, x: 112, y: 160)
    var describer = PartDescriber()
    let parts = (0..<4).map(PicturePart.tile)
    let described = describer.describe(parts, of: ComparisonPicture(mosaic.image))
    // The cross is at 56 and 80 of 128 pixels; a pixel on either side belongs to no tile, and it is found to a pixel.
    let expected = [[0.0, 55, 0, 79], [57, 71, 0, 79], [0, 55, 81, 47], [57, 71, 81, 47]]
    let found = try parts.map { try #require(described[$0]).place }
    for tile in expected {
      let distances = found.map { place in
        zip([place.x, place.xx, place.y, place.yy], tile).map { abs($0 * 128 - $1) }.max() ?? 128
      }
      #expect(distances.count { $0 <= 2 } == 1)
    }
    let waves = DrawnPicture(width: 200, height: 160) { x, y in
      SIMD3(repeating: 128 + 60 * sin(Double(x) * 0.11 + Double(y) * 0.07))
    }
    #expect(describer.describe(parts, of: ComparisonPicture(waves.image)).isEmpty)
  }
}
