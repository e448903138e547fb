import SplitSealBase
import SplitSealImage
import Testing

@testable import SplitSealFingerprint

@Suite struct ImagePropertiesTests {
  private func properties(_ file: [UInt8], keepsPicture: Bool = false) throws -> ImageProperties {
    var fingerprinter = Fingerprinter()
    fingerprinter.keepsPicture = keepsPicture
    return try #require(fingerprinter.outcome(of: file).fingerprint).properties
  }

  /// The formula is easy to draw elsewhere, too.
  private func pattern(_ width: Int, _ height: Int) -> Bitmap {
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        bytes.append(UInt8((x * 7 + y * 13) % 256))
        bytes.append(UInt8((x * x + 3 * y) % 256))
        bytes.append(UInt8((x * y) % 200))
      }
    }
    return Bitmap(width: width, height: height, channels: 3, bytes: bytes)
  }

  // NumPy 2: y, x = numpy.mgrid[0:h, 0:w], p = numpy.stack([(x*7 + y*13) % 256, (x*x + 3*y) % 256, (x*y) % 200], -1),
  // l = p @ [.299, .587, .114]; l.mean(), l.std(), cv2.Laplacian(l, cv2.CV_64F)[1:-1, 1:-1].var(), and M3 as
  // numpy.hypot(rg.std(), yb.std()) + .3 * numpy.hypot(rg.mean(), yb.mean()). At 256 x 256 of the means of 4 x 4 pixels
  // for luma and of 8 x 8 for M3.
  @Test(
    arguments: [
      (24, 20, 106.00240, 51.80956, 5906.49066, 132.13950), (256, 256, 123.91795, 27.14643, 5909.88792, 63.06186),
    ])
  func `numbers are those of NumPy and OpenCV`(
    _ width: Int, _ height: Int, _ brightness: Double, _ contrast: Double, _ sharpness: Double, _ colour: Double
  ) throws {
    let measured = try properties(pattern(width, height).png())
    #expect(abs(measured.brightness - brightness) <= 0.5 / 128 + 1e-4)
    #expect(abs(measured.contrast - contrast) <= 0.5 / 128 + 1e-4)
    #expect(abs(measured.sharpness - sharpness) <= 0.5 / 128 + 5e-3)
    #expect(abs(measured.colourfulness - colour) <= 0.5 / 128 + 1e-4)
  }

  @Test func `of one colour there is brightness alone`() throws {
    let grey = try properties(
      Bitmap(width: 200, height: 150, channels: 3, bytes: Array(repeating: 77, count: 90_000)).png())
    #expect(grey.brightness == 77 && grey.contrast == 0 && grey.sharpness == 0 && grey.colourfulness == 0)
    // rg = 100 - 50, yb = 75 - 250: 0.3 sqrt(50^2 + 175^2) = 54.6; luma 29.9 + 29.35 + 28.5 = 87.75.
    let blue = try properties(
      Bitmap(width: 5, height: 4, channels: 3, bytes: (0..<20).flatMap { _ in [100, 50, 250] as [UInt8] }).png())
    #expect(blue.brightness == 87.75 && blue.contrast == 0)
    #expect(abs(blue.colourfulness - 54.6) < 0.01)
  }

  @Test func `half black and half white spread by 127.5, whatever the size and the borders`() throws {
    for (width, height) in [(2, 2), (60, 50), (512, 300)] {
      let bytes: [UInt8] = (0..<height).flatMap { _ in
        Array(repeating: UInt8(0), count: width / 2 * 3) + Array(repeating: UInt8(255), count: width / 2 * 3)
      }
      let halves = try properties(Bitmap(width: width, height: height, channels: 3, bytes: bytes).png())
      #expect(halves.brightness == 127.5 && halves.contrast == 127.5, "\(width) x \(height)")
    }
  }

  /// A letterbox counts: the mean is that of all rows.
  @Test func `borders belong to the picture`() throws {
    let width = 256, height = 256
    var framed = pattern(width, height)
    for index in 0..<64 * width * 3 {
      framed.bytes[index] = 0
      framed.bytes[framed.bytes.count - 1 - index] = 0
    }
    let middle = Bitmap(
      width: width, height: 128, channels: 3, bytes: Array(framed.bytes[64 * width * 3..<192 * width * 3]))
    let inner = try properties(middle.png())
    #expect(abs(try properties(framed.png()).brightness - inner.brightness / 2) < 0.02)
  }

  /// Photographs agree as well: of 119, nine in ten have a sharpness within 3 % of that of their decoded pixels.
  @Test func `a JPEG at whatever scale has the numbers of its pixels`() throws {
    for (width, height) in [(48, 60), (96, 70), (150, 200), (400, 300), (640, 520)] {
      let file = waves(width, height).jpeg()
      let decoded = try ImageDecoder.decode(file)
      let plain = try properties(
        Bitmap(width: width, height: height, channels: 4, bytes: decoded.pixels).png(compressionLevel: 1))
      let jpeg = try properties(file)
      #expect(abs(jpeg.brightness - plain.brightness) < 0.5, "\(width) x \(height)")
      #expect(abs(jpeg.contrast / plain.contrast - 1) < 0.02, "\(width) x \(height)")
      #expect(abs(jpeg.sharpness / plain.sharpness - 1) < 0.05, "\(width) x \(height)")
      #expect(abs(jpeg.colourfulness / plain.colourfulness - 1) < 0.05, "\(width) x \(height)")
    }
  }

  @Test func `a blurred picture is less sharp, and nearly as bright`() throws {
    let sharp = waves(200, 160)
    var blurred = sharp
    for y in 2..<158 {
      for x in 2..<198 {
        for channel in 0..<3 {
          let sum = (-2...2).reduce(0) { sum, dy in
            (-2...2).reduce(sum) { $0 + Int(sharp.bytes[((y + dy) * 200 + x + $1) * 3 + channel]) }
          }
          blurred.bytes[(y * 200 + x) * 3 + channel] = UInt8(sum / 25)
        }
      }
    }
    let (a, b) = (try properties(sharp.png()), try properties(blurred.png()))
    #expect(b.sharpness < a.sharpness / 2 && abs(a.brightness - b.brightness) < 2)
  }

  /// Waves of several lengths, the same part of the picture at every size.
  private func waves(_ width: Int, _ height: Int) -> Bitmap {
    func wave(_ place: Int, _ length: Int, _ count: Int) -> Int {
      let phase = place * count * 200 / length % 200
      return phase < 100 ? phase : 200 - phase
    }
    var bytes: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let slow = wave(x, width, 3) + wave(y, height, 2)
        bytes.append(UInt8(slow + wave(x + y, width + height, 29) / 2))
        bytes.append(UInt8(250 - slow))
        bytes.append(UInt8(wave(y, height, 7) + wave(x, width, 11) / 2))
      }
    }
    return Bitmap(width: width, height: height, channels: 3, bytes: bytes)
  }

  @Test func `properties do not depend on whether pictures are kept, nor on PDQ, nor on the files before`() throws {
    for file in [Bitmap.bands(width: 300, height: 200).jpeg(), Bitmap.bands(width: 300, height: 200).png()] {
      let alone = try properties(file)
      #expect(try properties(file, keepsPicture: true) == alone)
      var used = Fingerprinter(includesPDQ: true)
      _ = used.outcome(of: Bitmap.bands(width: 90, height: 60).jpeg(exifOrientation: 6))
      #expect(used.outcome(of: file).fingerprint?.properties == alone)
    }
  }

  @Test func `a JPEG's header is kept, and a PNG has none`() throws {
    let jpeg = try #require(try properties(Bitmap.bands(width: 90, height: 60).jpeg()).jpeg)
    #expect(jpeg.quality == 90 && jpeg.subsampling == .halfBoth && !jpeg.isProgressive)
    #expect(jpeg.tablesDigest != 0 && jpeg.tablesName.utf8.count == 8)
    #expect(try properties(Bitmap.bands(width: 90, height: 60).png()).jpeg == nil)
  }

  @Test func `properties take 32 bytes`() {
    #expect(MemoryLayout<ImageProperties>.stride == 32)
  }

  @Test func `numbers outside their range are kept as its ends`() {
    let low = ImageProperties(brightness: -1, contrast: -.infinity, sharpness: .nan, colourfulness: -0.001)
    #expect(low == ImageProperties())
    let high = ImageProperties(brightness: 1e9, contrast: .infinity, sharpness: 1e300, colourfulness: 600)
    #expect(high.brightness == 65_535.0 / 128 && high.contrast == high.brightness)
    #expect(high.sharpness == Double(UInt32.max) / 128 && high.colourfulness == high.contrast)
    #expect(low.captureTime == nil && low.camera == nil && low.jpeg == nil)
  }

  @Test func `cameras of one name are one, and names that only look equal are two`() throws {
    let camera = try #require(Camera("ACME Eye 9"))
    #expect(Camera("ACME Eye 9") == camera && camera.description == "ACME Eye 9")
    let (composed, decomposed) = (try #require(Camera("\u{E9}")), try #require(Camera("e\u{301}")))
    #expect(composed != decomposed)
    #expect(Camera("") == nil && Camera(String(repeating: "x", count: 65)) == nil)
    #expect(ImageProperties(camera: camera).camera == camera)
    #expect(MemoryLayout<Camera>.size == 4)
  }
}
