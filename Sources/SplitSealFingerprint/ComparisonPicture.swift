internal import CVision
public import SplitSealImage

/// A picture made ready for being laid on another: without its borders, luma at 128 x 128 and smaller, colour at 32 x 32.
public struct ComparisonPicture: Sendable {
  /// Pixels of the shorter side that are enough to make one.
  public static let leastSide = Int(CV_CANONICAL_SIDE)
  /// Sides of fewer pixels than this show too little for the fine comparison.
  static let leastFineSide = 64

  /// `CV_PICTURE_COUNT` numbers: four levels of luma, then Cb and Cr, all row-major.
  public let values: [Float]
  /// Whether the picture has so few pixels that pairs are judged by 32 x 32 points rather than 64 x 64.
  public let isSmall: Bool

  /// Prepares a picture from its pixels.
  ///
  /// - Parameter image: The picture as a person sees it, 1 x 1 or more.
  public init(_ image: DecodedImage) {
    let factor = Fingerprinter.reduction(width: image.width, height: image.height)
    let plane = LumaPlane(image, reducedBy: factor)
    let count = plane.width * plane.height
    var (blue, red) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    unsafe image.pixels.withUnsafeBufferPointer { pixels in
      unsafe CVChroma(
        pixels.baseAddress, image.bitsPerChannel / 8, image.width, plane.width, plane.height, factor, &blue, &red)
    }
    self.init(plane, chroma: [blue, red])
  }

  /// Prepares the picture of a JPEG from its luma and colour, scaled down or not.
  public init(_ luma: DecodedLuma) {
    let none = [Float](repeating: 128, count: luma.plane.samples.count)
    let chroma = luma.chroma.isEmpty ? [none, none] : luma.chroma
    self.init(luma.plane, chroma: chroma.map { $0.map { $0 - 128 } })
  }

  /// Prepares the picture of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost.
  /// - Throws: An `ImageFault` where it cannot be decoded.
  public init(ofFile bytes: [UInt8], limits: ImageLimits) throws(ImageFault) {
    var scratch = [UInt8](repeating: 0, count: 1 << 17)
    let luma = try ImageDecoder.decodeLuma(
      bytes, limits: limits, leastSide: Self.leastSide, withColour: true, scratch: &scratch)
    if let luma {
      self.init(luma)
    } else {
      self.init(try ImageDecoder.decode(bytes, limits: limits).upright())
    }
  }

  private init(_ plane: LumaPlane, chroma: [[Float]]) {
    let frame = PictureFrame(plane)
    isSmall = min(frame.width, frame.height) < Self.leastFineSide
    func scale(_ samples: [Float], to side: Int, _ target: UnsafeMutablePointer<Float>?) {
      unsafe CVScale(samples, plane.width, frame.left, frame.top, frame.width, frame.height, side, target)
    }
    values = unsafe Array(unsafeUninitializedCapacity: Int(CV_PICTURE_COUNT)) { values, count in
      unsafe scale(plane.samples, to: Int(CV_CANONICAL_SIDE), values.baseAddress)
      unsafe CVFillPyramid(values.baseAddress)
      let side = Int(CV_VIEW_SIDE)
      for (number, samples) in chroma.enumerated() {
        let start = Int(CV_PYRAMID_COUNT) + number * side * side
        unsafe scale(samples, to: side, values.baseAddress.map { unsafe $0 + start })
      }
      count = Int(CV_PICTURE_COUNT)
    }
  }
}
