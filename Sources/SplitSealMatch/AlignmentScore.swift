internal import Foundation

/// What makes a probability of the features of an alignment: a logistic regression.
///
/// Fitted to pairs that people judged (CIFAR-10, the test images of even number with their eight nearest train images) and to
/// edited copies of photographs; all numbers are then shrunk by 0.8122, the slope that cross-validation asks for.
/// docs/detector.md shows how, and how well the scores are calibrated.
struct AlignmentScore {
  /// The log-odds where every feature is 0.
  let constant: Double
  /// What a unit of each feature adds to the log-odds: cosine, cosine above chance, then the features of `CVAgreement`.
  let weights: [Double]

  /// The probability that two pictures are one, 0...1.
  ///
  /// Rounded to 1/10,000: logarithms differ in their last digit from one machine's library to another's, and reports must not.
  /// - Precondition: as many features as weights.
  func probability(_ features: [Double]) -> Double {
    precondition(features.count == weights.count, "one weight a feature")
    let logOdds = zip(weights, features).reduce(constant) { $0 + $1.0 * $1.1 }
    return (10_000 / (1 + exp(-logOdds))).rounded() / 10_000
  }

  /// For pairs of which one has fewer than 64 pixels on a side: 32 x 32 points were compared.
  static let coarse =
    AlignmentScore(
      constant: -16.8557,
      weights: [
        13.1853,  // cosine
        5.15698,  // cosine above chance
        -0.230619,  // start cells
        -0.767367,  // coarse
        -3.09402,  // gradient
        3.37892,  // laplacian
        5.19729,  // correlation
        0.282412,  // cells mean
        1.85978,  // cells tenth
        0.711967,  // cells third
        -1.6942,  // cells median
        -0.0761456,  // cells upper
        4.49833,  // cells best
        0.208313,  // agreeing share
        0.406662,  // agreeing detail
        2.62689,  // detail
        1.19801,  // larger overlap
        4.24836,  // smaller overlap
        -2.0893,  // stretch
        0.211548,  // colour
        -0.800902,  // base colour
        -0.712922,  // query colour
        1.47476,  // colour weighed
        -0.272788,  // colour shift
        0.156395,  // gain
        -1.29941,  // residual
        -1.43027,  // contrast
        0.191193,  // light shift
        2.65326,  // agreeing gradient
        -1.05664,  // agreeing laplacian
      ])

  /// For all others: 64 x 64 points were compared.
  static let fine =
    AlignmentScore(
      constant: 8.21333,
      weights: [
        -0.668442,  // cosine
        10.5438,  // cosine above chance
        0.0604912,  // start cells
        -0.300718,  // coarse
        -2.48482,  // gradient
        4.46668,  // laplacian
        -2.91558,  // correlation
        1.51445,  // cells mean
        1.35489,  // cells tenth
        1.37519,  // cells third
        0.737533,  // cells median
        -3.19463,  // cells upper
        -5.41678,  // cells best
        1.61696,  // agreeing share
        -0.100956,  // agreeing detail
        0.385234,  // detail
        0.801337,  // larger overlap
        1.39324,  // smaller overlap
        -1.77101,  // stretch
        0.77602,  // colour
        -0.104871,  // base colour
        -0.209018,  // query colour
        0.699344,  // colour weighed
        -0.930446,  // colour shift
        -0.633561,  // gain
        -0.551021,  // residual
        -0.767255,  // contrast
        0.0695698,  // light shift
        -0.295073,  // agreeing gradient
        4.08403,  // agreeing laplacian
      ])
}
