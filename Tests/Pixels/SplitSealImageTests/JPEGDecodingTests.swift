import SplitSealBase
import SplitSealImage
import Testing

/// Decoded JPEGs against the pictures they were made of.
///
/// JPEG loses a little; how much is bounded here.
@Suite struct JPEGDecodingTests {
  static let variants: [JPEGSettings] = {
    var variants: [JPEGSettings] = []
    for space in JPEGSettings.Space.allCases {
      for sampling: (Int32, Int32) in [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1)] {
        guard space == .ycbcr || space == .ycck || sampling == (1, 1) else { continue }
        for progressive in [false, true] {
          for restartInterval: UInt32 in [0, 1, 5] {
            variants.append(
              JPEGSettings(
                space: space, quality: 98, sampling: sampling, progressive: progressive,
                restartInterval: restartInterval))
          }
        }
      }
    }
    return variants
  }()

  @Test(arguments: variants, [(64, 48), (61, 37), (9, 70)])
  func `a smooth picture survives in every colour space, subsampling and mode`(
    _ settings: JPEGSettings, _ size: (Int, Int)
  ) throws {
    let (width, height) = size
    let source = ramps(width: width, height: height, channels: settings.space.channels)
    let image = try ImageDecoder.decode(jpeg(source, width: width, height: height, settings))
    #expect(image.format == .jpeg)
    #expect(image.width == width && image.height == height && image.bitsPerChannel == 8)
    let expected = meant(source, settings.space)
    let difference = zip(image.pixels, expected).map { abs(Int($0) - Int($1)) }.max()
    #expect(try #require(difference) <= 5)
    let mean =
      Double(zip(image.pixels, expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(expected.count)
    #expect(mean < 0.8)
  }

  /// At quality 100 a block of one colour loses only the rounding of the colour conversion.
  @Test(
    arguments: [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [12, 120, 200]] as [[UInt8]])
  func `a flat colour comes back within 2`(_ colour: [UInt8]) throws {
    let flat = Array(repeatElement(colour, count: 256).joined())
    let expected = Array(repeatElement(colour + [255], count: 256).joined())
    for space in [JPEGSettings.Space.ycbcr, .rgb] {
      let image = try ImageDecoder.decode(
        jpeg(flat, width: 16, height: 16, JPEGSettings(space: space, quality: 100)))
      #expect(zip(image.pixels, expected).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    }
  }

  /// Ink as Adobe's programs store it, inverted: 255 is none.
  ///
  /// (255 - C) (255 - K) / 255 is the usual conversion.
  @Test(
    arguments: [
      ([255, 255, 255, 255], [255, 255, 255]), ([0, 0, 0, 0], [0, 0, 0]), ([0, 255, 255, 255], [0, 255, 255]),
      ([255, 255, 255, 128], [128, 128, 128]), ([200, 100, 50, 204], [160, 80, 40]),
    ] as [([UInt8], [Int])]) func `CMYK is taken as inverted, as Adobe writes it`(_ ink: [UInt8], _ colour: [Int])
    throws
  {
    let flat = (0..<64).flatMap { _ in ink }
    let image = try ImageDecoder.decode(jpeg(flat, width: 8, height: 8, JPEGSettings(space: .cmyk, quality: 100)))
    for start in stride(from: 0, to: image.pixels.count, by: 4) {
      for channel in 0..<3 { #expect(abs(Int(image.pixels[start + channel]) - colour[channel]) <= 1) }
      #expect(image.pixels[start + 3] == 255)
    }
  }

  @Test func `a grey picture has equal channels`() throws {
    let source = noise(40 * 30, seed: 5)
    let image = try ImageDecoder.decode(jpeg(source, width: 40, height: 30, JPEGSettings(space: .grey)))
    for start in stride(from: 0, to: image.pixels.count, by: 4) {
      let pixel = image.pixels[start..<start + 4]
      #expect(Set(pixel.prefix(3)).count == 1 && pixel.last == 255)
    }
  }

  @Test func `progressive and baseline give the same pixels`() throws {
    let source = noise(33 * 21 * 3, seed: 6)
    var settings = JPEGSettings(quality: 80, sampling: (2, 2))
    let baseline = try ImageDecoder.decode(jpeg(source, width: 33, height: 21, settings))
    settings.progressive = true
    #expect(try ImageDecoder.decode(jpeg(source, width: 33, height: 21, settings)).pixels == baseline.pixels)
    settings.progressive = false
    settings.restartInterval = 2
    #expect(try ImageDecoder.decode(jpeg(source, width: 33, height: 21, settings)).pixels == baseline.pixels)
  }

  @Test func `bytes after the end do not matter, as cameras append previews there`() throws {
    let file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    #expect(try ImageDecoder.decode(file + noise(500, seed: 8)).pixels == ImageDecoder.decode(file).pixels)
  }

  @Test func `padding between segments is harmless`() throws {
    let file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    let padded = Array(file[..<2]) + [0, 0, 0] + [0xFF, 0xFF] + Array(file[2...])
    // The signature needs a marker at once, so the padding goes behind the first segment.
    let end = 4 + Int(file[4]) << 8 + Int(file[5])
    let behind = Array(file[..<end]) + [0, 0, 0, 0xFF, 0xFF] + Array(file[end...])
    #expect(fault(of: padded) == .notAnImage)
    #expect(try ImageDecoder.decode(behind).pixels == ImageDecoder.decode(file).pixels)
  }

  /// What the picture is meant to be, as R, G, B, 255.
  private func meant(_ source: [UInt8], _ space: JPEGSettings.Space) -> [UInt8] {
    let channels = space.channels
    var output: [UInt8] = []
    for start in stride(from: 0, to: source.count, by: channels) {
      let pixel = source[start..<start + channels].map { Int($0) }
      switch space {
      case .grey: output += [source[start], source[start], source[start], 255]
      case .ycbcr, .rgb: output += source[start..<start + 3] + [255]
      case .cmyk, .ycck: output += pixel.prefix(3).map { UInt8(($0 * pixel[3] * 2 + 255) / 510) } + [255]
      }
    }
    return output
  }
}
