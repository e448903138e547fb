internal import SplitSealFingerprint
internal import SplitSealImage

/// Another class that shows the same as the class at hand.
struct Neighbour: Hashable, Sendable {
  /// What it rests on.
  enum Evidence: Hashable, Sendable {
    /// The decoded pixels are equal.
    case pixels
    /// Differing bits of PDQ, and of which samples.
    case pdq(distance: Int, PDQSampling)
    /// What the detector saw; the first view is of the class at hand.
    case alignment(MatchAlignment)
  }

  /// The other class.
  let index: Int
  /// How sure it is, 0...1.
  let score: Double
  /// What turns the class at hand into the other.
  let orientation: Orientation
  /// What it rests on.
  let evidence: Evidence

  /// The same, seen from the other class.
  func reversed(index: Int) -> Neighbour {
    let evidence: Evidence =
      switch self.evidence {
      case .pixels, .pdq: self.evidence
      case .alignment(let alignment): .alignment(alignment.reversed)
      }
    return Neighbour(index: index, score: score, orientation: orientation.inverse, evidence: evidence)
  }

  /// Surest first, then by index.
  static func isBefore(_ a: Neighbour, _ b: Neighbour) -> Bool { (b.score, a.index) < (a.score, b.index) }
}

extension MatchAlignment {
  /// The same with first and second exchanged.
  var reversed: MatchAlignment {
    MatchAlignment(cosine: cosine, firstView: secondView, secondView: firstView, overlap: overlap)
  }
}
