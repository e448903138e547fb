internal import CVision
internal import SplitSealFingerprint
internal import SplitSealImage

/// Lays two pictures on each other and says what speaks for their being one.
struct AlignmentCheck {
  /// How two pictures lie on each other, and what a first look says.
  struct Fit {
    /// The log-odds that the two are one picture, as outlines and light say: good among pictures that are not alike by
    /// design.
    let outlineLogOdds: Double
    /// Share of the smaller picture that both show, 0...1.
    var overlap: Double { Double(agreement.overlap) }
    /// Whether one of the two has fewer than 64 pixels on a side.
    let isSmall: Bool
    /// Whether the outlines and the stretch leave it possible that the two are one: otherwise their detail need not be looked
    /// at.
    var isPossible: Bool { outlineLogOdds > detailScore.leastOutline && stretch <= Self.mostStretch }
    /// Of 8,000 copies by 20 edits in 17 kinds of pictures none was stretched by more than 0.74; plain pictures with a
    /// single edge fit each other where they are drawn out along it by 1 to 2.
    private static let mostStretch = 0.75
    fileprivate var detailScore: DetailScore { isSmall ? .small : .large }
    fileprivate let agreement: ss_vision_agreement
    fileprivate let showsPaint: Bool
    /// Log of how far the warp stretches the one picture, 0...2.
    fileprivate let stretch: Double
    /// Correlation of the first derivatives, and the one that the lowest third of the cells does not exceed, -1...1.
    fileprivate let gradient, cells: Double
  }

  /// A picture as the check reads it.
  ///
  /// Kept between pictures: it is 100 KB.
  struct Levels {
    /// With what is painted over covered and left out, and, where there is such paint, the picture as it is.
    private var covered: [Float] = [], asItIs: [Float] = []
    /// Whether a part of the picture seems to be painted over.
    private(set) var isPainted = false
    fileprivate private(set) var isSmall = false
    /// Width and height in pixels, 128 at most.
    fileprivate private(set) var size: [Int32] = [1, 1]

    /// Makes the smaller levels of a picture.
    mutating func take(_ picture: ComparisonPicture) {
      picture.fill(&covered)
      isPainted = picture.isPainted
      if isPainted { picture.fill(&asItIs, coversPaint: false) }
      isSmall = picture.isSmall
      size = [Int32(picture.detailWidth), Int32(picture.detailHeight)]
    }

    func values(showsPaint: Bool) -> [Float] { showsPaint && isPainted ? asItIs : covered }
  }

  /// Lays one candidate on the picture that asks.
  ///
  /// - Parameters:
  ///   - query: The picture that asks.
  ///   - base: The picture it is compared with.
  ///   - pair: The views that matched, and how the first has to be turned.
  ///   - cosine: How close they are, -1...1.
  ///   - showsPaint: Whether what seems to be painted over is part of the pictures; otherwise it is left out.
  ///   - isPatient: Whether nothing is given up early where the pictures are small.
  /// - Returns: How they lie on each other; `nil` where they do not.
  static func fit(
    query: Levels, base: Levels, pair: ViewPair, cosine: Double, showsPaint: Bool = false, isPatient: Bool = false
  ) -> Fit? {
    let isSmall = query.isSmall || base.isSmall
    let excess = cosine - pair.chanceCosine
    let patience = isPatient && isSmall ? max(excess, 1) : excess
    guard var agreement = agreement(query: query, base: base, pair: pair, showsPaint, excess: patience)
    else { return nil }
    var features = [cosine, excess]
    unsafe withUnsafeBytes(of: &agreement.features) { bytes in
      unsafe features.append(contentsOf: bytes.bindMemory(to: Float.self).map { Double($0) })
    }
    let model = isSmall ? AlignmentScore.small : AlignmentScore.large
    return Fit(
      outlineLogOdds: model.logOdds(features), isSmall: isSmall, agreement: agreement, showsPaint: showsPaint,
      stretch: features[2 + Int(SS_VISION_STRETCH)], gradient: features[2 + Int(SS_VISION_GRADIENT)],
      cells: features[2 + Int(SS_VISION_CELLS_THIRD)])
  }

  /// The log-odds that two pictures are one, as their fine detail says: whether it is in the same places.
  ///
  /// - Parameters:
  ///   - query: The picture that asks.
  ///   - base: The other one.
  ///   - fit: How they lie on each other.
  /// - Returns: The natural logarithm of the odds.
  static func detailLogOdds(query: Levels, base: Levels, fit: Fit) -> Double {
    var evidence = [Float](repeating: 0, count: Int(SS_VISION_EVIDENCE_COUNT))
    var agreement = fit.agreement
    unsafe query.values(showsPaint: fit.showsPaint).withUnsafeBufferPointer { first in
      unsafe base.values(showsPaint: fit.showsPaint).withUnsafeBufferPointer { second in
        unsafe ss_vision_weigh_evidence(
          second.baseAddress, first.baseAddress, &agreement, base.size, query.size, &evidence)
      }
    }
    return fit.detailScore.logOdds(
      outline: fit.outlineLogOdds, evidence: evidence.map { Double($0) }, stretch: fit.stretch, gradient: fit.gradient,
      cells: fit.cells)
  }

  /// Where the points of the base are in the query; `nil` where the pictures do not lie on each other.
  ///
  /// Nothing is given up early: the pair was judged before.
  static func warp(query: Levels, base: Levels, pair: ViewPair) -> [Float]? {
    agreement(query: query, base: base, pair: pair, false, excess: 1).map { found in
      let w = found.warp
      return [w.0, w.1, w.2, w.3, w.4, w.5]
    }
  }

  /// Aligns the two; `excess` is how far their cosine is above what chance brings.
  private static func agreement(
    query: Levels, base: Levels, pair: ViewPair, _ showsPaint: Bool, excess: Double
  ) -> ss_vision_agreement? {
    var agreement = ss_vision_agreement()
    let start = pair.startingWarp
    let rect = pair.base.rect
    let view: [Float] = [rect.left, rect.top, rect.width, rect.height].map(Float.init)
    let isSmall = query.isSmall || base.isSmall
    let found = unsafe query.values(showsPaint: showsPaint).withUnsafeBufferPointer { query in
      unsafe base.values(showsPaint: showsPaint).withUnsafeBufferPointer { base in
        unsafe ss_vision_align(
          base.baseAddress, query.baseAddress, start, view, Float(excess), isSmall ? 32 : 64, &agreement)
      }
    }
    return found == 1 ? agreement : nil
  }
}

extension DescriptorView {
  /// Where the view lies.
  var share: PictureShare {
    let rect = rect
    return PictureShare(left: rect.left, top: rect.top, width: rect.width, height: rect.height)
  }

  /// Where the view lies, as shares of the picture's sides.
  var rect: (left: Double, top: Double, width: Double, height: Double) {
    let (left, top, width, height) = eighths
    return (Double(left) / 8, Double(top) / 8, Double(width) / 8, Double(height) / 8)
  }
}

extension ViewPair {
  /// Where the points of the base picture are in the picture that asks, if the two views show the same.
  ///
  /// Six numbers: (u, v) of the base goes to (w0 u + w1 v + w2, w3 u + w4 v + w5); all are shares of the pictures' sides.
  var startingWarp: [Float] {
    // A point of the oriented view comes from this point of the view as it is.
    let turned = AffineWarp(undoing: orientation)
    if queryPlace != nil || basePlace != nil {
      let (from, to) = (basePlace ?? AffineWarp(base.share), queryPlace ?? AffineWarp(query.share))
      if let intoView = from.inverse { return to.following(turned).following(intoView).numbers.map(Float.init) }
    }
    let unturned = [turned.xx, turned.xy, turned.x, turned.yx, turned.yy, turned.y]
    let (from, to) = (base.rect, query.rect)
    // (u, v) -> place in the base's view -> place in the query's view -> (s, t)
    let a = unturned[0] / from.width, b = unturned[1] / from.height
    let c = unturned[2] - a * from.left - b * from.top
    let d = unturned[3] / from.width, e = unturned[4] / from.height
    let f = unturned[5] - d * from.left - e * from.top
    return [
      to.width * a, to.width * b, to.width * c + to.left, to.height * d, to.height * e, to.height * f + to.top,
    ].map(Float.init)
  }
}
