internal import CVision
internal import SplitSealImage

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A PCA whitening from 128 numbers to 64 in which an orientation permutes the 64 and changes their signs.
///
/// The numbers whose sign changes in the mirror come first, then the others; among both by falling variance. So the search
/// can add up the ones, take the size of the sum, and go on with the others.
struct Projection {
  /// What is subtracted from a histogram.
  let mean: [Float]
  /// A row of 64 for each of the 128 numbers of a histogram.
  let rows: [[Float]]
  /// By EXIF orientation, less 1: number i of the result is `signs[i]` times number `sources[i]`.
  let sources: [[Int]]
  let signs: [[Int]]
  /// Variance along each of the 64 directions, falling: not in the order of the numbers.
  let variances: [Double]
  /// Variance along all 128.
  let totalVariance: Double

  /// One direction, or two that belong together, and where they stand among the 64.
  private struct Family {
    let representation: Representation
    let variance: Double
    let directions: [[Double]]
  }

  /// Takes the directions of the greatest variance.
  ///
  /// - Parameters:
  ///   - moments: Of the histograms to learn from.
  ///   - power: Each direction is divided by its variance to this power: 0.5 whitens, 0 is plain PCA.
  init(_ moments: HistogramMoments, power: Double) {
    var kept: [Family] = []
    var count = 0
    for family in Self.families(of: moments.covariance)
    where count + family.directions.count <= Int(SS_VISION_DESCRIPTOR_COUNT) {
      kept.append(family)
      count += family.directions.count
    }
    mean = moments.mean.map(Float.init)
    variances = kept.flatMap { family in family.directions.map { _ in family.variance } }
    totalVariance = moments.covariance.indices.reduce(0) { $0 + moments.covariance[$1][$1] }
    let scaled = kept.flatMap { family in
      // The constant keeps directions without variance finite; adding 0 makes 0 of -0.
      family.directions.map { direction in direction.map { Float($0 / pow(family.variance + 1e-6, power) + 0) } }
    }
    let mirrored = Self.action(of: .mirror, on: kept)
    let order = mirrored.indices.filter { mirrored[$0].sign < 0 } + mirrored.indices.filter { mirrored[$0].sign > 0 }
    var places = order
    for (place, number) in order.enumerated() { places[number] = place }
    rows = moments.mean.indices.map { number in order.map { scaled[$0][number] } }
    let actions = Orientation.allCases.map { Self.action(of: $0, on: kept) }
    sources = actions.map { action in order.map { places[action[$0].source] } }
    signs = actions.map { action in order.map { action[$0].sign } }
  }

  /// Eigenvectors of all representations, by falling variance.
  private static func families(of covariance: [[Double]]) -> [Family] {
    let all = Representation.allCases.flatMap { representation in
      let basis = representation.basis
      let images = basis.map { direction in covariance.map { product($0, direction) } }
      let eigen = JacobiEigenvalues(of: basis.map { row in images.map { product(row, $0) } })
      return zip(eigen.values, eigen.vectors).map { variance, vector in
        let direction = covariance.indices.map { number in
          zip(vector, basis).reduce(0) { $0 + $1.0 * $1.1[number] }
        }
        return Family(
          representation: representation, variance: variance,
          directions: representation.family(of: withPositivePeak(direction)))
      }
    }
    return all.enumerated().sorted { ($1.element.variance, $0.offset) < ($0.element.variance, $1.offset) }
      .map(\.element)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  /// An eigenvector's sign is free: the largest component, of several the first, becomes positive.
  private static func withPositivePeak(_ direction: [Double]) -> [Double] {
    let peak = direction.reduce(0) { $1.magnitude > $0.magnitude ? $1 : $0 }
    return peak < 0 ? direction.map { -$0 } : direction
  }

  /// For each of the 64 numbers: of which number, and with which sign, it is made.
  private static func action(of orientation: Orientation, on families: [Family]) -> [(source: Int, sign: Int)] {
    var result: [(source: Int, sign: Int)] = []
    for family in families {
      let start = result.count
      for row in family.representation.matrix(of: orientation) {
        for (column, sign) in row.enumerated() where sign != 0 { result.append((start + column, sign)) }
      }
    }
    return result
  }
}
