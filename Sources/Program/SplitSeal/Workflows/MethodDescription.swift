internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealCertificate
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch

/// What an audit compares and at which thresholds, as reports and certificates name it.
public struct MethodDescription {
  private let options: MatchOptions
  private let depth: SearchDepth?

  /// Describes what was done.
  ///
  /// - Parameters:
  ///   - options: Those of the search.
  ///   - depth: How deep it went; `nil` where that is not known.
  public init(_ options: MatchOptions, depth: SearchDepth?) { (self.options, self.depth) = (options, depth) }

  /// Describes what an audit did.
  public init(_ input: AuditInput) { self.init(input.matchOptions, depth: input.matches.depth) }

  /// One line each for the report.
  public var lines: [String] {
    ["exact duplicates: SHA-256 of the bytes; XXH3-128 of the decoded pixels, EXIF orientation applied"] + nearLines
  }

  private var nearLines: [String] {
    switch options.method {
    case .alignment where !options.comparesPixels:
      [
        "near-duplicates: gradient descriptors of \(viewCount) views in \(orientationCount) orientations decide alone, from"
          + " cosine \(fixed(options.leastCosineAlone, digits: 2)) on: no pixels were compared",
        options.searchesWithinSplits
          ? "within a split: whole pictures, upright and mirrored" : "within a split: equal bytes and equal pixels",
      ]
    case .alignment:
      [
        "near-duplicates: gradient descriptors of \(viewCount) views in \(orientationCount) orientations name candidates;"
          + " an affine alignment of their pixels and their fine detail decide, from probability \(threshold) on; from"
          + " \(scoreText(options.leastDoubtfulScore)) on a pair is in doubt",
        "where pixels cannot be compared, descriptors decide alone, from cosine "
          + "\(fixed(options.descriptorThreshold, digits: 2)) on",
        options.searchesWithinSplits
          ? "within a split: whole pictures, upright and mirrored" : "within a split: equal bytes and equal pixels",
      ] + (depth.map { [$0.sentence] } ?? [])
    case .pdq:
      [
        "near-duplicates: PDQ within \(MatchSearch.radius(score: options.reportingThreshold)) of 256 bits in any of "
          + "\(orientationCount) orientations, quality \(options.minimumQuality) or more,"
          + " by the standard's sampling or a centred one",
        "PDQ finds re-encoded, resized, recoloured, mirrored and turned copies; most crops, frames and captions escape it",
        "within a split: equal bytes and equal pixels",
      ]
    }
  }

  /// What ran, as a certificate names it: scores are those of `MatchOptions`.
  public var detectors: [Detector] {
    [Detector(id: "exact-bytes", version: "1"), Detector(id: "exact-pixels", version: "1")] + nearDetectors
  }

  private var nearDetectors: [Detector] {
    switch options.method {
    case .alignment:
      [
        Detector(
          id: "affine-alignment", version: "2", threshold: threshold,
          parameters: [
            "descriptor": "gradient-\(GradientDescriptors.length)x\(viewCount)/1",
            "descriptorThreshold": fixed(options.descriptorThreshold, digits: 2),
            "orientations": "\(orientationCount)", "views": "\(viewCount)",
          ])
      ]
    case .pdq:
      [Detector(id: "pdq", version: "1", threshold: threshold, parameters: ["orientations": "\(orientationCount)"])]
    }
  }

  private var threshold: String { scoreText(options.reportingThreshold) }
  private var viewCount: Int { DescriptorView.allCases.count }
  private var orientationCount: Int { Orientation.allCases.count }
}
