internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

/// Tells whether two pictures that lie on each other are equal pixel by pixel, though their files are coded differently.
///
/// One for each worker: it keeps the digests of the pictures it was asked about.
struct PixelEquality {
  private let outcomes: [FingerprintOutcome]
  private let source: (any PictureSource)?
  private var digests: [Int: Digest128?] = [:]

  init(outcomes: [FingerprintOutcome], source: (any PictureSource)?) {
    self.outcomes = outcomes
    self.source = source
  }

  /// Whether the pixels of two samples are equal; `false` where they cannot be had.
  mutating func holds(_ a: Int, _ b: Int) -> Bool {
    guard let first = outcomes[a].fingerprint, let second = outcomes[b].fingerprint,
      first.width == second.width, first.height == second.height,
      // Where both digests are of pixels they have told already.
      first.format.holdsLuma || second.format.holdsLuma,
      let firstDigest = digest(of: a), let secondDigest = digest(of: b)
    else { return false }
    return firstDigest == secondDigest
  }

  private mutating func digest(of sample: Int) -> Digest128? {
    if let known = digests[sample] { return known }
    let digest = source?.picture(of: sample).map { Digest128(pixelsOf: $0) }
    digests.updateValue(digest, forKey: sample)
    return digest
  }
}

extension Candidate.Hit {
  /// The least cosine of whole pictures with equal pixels: two codings are scaled a little differently.
  private static let leastCosineOfEqualPixels = 0.9

  /// Whether the views speak for one picture as it is: upright, whole, and described alike.
  var mayHaveEqualPixels: Bool {
    pair.orientation == .identity && pair.queryPart == nil && pair.basePart == nil && pair.query == .whole
      && pair.base == .whole && cosine >= Self.leastCosineOfEqualPixels
  }
}
