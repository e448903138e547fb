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
    Bitmap(
      width: width, height: height, channels: 3,
      bytes: (0..<height).flatMap { y in
        (0..<width).flatMap { x in
          [UInt8((x * 7 + y * 13) % 256), UInt8((x * x + 3 * y) % 256), UInt8((x * y) % 200)]
        }
      })
  }

  /// NumPy 2: `y, x = numpy.mgrid[0:h, 0:w]`, `p = numpy.stack([(x*7 + y*13) % 256, (x*x + 3*y) % 256, (x*y) % 200], -1)`,
  /// `l = p @ [.299, .587, .114]`; `l.mean()`, `l.std()`, `cv2.Laplacian(l, cv2.CV_64F)[1:-1, 1:-1].var()`, and M3 as
  /// `numpy.hypot(rg.std(), yb.std()) + .3 * numpy.hypot(rg.mean(), yb.mean())`. At 256 x 256 of the means of 2 x 2
  /// pixels for luma and of 8 x 8 for M3.
  @Test(
    arguments: [
      (24, 20, 106.00240, 51.80956, 5906.49066, 132.13950), (256, 256, 123.91795, 36.36731, 8170.57406, 63.06186),
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
      Bitmap(width: 5, height: 4, channels: 3, bytes: Array([[100, 50, 250]].joined()).repeated(20)).png())
    #expect(blue.brightness == 87.75 && blue.contrast == 0)
    #expect(abs(blue.colourfulness - 54.6) < 0.01)
  }

  @Test func `half black and half white spread by 127.5, whatever the size and the borders`() throws {
    for (width, height) in [(2, 2), (60, 50), (512, 300)] {
      let bytes = (0..<height).flatMap { _ in
        [UInt8](repeating: 0, count: width / 2 * 3) + [UInt8](repeating: 255, count: width / 2 * 3)
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

  @Test func `a JPEG at whatever scale has the numbers of its pixels`() throws {
    for (width, height) in [(96, 70), (150, 200), (400, 300), (640, 520)] {
      let file = Bitmap.bands(width: width, height: height).jpeg()
      let decoded = try ImageDecoder.decode(file)
      let plain = try properties(
        Bitmap(width: width, height: height, channels: 4, bytes: decoded.pixels).png())
      let jpeg = try properties(file)
      #expect(abs(jpeg.brightness - plain.brightness) < 0.5)
      #expect(abs(jpeg.contrast / plain.contrast - 1) < 0.02)
      #expect(abs(jpeg.sharpness / plain.sharpness - 1) < 0.1)
      #expect(abs(jpeg.colourfulness / plain.colourfulness - 1) < 0.05, "\(width) x \(height)")
    }
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

extension Array {
  fileprivate func repeated(_ count: Int) -> [Element] { (0..<count).flatMap { _ in self } }
}
