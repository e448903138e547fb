/// What an image from a stranger may cost.
public struct ImageLimits: Hashable, Sendable {
  /// Pixels that a header may declare: width times height.
  ///
  /// The default is 2^27, 512 MiB of RGBA.
  public var maximumPixelCount = 1 << 27
  /// Bytes that a file may have.
  ///
  /// The default is 256 MiB.
  public var maximumByteCount = 1 << 28

  /// Bytes of memory that a picture may take while it is decoded and made ready for being compared: two for each pixel of
  /// ``maximumPixelCount``, and 16 MiB.
  ///
  /// 272 MiB at the defaults. A usual picture takes four bytes a pixel; one that is elongated, has an alpha channel or 16
  /// bits, or comes in scans takes more.
  public var maximumMemoryByteCount: Int { 2 * pixelLimit + 1 << 24 }

  /// Pixels that a header may declare, as far as any decoder goes.
  var pixelLimit: Int { min(max(maximumPixelCount, 0), ImageDecoder.maximumPixelCount) }

  /// The default limits.
  public init() {}
}
