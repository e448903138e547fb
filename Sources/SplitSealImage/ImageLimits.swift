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

  /// The default limits.
  public init() {}
}
