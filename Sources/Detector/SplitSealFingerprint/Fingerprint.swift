public import SplitSealBase
public import SplitSealImage

/// What is kept of one image.
///
/// Nothing of it grows with the image's size.
public struct Fingerprint: Hashable, Sendable {
  /// Digests of the file's bytes.
  public let content: ContentDigest
  /// Digest of the picture: equal digests mean equal pixels.
  ///
  /// Taken of the decoded pixels, but for a JPEG that is not plain: of what decides its pixels, as that need not be
  /// decoded in full. Equal pixels in two codings therefore have two digests; the search compares the pixels themselves
  /// where pictures lie on each other.
  public let pixels: Digest128
  /// The file's format.
  public let format: ImageFormat
  /// Columns as a person sees the picture (EXIF orientation applied).
  public let width: Int
  /// Rows as a person sees the picture (EXIF orientation applied).
  public let height: Int
  /// What was wrong with the file and did not keep it from being read.
  public let repairs: ImageRepairs
  /// What is simple to measure: brightness, how a JPEG was written, the camera.
  public let properties: ImageProperties
  /// The PDQ hashes of the picture as a person sees it; `nil` when they were not asked for.
  public var pdq: PDQHashSet? { boxedPDQ?.hashes }
  /// The gradient descriptors of the picture's views.
  public let descriptors: GradientDescriptors
  private let boxedPDQ: BoxedPDQ?

  /// Assembles a fingerprint.
  public init(
    content: ContentDigest, pixels: Digest128, format: ImageFormat, width: Int, height: Int, repairs: ImageRepairs = [],
    properties: ImageProperties = ImageProperties(), pdq: PDQHashSet? = nil, descriptors: GradientDescriptors = .plain
  ) {
    self.content = content
    self.pixels = pixels
    self.format = format
    self.width = width
    self.height = height
    self.repairs = repairs
    self.properties = properties
    boxedPDQ = pdq.map { BoxedPDQ($0) }
    self.descriptors = descriptors
  }
}

/// PDQ hashes by reference: they are 258 bytes, and most fingerprints have none.
private final class BoxedPDQ: Hashable, Sendable {
  let hashes: PDQHashSet

  init(_ hashes: PDQHashSet) { self.hashes = hashes }

  static func == (a: BoxedPDQ, b: BoxedPDQ) -> Bool { a.hashes == b.hashes }

  func hash(into hasher: inout Hasher) { hasher.combine(hashes) }
}

/// What became of one sample's file.
public enum FingerprintOutcome: Hashable, Sendable {
  /// The image was decoded.
  case readable(Fingerprint)
  /// It was not; the content digest is there when the bytes could be read.
  case unreadable(ImageFault, ContentDigest?)

  /// The fingerprint of a readable image.
  public var fingerprint: Fingerprint? {
    guard case .readable(let fingerprint) = self else { return nil }
    return fingerprint
  }

  /// The content digest, when the bytes could be read.
  public var content: ContentDigest? {
    switch self {
    case .readable(let fingerprint): fingerprint.content
    case .unreadable(_, let content): content
    }
  }

  /// Why the image could not be decoded; `nil` when it was.
  public var fault: ImageFault? {
    guard case .unreadable(let fault, _) = self else { return nil }
    return fault
  }
}
