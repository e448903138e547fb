internal import CVision
internal import SplitSealImage

/// An irreducible representation of the eight orientations.
///
/// A covariance that does not change when pictures are turned or mirrored falls apart into one block for each, and its
/// eigenvectors can be chosen such that an orientation only permutes them and changes their signs.
/// - Source: Serre: Linear Representations of Finite Groups, sections 2.6, 2.7 and 5.3.
enum Representation: CaseIterable {
  /// Nothing changes the number.
  case symmetric
  /// Mirroring along any axis changes the sign.
  case handed
  /// Quarter turns and mirroring along a diagonal change the sign.
  case upright
  /// Quarter turns and mirroring left to right or top to bottom change the sign.
  case diagonal
  /// Two numbers that change like the coordinates x and y.
  case plane

  /// What an orientation does to the numbers: one row and column, or two, of -1, 0 and 1.
  func matrix(of orientation: Orientation) -> [[Int]] {
    let plane = orientation.matrix
    let determinant = plane[0][0] * plane[1][1] - plane[0][1] * plane[1][0]
    let keepsAxes = orientation.swapsAxes ? -1 : 1
    return switch self {
    case .symmetric: [[1]]
    case .handed: [[determinant]]
    case .upright: [[keepsAxes]]
    case .diagonal: [[determinant * keepsAxes]]
    case .plane: plane
    }
  }

  /// Orthonormal directions among histograms that span what the representation's first coordinate can be.
  ///
  /// What the projector, the sum of `matrix(g)[0][0] * g` over the orientations g, leaves of the unit vectors.
  var basis: [[Double]] {
    (0..<Int(SS_VISION_GRADIENT_COUNT)).compactMap { number in
      var direction = [Int](repeating: 0, count: Int(SS_VISION_GRADIENT_COUNT))
      for orientation in Orientation.allCases {
        let weight = matrix(of: orientation)[0][0]
        guard weight != 0, let places = HistogramSymmetry.places[orientation] else { continue }
        // Every number of an orbit gives the same direction.
        guard places[number] >= number else { return nil }
        direction[places[number]] += weight
      }
      let square = direction.reduce(0) { $0 + $1 * $1 }
      return square > 0 ? direction.map { Double($0) / Double(square).squareRoot() } : nil
    }
  }

  /// A direction of the first coordinate, and those of the others that go with it.
  func family(of direction: [Double]) -> [[Double]] {
    guard self == .plane, let places = HistogramSymmetry.places[.turn90] else { return [direction] }
    // A quarter turn takes x to y.
    var partner = direction
    for (number, value) in direction.enumerated() { partner[places[number]] = value }
    return [direction, partner]
  }
}
