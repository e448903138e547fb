internal import SplitSealFingerprint
internal import SplitSealImage

/// Two views that are compared: one of the picture that asks, turned or mirrored, and one of the pictures it is compared
/// with.
struct ViewPair: Hashable, Sendable {
  /// The view of the picture that asks.
  let query: DescriptorView
  /// The view of the other picture.
  let base: DescriptorView
  /// What turns the first view into the second.
  let orientation: Orientation
  /// The cosine that the closest ten or so of 50,000 unrelated pictures reach in pairs of this kind.
  ///
  /// Parts look alike more often than wholes do. Candidates are ordered by how far they are above it.
  /// - Source: counted on CIFAR-10, test against train.
  let chanceCosine: Double
}

extension ViewPair {
  /// The pairs that are compared across splits.
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
