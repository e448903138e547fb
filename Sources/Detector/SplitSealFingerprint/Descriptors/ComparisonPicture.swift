internal import CVision
public import SplitSealImage

/// What is kept of a picture so that it can be laid on another: its luma and colour without its borders, 18 KB at most.
///
/// They are those that a person sees: on the ground on which the picture shows, stretched where it is dark or flat
/// (``LevelStretch``).
///
/// Levels are rounded to bytes whether or not the picture is kept, so that results do not depend on what there was room
/// for.
public struct ComparisonPicture: Hashable, Sendable {
  /// Pixels of the shorter side that are enough to make one.
  public static let leastSide = Int(SS_VISION_CANONICAL_SIDE)
  /// Pixels of the shorter side that are enough of the colour.
  public static let leastColourSide = Int(SS_VISION_VIEW_SIDE)
  /// Pictures of no more pixels a side than this are kept as they are: they have fewer than the canonical one.
  private static let smallSide = 64
  /// Sides of fewer pixels than this show too little for the fine comparison.
  private static let leastFineSide = 64

  /// Luma, then Cb and Cr about 128 where there is colour; each row-major.
  private let levels: [UInt8]
  private let lumaWidth: Int
  private let lumaHeight: Int
  /// 0 where there is no colour.
  private let colourWidth: Int
  private let colourHeight: Int
  /// What is painted over, in pixels of the luma that is kept.
  private let paint: PictureFrame?
  /// Whether the picture has so few pixels that pairs are judged by 32 x 32 points rather than 64 x 64.
  public let isSmall: Bool
  /// The part of the whole picture that is kept: what is inside its borders.
  public let frame: PictureShare
  /// Columns and rows of pixels that what is kept was made of, 1...128; more show no more when pictures are compared.
  public let detailWidth, detailHeight: Int
  /// Width over height of what is kept, 1/8...8: longer pictures count as that.
  public let aspect: Double

  /// Whether a part of it seems to be painted over: see `ss_vision_find_paint`.
  public var isPainted: Bool { paint != nil }

  /// Bytes that keeping it takes.
  public var byteCount: Int { levels.count + 96 }

  /// Prepares a picture from its pixels.
  ///
  /// - Parameter image: The upright picture, 1 x 1 or more.
  public init(_ image: DecodedImage) {
    let flat = image.flattened()
    let plane = LumaPlane(flat, reducedBy: LumaPlane.reduction(width: flat.width, height: flat.height))
    let stretch = LevelStretch(plane, isLossy: flat.format.isLossy)
    self.init(flat, seen: stretch.luma(plane), stretch)
  }

  /// Prepares an opaque picture whose luma is reduced and stretched already.
  init(_ flat: DecodedImage, seen plane: LumaPlane, _ stretch: LevelStretch) {
    let factor = LumaPlane.reduction(width: flat.width, height: flat.height)
    let count = plane.width * plane.height
    var (blue, red) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    unsafe flat.pixels.withUnsafeBufferPointer { pixels in
      unsafe ss_vision_chroma(
        pixels.baseAddress, flat.bitsPerChannel / 8, flat.width, plane.width, plane.height, factor, &blue, &red)
    }
    self.init(
      plane,
      colour: [blue, red].map {
        stretch.colour(LumaPlane(width: plane.width, height: plane.height, samples: $0))
      },
      frame: PictureFrame(plane), canonical: nil)
  }

  /// Prepares a picture from its luma and colour, scaled down or not.
  public init(_ luma: DecodedLuma) {
    let seen = luma.stretched(by: LevelStretch(luma.plane, isLossy: luma.format.isLossy))
    self.init(seen.plane, colour: seen.colour, frame: PictureFrame(seen.plane), canonical: nil)
  }

  /// Prepares the picture of a JPEG whose luma, stretched already, was just described, which has done half of the work.
  init(seen luma: DecodedLuma, describedBy extractor: DescriptorExtractor) {
    self.init(luma.plane, colour: luma.colour, frame: extractor.frame, canonical: extractor.canonical)
  }

  /// Prepares the picture of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - limits: What the image may cost.
  /// - Throws: An `ImageFault` where it cannot be decoded.
  public init(ofFile bytes: [UInt8], limits: ImageLimits) throws(ImageFault) {
    let luma = try ImageDecoder.decodeLuma(
      bytes, limits: limits, leastSide: Self.leastSide, leastColourSide: Self.leastColourSide,
      scratch: DecoderScratch())
    if let luma {
      self.init(luma)
    } else {
      self.init(try ImageDecoder.decode(bytes, limits: limits).upright())
    }
  }

  /// Keeps what is inside the frame.
  ///
  /// `colour` is Cb and Cr about 128, of the same part of the world as the luma; empty where there is none. `canonical` is
  /// the luma inside the frame at 128 x 128; `nil` where it is not known yet.
  private init(_ luma: LumaPlane, colour: [LumaPlane], frame: PictureFrame, canonical: [Float]?) {
    isSmall = min(frame.width, frame.height) < Self.leastFineSide
    (detailWidth, detailHeight) = (min(frame.width, Self.leastSide), min(frame.height, Self.leastSide))
    self.frame = frame.share(of: luma)
    aspect = min(max(Double(frame.width) / Double(frame.height), 1 / 8), 8)
    let kept = luma.bytes(
      of: frame, keepingSide: Self.smallSide, otherwise: Int(SS_VISION_CANONICAL_SIDE), scaled: canonical)
    (lumaWidth, lumaHeight) = (kept.width, kept.height)
    paint = PictureFrame(paintOver: kept.bytes, width: kept.width, height: kept.height)
    guard let blue = colour.first, let red = colour.last else {
      (levels, colourWidth, colourHeight) = (kept.bytes, 0, 0)
      return
    }
    let part = frame.scaled(from: luma, to: blue)
    let (blueKept, redKept) = (
      blue.bytes(of: part, keepingSide: Self.leastColourSide, otherwise: Int(SS_VISION_VIEW_SIDE)),
      red.bytes(of: part, keepingSide: Self.leastColourSide, otherwise: Int(SS_VISION_VIEW_SIDE))
    )
    levels = kept.bytes + blueKept.bytes + redKept.bytes
    (colourWidth, colourHeight) = (blueKept.width, blueKept.height)
  }

  /// Writes the picture as an alignment reads it.
  ///
  /// `SS_VISION_PICTURE_COUNT` numbers: four levels of luma, then Cb and Cr about 0, row-major, then the rectangle that is painted
  /// over. Paint is covered by what surrounds it.
  ///
  /// - Parameters:
  ///   - values: Receives them; kept by the caller between pictures.
  ///   - coversPaint: Whether what is painted over is covered and named; otherwise it is part of the picture.
  public func fill(_ values: inout [Float], coversPaint: Bool = true) {
    let paint = coversPaint ? paint : nil
    let count = Int(SS_VISION_PICTURE_COUNT)
    if values.count != count { values = Array(repeating: 0, count: count) }
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe scale(0, lumaWidth, lumaHeight, without: paint, to: Int(SS_VISION_CANONICAL_SIDE), values.baseAddress)
      unsafe ss_vision_fill_pyramid(values.baseAddress)
      let (side, start, end) = (Int(SS_VISION_VIEW_SIDE), Int(SS_VISION_PYRAMID_COUNT), Int(SS_VISION_PAINT))
      if colourWidth > 0 {
        for number in 0..<2 {
          unsafe scale(
            lumaWidth * lumaHeight + number * colourWidth * colourHeight, colourWidth, colourHeight, without: paint,
            to: side,
            values.baseAddress.map { unsafe $0 + start + number * side * side })
        }
        for i in start..<end { unsafe values[i] -= 128 }
      } else {
        for i in start..<end { unsafe values[i] = 0 }
      }
      let (left, top, right, bottom) = covered(paint, width: lumaWidth, height: lumaHeight) ?? (0, 0, 0, 0)
      let (columns, rows) = (Float(lumaWidth), Float(lumaHeight))
      for (number, share) in [Float(left) / columns, Float(top) / rows, Float(right) / columns, Float(bottom) / rows]
        .enumerated()
      {
        unsafe values[end + number] = share
      }
    }
  }

  /// The pixels of a plane of the picture that are covered because they are painted over, the pixels along the edges of the
  /// paint among them: these are half paint where the picture was scaled.
  private func covered(
    _ paint: PictureFrame?, width: Int, height: Int
  ) -> (left: Int, top: Int, right: Int, bottom: Int)? {
    paint.map { paint in
      (
        max(0, paint.left - 1) * width / lumaWidth, max(0, paint.top - 1) * height / lumaHeight,
        min(width, ((paint.left + paint.width + 1) * width + lumaWidth - 1) / lumaWidth),
        min(height, ((paint.top + paint.height + 1) * height + lumaHeight - 1) / lumaHeight)
      )
    }
  }

  /// Scales one of the planes, or copies it where it has that size, with the paint covered.
  private func scale(
    _ start: Int, _ width: Int, _ height: Int, without paint: PictureFrame?, to side: Int,
    _ target: UnsafeMutablePointer<Float>?
  ) {
    guard let target = unsafe target else { return }
    unsafe levels.withUnsafeBufferPointer { levels in
      if width == side, height == side {
        unsafe ss_vision_widen(levels.baseAddress.map { unsafe $0 + start }, side * side, target)
        unsafe cover(paint, target, width, height)
        return
      }
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: width * height) { plane in
        unsafe ss_vision_widen(levels.baseAddress.map { unsafe $0 + start }, plane.count, plane.baseAddress)
        unsafe cover(paint, plane.baseAddress, width, height)
        unsafe ss_vision_scale(plane.baseAddress, width, 0, 0, width, height, side, target)
      }
    }
  }

  private func cover(_ paint: PictureFrame?, _ plane: UnsafeMutablePointer<Float>?, _ width: Int, _ height: Int) {
    guard let (left, top, right, bottom) = covered(paint, width: width, height: height) else { return }
    unsafe ss_vision_cover_paint(plane, width, height, [left, top, right - left, bottom - top])
  }
}

extension LumaPlane {
  /// A part of the plane rounded to bytes: as it is where neither side has more than `keepingSide` pixels, otherwise
  /// scaled to `side` x `side`, if it is not `scaled` already.
  fileprivate func bytes(
    of part: PictureFrame, keepingSide: Int, otherwise side: Int, scaled: [Float]? = nil
  ) -> (bytes: [UInt8], width: Int, height: Int) {
    guard max(part.width, part.height) > keepingSide else {
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: part.width * part.height) { bytes, count in
        unsafe samples.withUnsafeBufferPointer { samples in
          for row in 0..<part.height {
            let start = (part.top + row) * width + part.left
            unsafe ss_vision_round(
              samples.baseAddress.map { unsafe $0 + start }, part.width,
              bytes.baseAddress.map { unsafe $0 + row * part.width })
          }
        }
        count = part.width * part.height
      }
      return (bytes, part.width, part.height)
    }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: side * side) { bytes, count in
      count = side * side
      if let scaled {
        unsafe ss_vision_round(scaled, side * side, bytes.baseAddress)
        return
      }
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: side * side) { scaled in
        unsafe ss_vision_scale(
          samples, width, part.left, part.top, part.width, part.height, side, scaled.baseAddress)
        unsafe ss_vision_round(scaled.baseAddress, side * side, bytes.baseAddress)
      }
    }
    return (bytes, side, side)
  }
}

extension PictureFrame {
  /// Finds what is painted over a picture; `nil` where nothing is.
  ///
  /// `luma` is of width x height levels.
  fileprivate init?(paintOver luma: [UInt8], width: Int, height: Int) {
    var rect = [0, 0, 0, 0]
    guard unsafe ss_vision_find_paint(luma, width, height, &rect) == 1 else { return nil }
    self.init(left: rect[0], top: rect[1], width: rect[2], height: rect[3])
  }

  /// The frame in shares of its plane's sides.
  fileprivate func share(of plane: LumaPlane) -> PictureShare {
    let (columns, rows) = (Double(plane.width), Double(plane.height))
    return PictureShare(
      left: Double(left) / columns, top: Double(top) / rows, width: Double(width) / columns,
      height: Double(height) / rows)
  }

  /// The same part of another plane of the same picture, in its pixels.
  fileprivate func scaled(from luma: LumaPlane, to plane: LumaPlane) -> PictureFrame {
    guard plane.width != luma.width || plane.height != luma.height else { return self }
    func range(_ start: Int, _ length: Int, of count: Int, in otherCount: Int) -> Range<Int> {
      // To the nearest pixel, and one at least.
      let first = min((2 * start * otherCount + count) / (2 * count), otherCount - 1)
      return first..<max((2 * (start + length) * otherCount + count) / (2 * count), first + 1)
    }
    let columns = range(left, width, of: luma.width, in: plane.width)
    let rows = range(top, height, of: luma.height, in: plane.height)
    return PictureFrame(left: columns.lowerBound, top: rows.lowerBound, width: columns.count, height: rows.count)
  }
}
