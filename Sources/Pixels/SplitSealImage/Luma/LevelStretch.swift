internal import CVision

/// How the levels of a dark or flat picture are stretched, so that it shows what it holds.
///
/// Pictures of 12 bits in files of 16, label masks of 0, 1, 2, night shots and faint X-rays hold everything within a few
/// levels: a person sees nothing before the viewer is set to their range, and no threshold in levels fits them. The
/// range is that of the luma but for 1/200 of the samples at either end. It is stretched to 0...255 where it spans fewer
/// than 32 levels, or fewer than 64 if the picture would show too little as it is. All others stay as they are, as do
/// pictures that show noise alone: a blank page stays blank. If the whole is not stretched, what is inside uniform
/// borders may be.
///
/// The gain is at most 8 times what would make the brightest level white, so that the shading of a blank page stays
/// faint; in all at most 8 for a JPEG, whose quantisation leaves steps of about one level.
/// - Source: von Neumann's ratio of the mean square of differences to the variance (Ann. Math. Stat. 12, 1941) is what
///   tells noise, here between pixels and between blocks of pixels.
public struct LevelStretch: Hashable, Sendable {
  /// What a level is multiplied by, more than 1; 1 for a picture that stays as it is.
  let gain: Float
  /// The level that becomes 127.5.
  let middle: Float

  /// The picture is shown as it is.
  public static let none = LevelStretch(gain: 1, middle: 127.5)

  private init(gain: Float, middle: Float) { (self.gain, self.middle) = (gain, middle) }

  /// The stretch of a gain about a level, as the search for it finds it.
  init(found: (gain: Float, middle: Float)) { self.init(gain: found.gain, middle: found.middle) }

  /// Finds how a picture is stretched.
  ///
  /// - Parameters:
  ///   - plane: Its luma, opaque, 0...255.
  ///   - isLossy: Whether it comes from a file that has lost detail (``ImageFormat/isLossy``).
  /// - Complexity: O(samples); for pictures that stay as they are, an eighth of the samples is looked at.
  public init(_ plane: LumaPlane, isLossy: Bool) {
    guard plane.width > 0, plane.height > 0 else {
      self = .none
      return
    }
    var found = ss_vision_stretch()
    let isStretched = unsafe plane.samples.withUnsafeBufferPointer { samples in
      unsafe ss_vision_find_stretch(samples.baseAddress, plane.width, plane.height, isLossy ? 1 : 0, &found)
    }
    self = isStretched == 1 ? LevelStretch(gain: found.gain, middle: found.middle) : .none
  }

  /// Stretches luma, 0...255.
  public func luma(_ plane: LumaPlane) -> LumaPlane { unsafe stretched(plane, by: ss_vision_stretch_luma) }

  /// Stretches Cb or Cr, which are 128 for no colour.
  public func colour(_ plane: LumaPlane) -> LumaPlane { unsafe stretched(plane, by: ss_vision_stretch_colour) }

  private func stretched(
    _ plane: LumaPlane,
    by stretch: (UnsafePointer<Float>?, Int, ss_vision_stretch, UnsafeMutablePointer<Float>?) -> Void
  ) -> LumaPlane {
    guard self != .none else { return plane }
    let samples = unsafe [Float](unsafeUninitializedCapacity: plane.samples.count) { samples, count in
      unsafe stretch(plane.samples, plane.samples.count, forC, samples.baseAddress)
      count = plane.samples.count
    }
    return LumaPlane(width: plane.width, height: plane.height, samples: samples)
  }

  fileprivate var forC: ss_vision_stretch { ss_vision_stretch(gain: gain, middle: middle) }
}

extension DecodedLuma {
  /// The same with luma and colour stretched.
  public func stretched(by stretch: LevelStretch) -> DecodedLuma {
    guard stretch != .none else { return self }
    return DecodedLuma(
      format: format, width: width, height: height, orientation: orientation, plane: stretch.luma(plane),
      colour: colour.map { stretch.colour($0) }, codec: codec)
  }
}

extension DecodedImage {
  /// The picture on the ground on which it shows: every pixel opaque.
  ///
  /// The ground is white, which most programs take when they flatten a picture; black where everything visible is within
  /// 16 levels of white and would vanish. So colours hidden under transparent pixels play no part. Where nothing is
  /// visible at all, the alpha was never meant (a fourth byte that nobody filled in), and the colours are taken as they
  /// are. Itself where every pixel is opaque.
  /// - Complexity: O(width x height).
  public func flattened() -> DecodedImage {
    let (count, channelSize) = (width * height, bitsPerChannel / 8)
    let isOpaque = unsafe pixels.withUnsafeBufferPointer {
      unsafe ss_vision_is_opaque($0.baseAddress, count, channelSize)
    }
    guard isOpaque == 0 else { return self }
    let flat = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { flat, byteCount in
      unsafe ss_vision_flatten(pixels, count, channelSize, flat.baseAddress)
      byteCount = pixels.count
    }
    return DecodedImage(
      format: format, width: width, height: height, bitsPerChannel: bitsPerChannel, orientation: orientation,
      pixels: flat)
  }

  /// The picture as it is compared and shown to people: opaque, 8 bits a channel, dark and flat ones stretched.
  ///
  /// Itself where it is that already. The orientation stays noted beside the pixels.
  /// - Complexity: O(width x height).
  public func seen() -> DecodedImage {
    let flat = flattened()
    let plane = LumaPlane(
      flat, reducedBy: LumaPlane.reduction(width: width, height: height), applyingOrientation: false)
    let stretch = LevelStretch(plane, isLossy: format.isLossy)
    guard stretch != .none || bitsPerChannel == 16 else { return flat }
    let count = width * height
    let shown = unsafe [UInt8](unsafeUninitializedCapacity: 4 * count) { shown, byteCount in
      unsafe ss_vision_show_pixels(flat.pixels, count, bitsPerChannel / 8, stretch.forC, shown.baseAddress)
      byteCount = 4 * count
    }
    return DecodedImage(
      format: format, width: width, height: height, bitsPerChannel: 8, orientation: orientation, pixels: shown)
  }
}
