import Testing

@testable import SplitSealImage

@Suite struct JPEGLumaTests {
  private let width = 94
  private let height = 64
  private let source = ramps(width: 94, height: 64, channels: 3)

  private func luma(_ file: [UInt8], leastSide: Int = 1 << 20) throws -> DecodedLuma? {
    let scratch = DecoderScratch()
    return try ImageDecoder.decodeLuma(file, leastSide: leastSide, scratch: scratch)
  }

  @Test(arguments: [JPEGSettings.Space.grey, .ycbcr])
  func `unscaled luma is that of the decoded pixels, but for rounding`(space: JPEGSettings.Space) throws {
    let samples = space == .grey ? ramps(width: width, height: height, channels: 1) : source
    let file = jpeg(samples, width: width, height: height, JPEGSettings(space: space, quality: 95))
    let luma = try #require(try luma(file))
    let whole = LumaPlane(try ImageDecoder.decode(file))
    #expect((luma.width, luma.height) == (width, height))
    #expect((luma.plane.width, luma.plane.height) == (width, height))
    // The colours of some pixels cannot be shown and are cut off, which moves their luma: these ramps have few of them.
    let far = zip(luma.plane.samples, whole.samples).count { abs($0 - $1) > 1.5 }
    #expect(far < width * height / 50)
  }

  @Test(arguments: [(1, 12, 8), (8, 12, 8), (9, 24, 16), (17, 47, 32), (32, 47, 32), (33, 94, 64)])
  func `the smallest scale that keeps enough is taken`(leastSide: Int, width: Int, height: Int) throws {
    let file = jpeg(source, width: 94, height: 64)
    let luma = try #require(try luma(file, leastSide: leastSide))
    #expect((luma.width, luma.height) == (94, 64))
    #expect((luma.plane.width, luma.plane.height) == (width, height))
    #expect(luma.plane.samples.count == width * height)
    let small = try ImageDecoder.decode(file, leastSide: leastSide)
    #expect((small.width, small.height) == (width, height))
  }

  @Test(arguments: Orientation.allCases)
  func `luma is as a person sees it`(orientation: Orientation) throws {
    var settings = JPEGSettings()
    settings.orientation = UInt16(orientation.rawValue)
    let file = jpeg(source, width: width, height: height, settings)
    let luma = try #require(try luma(file, leastSide: 32))
    let small = try ImageDecoder.decode(file, leastSide: 32).upright()
    #expect(luma.orientation == orientation)
    #expect((luma.width, luma.height) == (orientation.swapsAxes ? (height, width) : (width, height)))
    let expected = LumaPlane(small)
    #expect((luma.plane.width, luma.plane.height) == (expected.width, expected.height))
    let far = zip(luma.plane.samples, expected.samples).count { abs($0 - $1) > 3 }
    #expect(far < expected.samples.count / 50)
  }

  @Test(arguments: [JPEGSettings.Space.rgb, .cmyk, .ycck])
  func `what holds no luma is left to the whole decoding`(space: JPEGSettings.Space) throws {
    let channels = space == .rgb ? 3 : 4
    let file = jpeg(
      ramps(width: 16, height: 16, channels: channels), width: 16, height: 16, JPEGSettings(space: space, quality: 90))
    #expect(try luma(file) == nil)
  }

  @Test func `faults are those of the whole decoding`() throws {
    let file = jpeg(source, width: width, height: height)
    for length in stride(from: 0, to: file.count, by: 7) {
      let prefix = Array(file.prefix(length))
      var (whole, luma): (ImageFault?, ImageFault?)
      do { _ = try ImageDecoder.decode(prefix) } catch { whole = error }
      let scratch = DecoderScratch()
      do { _ = try ImageDecoder.decodeLuma(prefix, leastSide: 50, scratch: scratch) } catch { luma = error }
      #expect(whole == luma)
      #expect(whole != nil)
    }
    var limits = ImageLimits()
    limits.maximumPixelCount = width * height - 1
    let scratch = DecoderScratch()
    #expect(throws: ImageFault.tooManyPixels(width: width, height: height, limit: width * height - 1)) {
      try ImageDecoder.decodeLuma(file, limits: limits, leastSide: 50, scratch: scratch)
    }
  }

  /// Progressive files are decoded by libjpeg, regular baseline files by ourselves; the coefficients of the two are equal.
  @Test(arguments: [(1, 1), (2, 1), (1, 2), (2, 2)] as [(Int32, Int32)], [1, 9, 20, 40, 1 << 20])
  func `our own decoder and libjpeg give the same luma`(sampling: (Int32, Int32), leastSide: Int) throws {
    for (quality, restartInterval) in [(30, 0), (75, 3), (98, 1)] as [(Int32, UInt32)] {
      for space in [JPEGSettings.Space.grey, .ycbcr] {
        var settings = JPEGSettings(space: space, quality: quality)
        (settings.sampling, settings.restartInterval) = (space == .grey ? (1, 1) : sampling, restartInterval)
        let samples = space == .grey ? ramps(width: width, height: height, channels: 1) : source
        let own = try #require(
          try luma(jpeg(samples, width: width, height: height, settings), leastSide: leastSide))
        settings.progressive = true
        let theirs = try #require(
          try luma(jpeg(samples, width: width, height: height, settings), leastSide: leastSide))
        #expect(own.plane == theirs.plane)
      }
    }
  }

  @Test func `our own decoder and libjpeg give the same colour where it has all pixels`() throws {
    var settings = JPEGSettings()
    let scratch = DecoderScratch()
    let files = [false, true].map { progressive in
      settings.progressive = progressive
      return jpeg(source, width: width, height: height, settings)
    }
    let decoded = try files.map {
      try #require(
        try ImageDecoder.decodeLuma($0, leastSide: 1 << 20, leastColourSide: 1 << 20, scratch: scratch))
    }
    #expect(decoded[0].colour.count == 2)
    #expect(decoded[0].colour == decoded[1].colour)
    #expect(decoded[0].colour[0] != decoded[0].colour[1])
  }

  @Test(arguments: [(1, 6, 4), (5, 12, 8), (16, 24, 16), (17, 47, 32), (100, 47, 32)])
  func `colour has the smallest scale that keeps enough of what the file has`(
    leastSide: Int, width: Int, height: Int
  ) throws {
    var settings = JPEGSettings()
    settings.sampling = (2, 2)
    let file = jpeg(source, width: 94, height: 64, settings)
    let scratch = DecoderScratch()
    let luma = try #require(
      try ImageDecoder.decodeLuma(file, leastSide: 8, leastColourSide: leastSide, scratch: scratch))
    #expect((luma.plane.width, luma.plane.height) == (12, 8))
    #expect(luma.colour.map(\.width) == [width, width] && luma.colour.map(\.height) == [height, height])
    #expect(try ImageDecoder.decodeLuma(file, leastSide: 8, scratch: scratch)?.colour.isEmpty == true)
  }

  @Test func `scratch makes no difference to the next file`() throws {
    let settings = JPEGSettings(space: .ycbcr, quality: 40)
    let small = jpeg(ramps(width: 16, height: 24, channels: 3), width: 16, height: 24, settings)
    let files = [jpeg(source, width: width, height: height), small, Array(small.dropLast(9)), small]
    let used = DecoderScratch()
    for file in files {
      func plane(_ scratch: DecoderScratch) -> LumaPlane? {
        try? ImageDecoder.decodeLuma(file, leastSide: 1 << 20, leastColourSide: 8, scratch: scratch)?.plane
      }
      #expect(plane(used) == plane(DecoderScratch()))
    }
  }

  @Test func `metadata does not count as coding, tables and scans do`() {
    var settings = JPEGSettings()
    let plain = JPEGCodec().codedPicture(in: jpeg(source, width: width, height: height, settings))
    settings.orientation = 6
    let turned = JPEGCodec().codedPicture(in: jpeg(source, width: width, height: height, settings))
    #expect(plain.header == turned.header && Array(plain.body) == Array(turned.body))
    settings.quality = 60
    let coarser = JPEGCodec().codedPicture(in: jpeg(source, width: width, height: height, settings))
    #expect(plain.header != coarser.header && Array(plain.body) != Array(coarser.body))
  }
}
