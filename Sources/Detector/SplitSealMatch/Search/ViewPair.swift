internal import SplitSealFingerprint
internal import SplitSealImage

/// Two views that are compared: one of the picture that asks, turned or mirrored, and one of the pictures it is compared
/// with.
struct ViewPair: Hashable, Sendable {
  /// The view of the picture that asks; where a part is compared, the view that is closest to it.
  let query: DescriptorView
  /// The view of the other picture; where a part is compared, a view that holds it.
  let base: DescriptorView
  /// What turns the first view into the second.
  let orientation: Orientation
  /// The cosine that the closest ten or so of 50,000 unrelated pictures reach in pairs of this kind.
  ///
  /// Parts look alike more often than wholes do. Candidates are ordered by how far they are above it.
  /// - Source: counted on CIFAR-10, test against train.
  let chanceCosine: Double
  /// The part of the picture that asks that is compared in place of a stored view.
  let queryPart: PicturePart?
  /// The part of the other picture that is compared in place of a stored view.
  let basePart: PicturePart?
  /// Where ``queryPart`` and ``basePart`` lie in the pictures at hand; `nil` as long as there are none.
  private(set) var queryPlace, basePlace: AffineWarp?

  /// Names a pair of stored views.
  init(query: DescriptorView, base: DescriptorView, orientation: Orientation, chanceCosine: Double) {
    (self.query, self.base, self.orientation, self.chanceCosine) = (query, base, orientation, chanceCosine)
    (queryPart, basePart) = (nil, nil)
  }

  /// Names a pair of a part and a stored view.
  init(query: PicturePart, base: DescriptorView, orientation: Orientation, chanceCosine: Double) {
    (self.query, self.base) = (query.closestView, base)
    (self.orientation, self.chanceCosine) = (orientation, chanceCosine)
    (queryPart, basePart) = (query, nil)
  }

  /// Names a pair of a stored view and a part.
  init(query: DescriptorView, base: PicturePart, orientation: Orientation, chanceCosine: Double) {
    (self.query, self.base) = (query, base.closestView)
    (self.orientation, self.chanceCosine) = (orientation, chanceCosine)
    (queryPart, basePart) = (nil, base)
  }

  /// Names a pair of two parts.
  init(query: PicturePart, base: PicturePart, orientation: Orientation, chanceCosine: Double) {
    (self.query, self.base) = (query.closestView, base.closestView)
    (self.orientation, self.chanceCosine) = (orientation, chanceCosine)
    (queryPart, basePart) = (query, base)
  }

  /// The same pair for two pictures whose parts lie there.
  func placed(query: AffineWarp?, base: AffineWarp?) -> ViewPair {
    var pair = self
    (pair.queryPlace, pair.basePlace) = (query, base)
    return pair
  }
}

extension ViewPair {
  /// The pairs that are compared across splits, whatever their number.
  ///
  /// Whole pictures in all eight orientations. Upright and mirrored also the whole of one against every part of the other,
  /// for crops, frames and pictures within pictures, and each of some parts against the same part, for paint and small
  /// turns.
  static let acrossSplits: [ViewPair] =
    Orientation.allCases.map { orientation in
      ViewPair(
        query: .whole, base: .whole, orientation: orientation,
        chanceCosine: orientation == .identity || orientation == .mirror ? 0.57 : 0.55)
    }
    + DescriptorView.allCases.dropFirst().flatMap { view in
      [Orientation.identity, .mirror].flatMap { orientation in
        [
          ViewPair(query: .whole, base: view, orientation: orientation, chanceCosine: 0.63),
          ViewPair(query: view, base: .whole, orientation: orientation, chanceCosine: 0.63),
        ]
      }
    }
    + comparedWithThemselves.flatMap { view in
      [
        ViewPair(query: view, base: view, orientation: .identity, chanceCosine: 0.72),
        ViewPair(query: view, base: view.mirrored, orientation: .mirror, chanceCosine: 0.72),
      ]
    }

  private static let comparedWithThemselves: [DescriptorView] = [
    .middle, .core, .upperLeftQuarter, .upperRightQuarter, .lowerLeftQuarter, .lowerRightQuarter,
  ]

  /// The pairs that are compared across splits at a depth.
  ///
  /// - Parameters:
  ///   - depth: How deep the search is.
  ///   - includesBaseParts: Whether parts of the pictures that are compared with are described too.
  ///   - shape: The shape of most of these pictures.
  /// - Returns: ``acrossSplits`` and, behind them, those of the depth.
  static func acrossSplits(
    _ depth: SearchDepth, includesBaseParts: Bool = false, shape: PicturePart.Shape = .square
  ) -> [ViewPair] {
    var pairs = acrossSplits
    if depth >= .slanted { pairs += unpainted + slanted }
    if depth >= .full { pairs += movedAndZoomed + edgesOfQuery + contentOfQuery + tiles + windows(shape) }
    if depth >= .full, includesBaseParts { pairs += edgesOfBase + contentOfBase }
    return pairs
  }

  /// The pairs that need the pixels of the pictures that ask or are compared with.
  static let described =
    unpainted + slanted + movedAndZoomed + edgesOfQuery + contentOfQuery + tiles + edgesOfBase + contentOfBase
    + PicturePart.Shape.allCases.flatMap { windows($0) }

  /// The parts of these pairs, those of the base among them.
  static let describedParts: [PicturePart] = {
    var known: Set<PicturePart> = []
    return described.compactMap(\.queryPart).filter { known.insert($0).inserted }
  }()

  /// The whole of a picture that is painted over, without the paint.
  private static let unpainted: [ViewPair] = acrossSplits.filter { $0.query == .whole && $0.base == .whole }.map {
    ViewPair(query: .unpainted, base: .whole, orientation: $0.orientation, chanceCosine: $0.chanceCosine)
  }

  /// The middle, turned back or sheared back, in all orientations.
  ///
  /// Three quarters of a side lie inside a picture that was turned by up to 30 degrees, so that its corners do not matter,
  /// whatever they are filled with.
  private static let slanted: [ViewPair] = PicturePart.Slant.allCases.flatMap { slant in
    Orientation.allCases.map {
      ViewPair(query: .slanted(slant, share: 0.75), base: .middle, orientation: $0, chanceCosine: 0.61)
    }
  }

  private static let turns: [PicturePart.Slant] = [.left15, .right15, .left30, .right30]
  private static let upright: [Orientation] = [.identity, .mirror]
  private static let corners: [DescriptorView] = [.upperLeft, .upperRight, .lowerLeft, .lowerRight]
  private static let quarters: [DescriptorView] = [
    .core, .upperLeftQuarter, .upperRightQuarter, .lowerLeftQuarter, .lowerRightQuarter,
  ]

  /// Turns of pictures that were cropped or enlarged after it, shrunk so that nothing was cut off, or moved.
  private static let movedAndZoomed: [ViewPair] = turns.flatMap { slant in
    let isSmall = slant == .left15 || slant == .right15
    let zoomed = Orientation.allCases.flatMap {
      [
        ViewPair(query: .slanted(slant, share: 0.9), base: .middle, orientation: $0, chanceCosine: 0.61),
        ViewPair(
          query: .slanted(slant, share: isSmall ? 0.82 : 0.73), base: .whole, orientation: $0, chanceCosine: 0.61),
      ]
    }
    let moved = upright.flatMap { orientation in
      corners.map {
        ViewPair(query: .slanted(slant, share: 0.75), base: $0, orientation: orientation, chanceCosine: 0.63)
      }
    }
    let enlarged = upright.flatMap { orientation in
      (isSmall ? quarters : []).map {
        ViewPair(query: .slanted(slant, share: 0.6), base: $0, orientation: orientation, chanceCosine: 0.68)
      }
    }
    return zoomed + moved + enlarged
  }

  /// Pictures that are half-size crops at an edge of the one that asks.
  private static let edgesOfQuery: [ViewPair] = Edge.allCases.flatMap { edge in
    upright.map { ViewPair(query: .edge(edge), base: .whole, orientation: $0, chanceCosine: 0.63) }
  }

  /// Pictures of which the one that asks is a half-size crop at an edge.
  private static let edgesOfBase: [ViewPair] = Edge.allCases.flatMap { edge in
    upright.map { ViewPair(query: .whole, base: .edge(edge), orientation: $0, chanceCosine: 0.63) }
  }

  private static let contents = [PicturePart.content] + PicturePart.Slant.allCases.map(PicturePart.slantedContent)

  /// What stands on plain ground in the picture that asks: the ground of the other was cut, or it has none.
  private static let contentOfQuery: [ViewPair] = contents.flatMap { part in
    Orientation.allCases.map { ViewPair(query: part, base: .whole, orientation: $0, chanceCosine: 0.61) }
  }

  /// What stands on plain ground in the picture that is compared with, against the whole of the one that asks and what
  /// stands on its ground.
  private static let contentOfBase: [ViewPair] =
    Orientation.allCases.map { ViewPair(query: .whole, base: .content, orientation: $0, chanceCosine: 0.61) }
    + contents.flatMap { part in
      Orientation.allCases.map { ViewPair(query: part, base: .content, orientation: $0, chanceCosine: 0.61) }
    }

  /// The tiles of a mosaic, whole and cropped.
  private static let tiles: [ViewPair] = (0..<4).flatMap { tile in
    upright.flatMap { orientation in
      DescriptorView.allCases.map {
        ViewPair(query: .tile(tile), base: $0, orientation: orientation, chanceCosine: chanceOfTile($0))
      }
        + corners.map {
          ViewPair(query: .tileCorner(tile), base: $0, orientation: orientation, chanceCosine: chanceOfTile($0))
        }
    }
  }

  private static func windows(_ shape: PicturePart.Shape) -> [ViewPair] {
    (0..<4).flatMap { tile in
      PicturePart.Anchor.allCases.flatMap { anchor in
        upright.flatMap { orientation in
          DescriptorView.allCases.map {
            ViewPair(
              query: .tileWindow(tile, anchor, shape), base: $0, orientation: orientation,
              chanceCosine: chanceOfTile($0))
          }
        }
      }
    }
  }

  /// Tiles show little: they are alike more often than wholes are, and there are many pairs of them.
  private static func chanceOfTile(_ view: DescriptorView) -> Double {
    switch view {
    case .whole: 0.65
    case .middle, .upperLeft, .upperRight, .lowerLeft, .lowerRight: 0.69
    case .leftHalf, .rightHalf, .upperHalf, .lowerHalf: 0.71
    case .core: 0.75
    case .upperLeftQuarter, .upperRightQuarter, .lowerLeftQuarter, .lowerRightQuarter: 0.77
    }
  }

  /// The pairs that are compared within a split: whole pictures, upright and mirrored.
  static let withinSplits = Array(
    acrossSplits.filter {
      $0.query == .whole && $0.base == .whole && ($0.orientation == .identity || $0.orientation == .mirror)
    })
}

extension DescriptorView {
  /// The view that lies where this one does once the picture is mirrored left to right.
  var mirrored: DescriptorView {
    switch self {
    case .whole, .middle, .core, .upperHalf, .lowerHalf: self
    case .upperLeft: .upperRight
    case .upperRight: .upperLeft
    case .lowerLeft: .lowerRight
    case .lowerRight: .lowerLeft
    case .leftHalf: .rightHalf
    case .rightHalf: .leftHalf
    case .upperLeftQuarter: .upperRightQuarter
    case .upperRightQuarter: .upperLeftQuarter
    case .lowerLeftQuarter: .lowerRightQuarter
    case .lowerRightQuarter: .lowerLeftQuarter
    }
  }
}
