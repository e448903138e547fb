import SplitSealBase
import Foundation
import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport

@testable import SplitSealMatch

/// A picture that tests draw by formula and edit.
struct DrawnPicture {
  let width: Int
  let height: Int
  /// R, G and B of each pixel, 0...255, row-major.
  let colours: [SIMD3<Double>]

  /// Draws a picture; `colour` gets the column and the row of each pixel.
  init(width: Int, height: Int, colour: (_ x: Int, _ y: Int) -> SIMD3<Double>) {
    self.width = width
    self.height = height
    colours = (0..<width * height).map { colour($0 % width, $0 / width) }
  }

  /// Coloured waves with discs on them.
  static func scene(_ seed: UInt64, width: Int = 200, height: Int = 160) -> DrawnPicture {
    var random = SplitMix64(seed: seed)
    let waves = (0..<5).map { _ in
      Wave(
        across: Double.random(in: -0.08...0.08, using: &random), down: Double.random(in: -0.08...0.08, using: &random),
        phase: Double.random(in: 0...6, using: &random), colour: colour(-22...22, using: &random))
    }
    let discs = (0..<14).map { _ in
      Disc(
        x: Double.random(in: 0...Double(width), using: &random),
        y: Double.random(in: 0...Double(height), using: &random),
        radius: Double.random(in: 6...32, using: &random), colour: colour(0...255, using: &random))
    }
    return DrawnPicture(width: width, height: height) { x, y in
      let (x, y) = (Double(x), Double(y))
      if let disc = discs.last(where: { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) < $0.radius * $0.radius }) {
        return disc.colour
      }
      return waves.reduce(SIMD3(repeating: 128)) { $0 + $1.colour * sin($1.across * x + $1.down * y + $1.phase) }
    }
  }

  private struct Wave {
    let across: Double
    let down: Double
    let phase: Double
    let colour: SIMD3<Double>
  }

  private struct Disc {
    let x: Double
    let y: Double
    let radius: Double
    let colour: SIMD3<Double>
  }

  private static func colour(_ range: ClosedRange<Double>, using random: inout SplitMix64) -> SIMD3<Double> {
    var colour = SIMD3<Double>()
    for channel in 0..<3 { colour[channel] = Double.random(in: range, using: &random) }
    return colour
  }

  subscript(x: Int, y: Int) -> SIMD3<Double> { colours[y * width + x] }

  /// The picture as a file would hold it.
  var image: DecodedImage { stored(.identity) }

  private func stored(_ orientation: Orientation) -> DecodedImage {
    var pixels = [UInt8](repeating: 255, count: 4 * colours.count)
    for (index, colour) in colours.enumerated() {
      for channel in 0..<3 { pixels[4 * index + channel] = UInt8(min(max(colour[channel], 0), 255).rounded()) }
    }
    return DecodedImage(
      format: .png, width: width, height: height, bitsPerChannel: 8, orientation: orientation, pixels: pixels)
  }

  /// Turned or mirrored, by what applies EXIF orientations.
  func moved(_ orientation: Orientation) -> DrawnPicture {
    let image = stored(orientation).upright()
    return DrawnPicture(width: image.width, height: image.height) { x, y in
      let start = (y * image.width + x) * 4
      return SIMD3(
        Double(image.pixels[start]), Double(image.pixels[start + 1]), Double(image.pixels[start + 2]))
    }
  }

  /// The part at a place.
  func cropped(left: Int, top: Int, width: Int, height: Int) -> DrawnPicture {
    DrawnPicture(width: width, height: height) { self[left + $0, top + $1] }
  }

  /// With every pixel changed.
  func mapped(_ change: (_ x: Int, _ y: Int, _ colour: SIMD3<Double>) -> SIMD3<Double>) -> DrawnPicture {
    DrawnPicture(width: width, height: height) { change($0, $1, self[$0, $1]) }
  }

  /// As a codec would leave it: each channel off by at most `levels`.
  func noisy(_ seed: UInt64, levels: Double = 3) -> DrawnPicture {
    var random = SplitMix64(seed: seed)
    return mapped { _, _, colour in colour + Self.colour(-levels...levels, using: &random) }
  }

  /// The picture in the middle of plain ground, in a frame of `width` x `height` pixels.
  func standing(width: Int, height: Int, ground: Double = 40) -> DrawnPicture {
    let (left, top) = ((width - self.width) / 2, (height - self.height) / 2)
    return DrawnPicture(width: width, height: height) { x, y in
      (0..<self.width).contains(x - left) && (0..<self.height).contains(y - top)
        ? self[x - left, y - top] : SIMD3(repeating: ground)
    }
  }

  /// Turned about the middle by an angle, black where nothing was.
  func turned(degrees: Double) -> DrawnPicture {
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    return mapped { x, y, _ in
      let (dx, dy) = (Double(x) - middleX, Double(y) - middleY)
      return interpolated(middleX + cosine * dx + sine * dy, middleY - sine * dx + cosine * dy)
    }
  }

  /// With another picture of the same height to its right.
  func beside(_ other: DrawnPicture) -> DrawnPicture {
    DrawnPicture(width: width + other.width, height: height) { $0 < width ? self[$0, $1] : other[$0 - width, $1] }
  }

  /// Sheared along the rows about the middle: `share` columns for each row; black where nothing was.
  func sheared(_ share: Double) -> DrawnPicture {
    mapped { x, y, _ in interpolated(Double(x) + share * (Double(y) - Double(height) / 2), Double(y)) }
  }

  /// Four pictures about a cross, each with the corner that lies at the cross, cut off at the outer edges.
  static func mosaic(_ pictures: [DrawnPicture], side: Int, x: Int, y: Int) -> DrawnPicture {
    DrawnPicture(width: side, height: side) { column, row in
      let picture = pictures[(row < y ? 0 : 2) + (column < x ? 0 : 1)]
      return picture[
        column < x ? picture.width - x + column : column - x, row < y ? picture.height - y + row : row - y]
    }
  }

  private func interpolated(_ x: Double, _ y: Double) -> SIMD3<Double> {
    let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    guard left >= 0, top >= 0, left + 1 < width, top + 1 < height else { return SIMD3() }
    let (across, down) = (x - Double(left), y - Double(top))
    let upper = self[left, top] * (1 - across) + self[left + 1, top] * across
    let lower = self[left, top + 1] * (1 - across) + self[left + 1, top + 1] * across
    return upper * (1 - down) + lower * down
  }
}

/// Pictures held in memory; of those that are missing nothing can be read.
struct MemoryPictures: PictureSource {
  var pictures: [Int: DecodedImage]

  func picture(of sample: Int) -> DecodedImage? { pictures[sample] }
}

/// Fingerprints of pictures, each of a file of its own.
func outcomes(of pictures: [DrawnPicture]) -> [FingerprintOutcome] {
  var fingerprinter = Fingerprinter()
  return pictures.enumerated().map { index, picture in
    fingerprinter.outcome(of: picture.image, content: ContentDigest(of: [UInt8(index)]))
  }
}

/// Searches pictures for near-duplicates by alignment.
///
/// - Parameters:
///   - pictures: The pictures.
///   - splitOf: The split of each, 0 or 1.
///   - unreadable: Pictures that were fingerprinted and cannot be read any more.
///   - options: What counts as a match.
/// - Returns: What was found.
/// - Throws: `CancellationError` when the task is cancelled.
func searchAligned(
  _ pictures: [DrawnPicture], _ splitOf: [Int], unreadable: Set<Int> = [], options: MatchOptions = MatchOptions()
) async throws -> MatchResult {
  var images: [Int: DecodedImage] = [:]
  for (index, picture) in pictures.enumerated() where !unreadable.contains(index) { images[index] = picture.image }
  return try await MatchSearch(
    outcomes: outcomes(of: pictures), splitOf: splitOf, splitCount: 2, options: options,
    pictures: PictureCache(MemoryPictures(pictures: images))
  ).run()
}
