extension Canvas {
  /// The grey of a mosaic where no picture is, that of the usual training scripts.
  private static let mosaicGrey: UInt8 = 114

  /// Four pictures at half their size around a cross that is off the centre, as detectors are trained with.
  ///
  /// The picture is one of them, anywhere; each has a corner at the cross, and what leaves the mosaic is cut off.
  /// - Parameters:
  ///   - others: The other three; fewer are repeated.
  ///   - random: Where the cross is, between a tenth and 3/20 of each side off the centre, and which tile is the picture's.
  /// - Returns: A picture of the same size.
  func mosaic(with others: [Canvas], _ random: inout ProbeRandom) -> Canvas {
    let crossX = Int((Double(width) * Self.offCentre(&random)).rounded())
    let crossY = Int((Double(height) * Self.offCentre(&random)).rounded())
    let tiles = tiles(with: others, &random)
    var result = Canvas(width: width, height: height, grey: Self.mosaicGrey)
    for (place, tile) in tiles.enumerated() {
      let half = tile.resized(width: width / 2, height: height / 2)
      result = result.partlyCovered(
        by: half, left: place % 2 == 0 ? crossX - half.width : crossX, top: place < 2 ? crossY - half.height : crossY)
    }
    return result
  }

  /// Four pictures, two beside two, each a quarter of the whole.
  ///
  /// - Parameters:
  ///   - others: The other three; fewer are repeated.
  ///   - random: Which quarter is the picture's.
  /// - Returns: A picture of the same size, but for a column or a row of an odd number, and 16 x 16 or more.
  func collage(with others: [Canvas], _ random: inout ProbeRandom) -> Canvas {
    let tiles = tiles(with: others, &random).map { $0.resized(width: width / 2, height: height / 2) }
    let (columns, rows) = (tiles[0].width, tiles[0].height)
    var result = Canvas(width: 2 * columns, height: 2 * rows, grey: 0)
    for (place, tile) in tiles.enumerated() {
      result = result.covered(by: tile, left: place % 2 * columns, top: place / 2 * rows)
    }
    return result
  }

  /// The picture and three others, row by row.
  private func tiles(with others: [Canvas], _ random: inout ProbeRandom) -> [Canvas] {
    let own = random.below(4)
    var tiles = (0..<3).map { others[$0 % others.count] }
    tiles.insert(self, at: own)
    return tiles
  }

  /// A place between 0.35 and 0.4 or between 0.6 and 0.65.
  private static func offCentre(_ random: inout ProbeRandom) -> Double {
    let place = 0.1 + random.share() / 20
    return random.below(2) == 0 ? 0.5 - place : 0.5 + place
  }

  /// The picture with another laid on it, cut off where it is outside.
  private func partlyCovered(by other: Canvas, left: Int, top: Int) -> Canvas {
    var result = self
    let columns = max(0, left)..<max(max(0, left), min(width, left + other.width))
    for row in max(0, top)..<max(max(0, top), min(height, top + other.height)) {
      let start = (row - top) * other.stride + (columns.lowerBound - left) * 3
      result.pixels.replaceSubrange(
        (row * stride + columns.lowerBound * 3)..<(row * stride + columns.upperBound * 3),
        with: other.pixels[start..<(start + columns.count * 3)])
    }
    return result
  }
}
