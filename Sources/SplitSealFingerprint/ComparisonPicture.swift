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

  /// Prepares a picture.
  ///
  /// - Parameter image: The picture as a person sees it, 1 x 1 or more.
  public init(_ image: DecodedImage) {
    let factor = Fingerprinter.reduction(width: image.width, height: image.height)
    let plane = LumaPlane(image, reducedBy: factor)
    let frame = PictureFrame(plane)
    isSmall = min(frame.width, frame.height) < Self.leastFineSide
    let side = Int(CV_CANONICAL_SIDE)
    let (width, height) = (plane.width, plane.height)
    values = unsafe Array(unsafeUninitializedCapacity: Int(CV_PICTURE_COUNT)) { values, count in
      unsafe plane.samples.withUnsafeBufferPointer { samples in
        unsafe CVScale(
          samples.baseAddress, width, frame.left, frame.top, frame.width, frame.height, side, values.baseAddress)
      }
      unsafe CVFillPyramid(values.baseAddress)
      var (blue, red) = ([Float](repeating: 0, count: width * height), [Float](repeating: 0, count: width * height))
      let channelSize = image.bitsPerChannel / 8
      unsafe image.pixels.withUnsafeBufferPointer { pixels in
        unsafe CVChroma(pixels.baseAddress, channelSize, image.width, width, height, factor, &blue, &red)
      }
      let colourSide = Int(CV_VIEW_SIDE)
      for (number, colour) in [blue, red].enumerated() {
        let start = Int(CV_PYRAMID_COUNT) + number * colourSide * colourSide
        unsafe CVScale(
          colour, width, frame.left, frame.top, frame.width, frame.height, colourSide,
          values.baseAddress.map { unsafe $0 + start })
      }
      count = Int(CV_PICTURE_COUNT)
    }
  }
}
