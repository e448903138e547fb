import SplitSealBase
import SplitSealImage
import Testing

@Suite struct OrientationTests {
  /// The eight pictures of a stored one of two columns and three rows: ab, cd, ef.
  /// - Source: TIFF 6.0, "Orientation": which stored side is seen at the top and which at the left.
  static let pictures: [(Orientation, [String])] = [
    (.identity, ["ab", "cd", "ef"]), (.mirror, ["ba", "dc", "fe"]), (.turn180, ["fe", "dc", "ba"]),
    (.flip, ["ef", "cd", "ab"]), (.transpose, ["ace", "bdf"]), (.turn90, ["eca", "fdb"]),
    (.transverse, ["fdb", "eca"]), (.turn270, ["bdf", "ace"]),
  ]

  @Test(arguments: pictures, [8, 16]) func `pixels move as the EXIF value says`(
    _ picture: (Orientation, [String]), _ bits: Int
  ) {
    let stored = grid(["ab", "cd", "ef"], picture.0, bits)
    let seen = grid(picture.1, .identity, bits)
    let upright = stored.upright()
    #expect(upright.width == seen.width && upright.height == seen.height)
    #expect(upright.pixels == seen.pixels && upright.orientation == .identity)
    #expect(picture.0.swapsAxes == (picture.1.count == 2))
    #expect(LumaPlane(stored) == LumaPlane(seen))
  }

  @Test(arguments: Orientation.allCases, [(37, 21), (1, 40), (40, 1), (16, 16)])
  func `larger pictures move pixel by pixel`(_ orientation: Orientation, _ size: (Int, Int)) {
    let rows = (0..<size.1).map { y in (0..<size.0).map { x in x + 100 * y } }
    let expected = moved(rows, orientation)
    let upright = image(rows, orientation).upright()
    #expect(upright.width == expected[0].count && upright.height == expected.count)
    #expect(upright.pixels == image(expected, .identity).pixels)
    #expect(LumaPlane(image(rows, orientation)) == LumaPlane(upright))
  }

  @Test(arguments: Orientation.allCases, Orientation.allCases)
  func `following is one move after the other`(_ second: Orientation, _ first: Orientation) {
    let rows = [[1, 2, 3], [4, 5, 6]]
    #expect(moved(rows, second.following(first)) == moved(moved(rows, first), second))
  }

  @Test(arguments: Orientation.allCases) func `the inverse undoes`(_ orientation: Orientation) {
    let rows = [[1, 2, 3], [4, 5, 6]]
    #expect(moved(moved(rows, orientation), orientation.inverse) == rows)
    #expect(orientation.inverse.following(orientation) == .identity)
    #expect(orientation.following(orientation.inverse) == .identity)
  }

  /// Moves by two primitives only, so that this shares nothing with the code under test.
  private func moved(_ rows: [[Int]], _ orientation: Orientation) -> [[Int]] {
    let mirrored = { (rows: [[Int]]) in rows.map { Array($0.reversed()) } }
    let turned = { (rows: [[Int]]) in rows[0].indices.map { x in rows.reversed().map { $0[x] } } }
    return switch orientation {
    case .identity: rows
    case .mirror: mirrored(rows)
    case .turn180: turned(turned(rows))
    case .flip: turned(turned(mirrored(rows)))
    case .transpose: mirrored(turned(rows))
    case .turn90: turned(rows)
    case .transverse: turned(mirrored(rows))
    case .turn270: turned(turned(turned(rows)))
    }
  }

  private func image(_ rows: [[Int]], _ orientation: Orientation) -> DecodedImage {
    DecodedImage(
      format: .png, width: rows[0].count, height: rows.count, bitsPerChannel: 8, orientation: orientation,
      pixels: rows.joined().flatMap { [UInt8($0 & 255), UInt8($0 >> 8), 0, 255] })
  }

  private func grid(_ rows: [String], _ orientation: Orientation, _ bits: Int) -> DecodedImage {
    DecodedImage(
      format: .png, width: rows[0].count, height: rows.count, bitsPerChannel: bits, orientation: orientation,
      pixels: rows.joined().utf8.flatMap { letter in
        (0..<(4 * bits / 8)).map { $0 == 0 ? letter : letter &* UInt8($0) }
      })
  }
}
