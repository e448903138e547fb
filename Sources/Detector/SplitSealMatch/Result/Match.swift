public import SplitSealFingerprint
public import SplitSealImage

/// How two images were found to be one picture, strongest first.
public enum MatchKind: String, Hashable, Sendable, CaseIterable {
  /// The files are equal, byte by byte.
  case bytes
  /// The files differ; their decoded pixels are equal.
  case pixels
  /// The pictures lie on each other, point by point, after the best affine warp.
  case aligned
  /// The gradient descriptors are close; the pixels could not be compared.
  case descriptor
  /// The PDQ hashes are close, of the standard's samples or of the centred ones.
  case pdq
  /// A person looked at both and says that they are one picture; the detector did not report them.
  case judged

  /// Whether the kind is a near-duplicate, found by likeness, of the detector or the eye, and not by equality.
  public var isNear: Bool { self != .bytes && self != .pixels }
}

/// How near-duplicates are found.
public enum MatchMethod: String, Hashable, Sendable, CaseIterable {
  /// Gradient descriptors name candidates, the alignment of their pixels decides.
  case alignment
  /// The field's standard hash, and nothing else.
  case pdq
}

/// What the detector saw in two pictures.
public struct MatchAlignment: Hashable, Sendable {
  /// Cosine of the closest two descriptors, -1...1.
  public let cosine: Double
  /// The part of the first sample's picture that is closest to a part of the second's.
  public let firstView: DescriptorView
  /// That part of the second's.
  public let secondView: DescriptorView
  /// Share of the smaller picture that lies on the other, 0...1; `nil` when the pixels were not compared.
  public let overlap: Double?

  /// Assembles the evidence.
  public init(cosine: Double, firstView: DescriptorView, secondView: DescriptorView, overlap: Double?) {
    self.cosine = cosine
    self.firstView = firstView
    self.secondView = secondView
    self.overlap = overlap
  }
}

/// Two samples that show one picture.
public struct Match: Hashable, Sendable {
  /// Index of the sample that comes first in the manifest.
  public let first: Int
  /// Index of the other sample: greater than ``first``.
  public let second: Int
  /// How the match was found.
  public let kind: MatchKind
  /// How sure it is, 0...1.
  ///
  /// Equal bytes and pixels score 1; aligned pictures score the probability that they are one; PDQ scores
  /// `1 - distance / 62`, 0.5 at its threshold of 31. Where a person judged it is what the detector had said.
  public let score: Double
  /// What turns the picture of ``first`` into that of ``second``.
  public let orientation: Orientation
  /// Differing bits of PDQ, 0...256; `nil` for every other kind.
  public let distance: Int?
  /// Which samples that PDQ was taken from: the nearer of the two; `nil` for every other kind.
  public let sampling: PDQSampling?
  /// What the detector saw; `nil` unless the kind is aligned or descriptor.
  public let alignment: MatchAlignment?

  /// Makes a match.
  ///
  /// - Precondition: `first < second`.
  public init(
    first: Int, second: Int, kind: MatchKind, score: Double, orientation: Orientation, distance: Int?,
    sampling: PDQSampling? = nil, alignment: MatchAlignment? = nil
  ) {
    precondition(first < second, "a match names its samples in manifest order")
    self.first = first
    self.second = second
    self.kind = kind
    self.score = score
    self.orientation = orientation
    self.distance = distance
    self.sampling = sampling
    self.alignment = alignment
  }
}

/// What the search found between two splits, counted in full whatever was listed.
public struct SplitPairCount: Hashable, Sendable {
  /// Index of the split that comes first.
  public let first: Int
  /// Index of the other split: greater than ``first``.
  public let second: Int
  /// Pairs of equal bytes.
  public internal(set) var bytePairs = 0
  /// Pairs of equal pixels under different bytes.
  public internal(set) var pixelPairs = 0
  /// Pairs of near-duplicates at or above the reporting threshold.
  public internal(set) var nearPairs = 0
  /// Pairs in doubt: from ``MatchOptions/leastDoubtfulScore`` to below the reporting threshold; they affect no sample.
  public internal(set) var doubtfulPairs = 0
  /// Samples of the first split with at least one such partner in the second.
  public internal(set) var affectedInFirst = 0
  /// Samples of the second split with at least one such partner in the first.
  public internal(set) var affectedInSecond = 0

  /// Makes a count.
  public init(
    first: Int, second: Int, bytePairs: Int = 0, pixelPairs: Int = 0, nearPairs: Int = 0, affectedInFirst: Int = 0,
    affectedInSecond: Int = 0, doubtfulPairs: Int = 0
  ) {
    self.first = first
    self.second = second
    self.bytePairs = bytePairs
    self.pixelPairs = pixelPairs
    self.nearPairs = nearPairs
    self.affectedInFirst = affectedInFirst
    self.affectedInSecond = affectedInSecond
    self.doubtfulPairs = doubtfulPairs
  }
}

/// Everything the search found.
public struct MatchResult: Hashable, Sendable {
  /// Cross-split pairs at or above the reporting threshold, by (first, second): for each sample its best
  /// ``MatchOptions/listedPerSample`` partners in every other split.
  public let matches: [Match]
  /// Cross-split pairs below the reporting threshold but at or above ``MatchOptions/leastListedScore``, by
  /// (first, second): those in doubt are always among them, as far as the cap for one sample allows.
  public let belowThreshold: [Match]
  /// Pairs within one split at or above the reporting threshold, by (first, second): of samples with equal bytes or
  /// pixels each with the one before it, of near-duplicates the whole pictures, upright or mirrored.
  public let withinSplit: [Match]
  /// Exact counts for every pair of splits, pairs without a match included.
  ///
  /// In the order (0, 1), (0, 2), ..., (1, 2), ...
  public let counts: [SplitPairCount]
  /// Pairs that were found and counted but not listed because of the cap.
  public let unlistedCount: Int
  /// For each split, the readable samples whose pictures show too little to be judged: only equal bytes and pixels
  /// were looked for.
  public let tooPlainCounts: [Int]
  /// Share of random pairs of different pictures of the dataset whose whole views are as close as those of copies are,
  /// 0...1; `nil` where it was not estimated.
  public let alikeness: Double?
  /// How deep near-duplicates were searched for across splits; `nil` where they were not, or by hashes.
  public let depth: SearchDepth?
  /// Samples with so many candidates that not all were checked.
  public let cutShortCount: Int

  /// Assembles a result.
  public init(
    matches: [Match], belowThreshold: [Match] = [], withinSplit: [Match] = [], counts: [SplitPairCount],
    unlistedCount: Int = 0, tooPlainCounts: [Int] = [], alikeness: Double? = nil, depth: SearchDepth? = nil,
    cutShortCount: Int = 0
  ) {
    self.matches = matches
    self.belowThreshold = belowThreshold
    self.withinSplit = withinSplit
    self.counts = counts
    self.unlistedCount = unlistedCount
    self.tooPlainCounts = tooPlainCounts
    self.alikeness = alikeness
    self.depth = depth
    self.cutShortCount = cutShortCount
  }

  /// The ``alikeness`` from which on pictures are alike by design: X-rays of one body part, forms, drawn digits.
  ///
  /// Photographs and CIFAR-10 have 0.001 or less, birds and blood cells 0.003, steel 0.004; signs 0.03, digits 0.04,
  /// scanned pages 0.13, aligned faces 0.2, chest X-rays and MRI 0.5 and more.
  public static let leastAlikeness = 0.02

  /// Whether the pictures of the dataset are so alike that likeness alone says little.
  public var isAlikeByDesign: Bool { alikeness.map { $0 >= Self.leastAlikeness } ?? false }
}

/// What counts as a match, and how much is listed.
public struct MatchOptions: Hashable, Sendable {
  /// How near-duplicates are found.
  public var method = MatchMethod.alignment
  /// Pairs that score this or more are reported, 0...1.
  public var reportingThreshold = 0.5
  /// Pairs that score this or more are listed, 0...1; the reporting threshold when higher.
  public var listingThreshold = 0.5
  /// Pairs of two splits that score this or more, and less than the reporting threshold, are in doubt, 0...1: listed for
  /// review, counted, and no errors.
  public var doubtThreshold = 0.15
  /// Where pixels cannot be compared, descriptors whose cosine is this or more are reported, 0...1.
  public var descriptorThreshold = 0.9
  /// Whether candidates are laid on each other, pixel by pixel, where their pixels can be had.
  ///
  /// Where it is `false` descriptors decide alone, and whoever reports says so.
  public var comparesPixels = true
  /// PDQ hashes of less quality are not compared, 0...100.
  ///
  /// - Source: PDQ's README: hashes of quality 49 and below should be discarded.
  public var minimumQuality = 50
  /// Pairs listed for one sample, best first; the rest is counted.
  public var listedPerSample = 32
  /// Whether near-duplicates are looked for within splits too.
  public var searchesWithinSplits = true
  /// Workers that search at once.
  public var workerCount = 1

  /// The defaults.
  public init() {}

  /// The least cosine that is reported where descriptors decide alone, -1...1.
  public var leastCosineAlone: Double { max(descriptorThreshold, reportingThreshold) }

  /// The least score of a pair in doubt, 0...1; the reporting threshold where no pair can be in doubt.
  ///
  /// PDQ's scores are distances: a standard says from where on they mean a match, and nothing of those below.
  public var leastDoubtfulScore: Double {
    method == .alignment ? min(doubtThreshold, reportingThreshold) : reportingThreshold
  }

  /// The least score that is listed, 0...1: what was asked for, and whatever is in doubt.
  public var leastListedScore: Double { min(listingThreshold, leastDoubtfulScore) }

  /// Whether a match is one that the detector cannot tell: not sure enough to be reported, too sure to be passed over.
  public func isInDoubt(_ match: Match) -> Bool {
    match.kind.isNear && match.kind != .judged && match.score >= leastDoubtfulScore && match.score < reportingThreshold
  }
}
