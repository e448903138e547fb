import SplitSealImage
import Testing

/// Decoded PNGs against their definition: every sample is known exactly.
@Suite struct PNGDecodingTests {
  static let variants: [PNGSettings] = {
    let palette = noise(3 * 256, seed: 7)
    var variants: [PNGSettings] = []
    for interlaced in [false, true] {
      for bitDepth in [1, 2, 4, 8, 16] {
        variants.append(PNGSettings(colour: .grey, bitDepth: bitDepth, interlaced: interlaced))
        let half = UInt16(1 << (bitDepth - 1))
        variants.append(
          PNGSettings(colour: .grey, bitDepth: bitDepth, interlaced: interlaced, transparent: (half, half, half)))
        if bitDepth >= 8 {
          for colour in [PNGSettings.Colour.rgb, .greyAlpha, .rgba] {
            variants.append(PNGSettings(colour: colour, bitDepth: bitDepth, interlaced: interlaced))
          }
        }
        if bitDepth <= 8 {
          let entries = Array(palette.prefix(3 << bitDepth))
          variants.append(
            PNGSettings(colour: .palette, bitDepth: bitDepth, interlaced: interlaced, palette: entries))
          variants.append(
            PNGSettings(
              colour: .palette, bitDepth: bitDepth, interlaced: interlaced, palette: entries,
              paletteAlpha: [0, 200]))
        }
      }
    }
    return variants
  }()

  @Test(arguments: variants, [(13, 11), (1, 1), (3, 9), (64, 2)])
  func `every colour type, depth and interlacing is bit-exact`(_ settings: PNGSettings, _ size: (Int, Int)) throws {
    let (width, height) = size
    let bytesPerRow = (width * settings.colour.channels * settings.bitDepth + 7) / 8
    let rows = noise(bytesPerRow * height, seed: UInt64(width))
    let image = try ImageDecoder.decode(png(rows, width: width, height: height, settings))
    #expect(image.format == .png)
    #expect(image.width == width && image.height == height)
    #expect(image.bitsPerChannel == (settings.bitDepth == 16 ? 16 : 8))
    #expect(image.orientation == .identity)
    #expect(image.pixels == expected(rows, width: width, height: height, settings))
  }

  @Test(arguments: [8, 16]) func `the one transparent colour of tRNS is transparent and no other`(_ depth: Int) throws {
    // Three pixels: the colour, one that differs in the last bit of blue, and the colour again.
    let colour: [UInt16] = depth == 8 ? [10, 20, 30] : [1000, 2000, 3000]
    let samples = colour + [colour[0], colour[1], colour[2] ^ 1] + colour
    let row = samples.flatMap { depth == 8 ? [UInt8($0)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
    let settings = PNGSettings(colour: .rgb, bitDepth: depth, transparent: (colour[0], colour[1], colour[2]))
    let image = try ImageDecoder.decode(png(row, width: 3, height: 1, settings))
    let alphaStride = 4 * depth / 8
    let alpha = stride(from: alphaStride - depth / 8, to: image.pixels.count, by: alphaStride).map { image.pixels[$0] }
    #expect(alpha == [0, 255, 0])
  }

  @Test(arguments: [0.45455, 1.0, 2.2]) func `gamma is not applied`(_ gamma: Double) throws {
    let settings = PNGSettings(colour: .rgb, gamma: gamma)
    let image = try ImageDecoder.decode(png([10, 20, 30], width: 1, height: 1, settings))
    #expect(image.pixels == [10, 20, 30, 255])
  }

  @Test func `an animation decodes as its still picture`() throws {
    let still = png([1, 2, 3, 4, 5, 6], width: 2, height: 1)
    let afterHeader = 33
    let animated =
      still[..<afterHeader] + chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]) + still[afterHeader..<still.count - 12]
      + chunk("fcTL", noise(26, seed: 1)) + chunk("fdAT", noise(40, seed: 2)) + still[(still.count - 12)...]
    #expect(try ImageDecoder.decode(Array(animated)).pixels == [1, 2, 3, 255, 4, 5, 6, 255])
  }

  @Test func `nonsense in chunks that play no part does not matter`() throws {
    let still = png([1, 2, 3], width: 1, height: 1)
    let chunks = [
      "iCCP", "sRGB", "cHRM", "tEXt", "zTXt", "iTXt", "sPLT", "hIST", "pHYs", "tIME", "bKGD", "sBIT", "eXIf", "vpAg",
    ]
    let odd = chunks.reduce([]) { $0 + chunk($1, noise(50, seed: 3)) }
    #expect(try ImageDecoder.decode(Array(still[..<33]) + odd + Array(still[33...])).pixels == [1, 2, 3, 255])
  }

  @Test func `bytes after the end do not matter`() throws {
    let still = png([1, 2, 3], width: 1, height: 1)
    #expect(try ImageDecoder.decode(still + noise(1000, seed: 4)).pixels == [1, 2, 3, 255])
  }

  /// What the format says the pixels are.
  ///
  /// - Source: PNG 3rd edition, 13.12 (sample depth scaling is exact for 1, 2 and 4 bits), 11.2.2 and 11.3.1.1 (tRNS).
  private func expected(_ rows: [UInt8], width: Int, height: Int, _ settings: PNGSettings) -> [UInt8] {
    let (channels, depth) = (settings.colour.channels, settings.bitDepth)
    let bytesPerRow = (width * channels * depth + 7) / 8
    func sample(_ x: Int, _ y: Int, _ channel: Int) -> Int {
      let index = x * channels + channel
      let row = y * bytesPerRow
      if depth == 16 { return Int(rows[row + 2 * index]) << 8 | Int(rows[row + 2 * index + 1]) }
      let perByte = 8 / depth
      return Int(rows[row + index / perByte]) >> ((perByte - 1 - index % perByte) * depth) & ((1 << depth) - 1)
    }
    let full = depth == 16 ? 65535 : 255
    var output: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        var pixel: [Int]
        switch settings.colour {
        case .grey:
          let level = sample(x, y, 0)
          let isTransparent = settings.transparent.map { Int($0.0) == level } ?? false
          let scaled = depth >= 8 ? level : level * 255 / ((1 << depth) - 1)
          pixel = [scaled, scaled, scaled, isTransparent ? 0 : full]
        case .palette:
          let entry = sample(x, y, 0)
          pixel = (0..<3).map { Int(settings.palette[3 * entry + $0]) }
          pixel.append(entry < settings.paletteAlpha.count ? Int(settings.paletteAlpha[entry]) : 255)
        case .greyAlpha: pixel = [sample(x, y, 0), sample(x, y, 0), sample(x, y, 0), sample(x, y, 1)]
        case .rgb: pixel = (0..<3).map { sample(x, y, $0) } + [full]
        case .rgba: pixel = (0..<4).map { sample(x, y, $0) }
        }
        for value in pixel { output += depth == 16 ? [UInt8(value >> 8), UInt8(value & 255)] : [UInt8(value)] }
      }
    }
    return output
  }
}
