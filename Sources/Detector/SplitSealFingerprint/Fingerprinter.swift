public import SplitSealBase
public import SplitSealImage

/// Makes fingerprints.
///
/// One for each worker: it keeps scratch buffers between images.
public struct Fingerprinter {
  /// Changes whenever the same pixels could give other fingerprints.
  public static let version = 5

  /// What an image may cost.
  public let limits: ImageLimits
  /// Whether fingerprints hold the PDQ hashes, which cost about as much as the descriptors.
  public let includesPDQ: Bool

  /// Whether ``picture`` is made; no fingerprint depends on it.
  public var keepsPicture = false
  /// The picture that was fingerprinted last, made ready for being laid on another; `nil` unless it was asked for.
  public private(set) var picture: ComparisonPicture?

  private var pdq = PDQHasher()
  private var descriptors = DescriptorExtractor()
  private let scratch = DecoderScratch()

  /// Makes a fingerprinter.
  public init(limits: ImageLimits = ImageLimits(), includesPDQ: Bool = false) {
    self.limits = limits
    self.includesPDQ = includesPDQ
  }

  /// Fingerprints the bytes of one file.
  ///
  /// A fault of the image is an outcome, never an error.
  public mutating func outcome(of bytes: [UInt8]) -> FingerprintOutcome {
    outcome(of: bytes, content: ContentDigest(of: bytes))
  }

  /// Fingerprints the bytes of one file whose digests are known.
  public mutating func outcome(of bytes: [UInt8], content: ContentDigest) -> FingerprintOutcome {
    picture = nil
    do throws(ImageFault) {
      let luma = try ImageDecoder.decodeLuma(
        bytes, limits: limits, leastSide: ComparisonPicture.leastSide,
        leastColourSide: ComparisonPicture.leastColourSide, scratch: scratch)
      guard let luma else {
        let image = try ImageDecoder.decode(bytes, limits: limits).upright()
        return outcome(of: image, content: content, metadata: ImageMetadata(ofFile: bytes))
      }
      let stretch = LevelStretch(luma.plane, isLossy: luma.format.isLossy)
      let seen = luma.stretched(by: stretch)
      let described = descriptors.descriptors(of: seen.plane)
      if keepsPicture { picture = ComparisonPicture(seen: seen, describedBy: descriptors) }
      // Plain pictures are compared by their pixels alone, whatever they are coded as.
      let image = described.isPlain || includesPDQ ? try ImageDecoder.decode(bytes, limits: limits).upright() : nil
      return .readable(
        Fingerprint(
          content: content,
          pixels: image.flatMap { described.isPlain ? Digest128(pixelsOf: $0) : nil }
            ?? Digest128(luma.codedPicture(in: bytes), orientation: luma.orientation),
          format: luma.format, width: luma.width, height: luma.height,
          properties: ImageProperties(
            statistics(of: luma.plane, stretch), colourfulness: Colourfulness.ofChroma(luma.colour),
            ImageMetadata(ofFile: bytes)),
          pdq: image.flatMap { hashes(of: $0) }, descriptors: described))
    } catch {
      return .unreadable(error, content)
    }
  }

  /// Fingerprints a picture that is decoded already.
  ///
  /// - Parameters:
  ///   - image: The upright picture.
  ///   - content: Digests of the bytes it came from.
  ///   - metadata: What the file said beside its pixels.
  /// - Returns: The readable outcome.
  public mutating func outcome(
    of image: DecodedImage, content: ContentDigest, metadata: ImageMetadata = .none
  ) -> FingerprintOutcome {
    let flat = image.flattened()
    let plane = LumaPlane(flat, reducedBy: LumaPlane.reduction(width: flat.width, height: flat.height))
    let stretch = LevelStretch(plane, isLossy: flat.format.isLossy)
    let seen = stretch.luma(plane)
    let described = descriptors.descriptors(of: seen)
    picture = keepsPicture ? ComparisonPicture(flat, seen: seen, stretch) : nil
    return .readable(
      Fingerprint(
        content: content, pixels: Digest128(pixelsOf: image), format: image.format, width: image.width,
        height: image.height, repairs: image.repairs,
        properties: ImageProperties(
          statistics(of: plane, stretch), colourfulness: Colourfulness.ofPixels(flat), metadata),
        pdq: includesPDQ ? pdq.hashes(of: seen) : nil, descriptors: described))
  }

  private mutating func hashes(of image: DecodedImage) -> PDQHashSet? {
    guard includesPDQ else { return nil }
    let plane = LumaPlane(image, reducedBy: LumaPlane.reduction(width: image.width, height: image.height))
    return pdq.hashes(of: LevelStretch(plane, isLossy: image.format.isLossy).luma(plane))
  }

  /// Measures the levels of the file; what was just described, and saves work, may have been stretched.
  private func statistics(of plane: LumaPlane, _ stretch: LevelStretch) -> LumaStatistics {
    LumaStatistics(plane, describedBy: stretch == .none ? descriptors : nil)
  }
}
