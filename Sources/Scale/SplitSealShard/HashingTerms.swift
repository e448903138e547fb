internal import SplitSealFingerprint
public import SplitSealImage

/// What fingerprints must have in common to be compared.
public struct HashingTerms: Hashable, Sendable {
  /// The fingerprints that this version of the library makes and reads: versions of the hashes, of the decoder and of
  /// the fingerprint's bytes.
  public static let currentFingerprints =
    "\(Fingerprinter.version) \(ImageDecoder.identity) \(Fingerprint.codingVersion)"

  /// Which fingerprints they are: ``currentFingerprints`` of the version that made them.
  public let fingerprints: String
  /// What an image was allowed to cost.
  public let limits: ImageLimits
  /// Whether the fingerprints hold the PDQ hashes.
  public let includesPDQ: Bool

  /// Assembles terms.
  public init(fingerprints: String = currentFingerprints, limits: ImageLimits, includesPDQ: Bool) {
    self.fingerprints = fingerprints
    self.limits = limits
    self.includesPDQ = includesPDQ
  }
}

/// One of some contiguous parts, nearly equal in size, into which the samples of a dataset are divided.
public struct HashingPart: Hashable, Sendable {
  /// The most parts.
  public static let maximumCount = 1_000_000
  /// All samples in one part.
  public static let whole = HashingPart(number: 1, count: 1)

  /// Which part: 1...`count`.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  private init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Part `number` of `count`; `nil` unless 1 <= `number` <= `count` <= 1,000,000.
  public init?(_ number: Int, of count: Int) {
    guard count <= Self.maximumCount, (1...max(1, count)).contains(number), count >= 1 else { return nil }
    self.init(number: number, count: count)
  }

  /// Reads `K/N`; `nil` when the text is not one.
  public init?(_ text: String) {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
    self.init(number, of: count)
  }

  /// The samples of this part.
  public func range(ofSampleCount sampleCount: Int) -> Range<Int> {
    sampleCount * (number - 1) / count..<sampleCount * number / count
  }
}
