internal import Foundation

/// What makes a probability of the features of an alignment: a logistic regression.
///
/// Fitted to pairs that people judged (CIFAR-10, the test images of even number with their eight nearest train images) and to
/// edited copies of photographs; docs/detector.md shows how, and how well the scores are calibrated.
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
      constant: -16.906,
      weights: [
        13.3126,  // cosine
        8.24626,  // cosine above chance
        -0.208686,  // start cells
        -0.125405,  // coarse
        -4.03415,  // gradient
        4.31091,  // laplacian
        5.17328,  // correlation
        0.815582,  // cells mean
        1.98093,  // cells tenth
        1.57277,  // cells third
        -2.59432,  // cells median
        -0.904089,  // cells upper
        5.71401,  // cells best
        0.317292,  // agreeing share
        0.195199,  // agreeing detail
        2.89576,  // detail
        1.01648,  // larger overlap
        5.50887,  // smaller overlap
        -2.25104,  // stretch
        1.08207,  // colour
        -0.979432,  // base colour
        -0.968842,  // query colour
        1.72274,  // colour weighed
        -0.242485,  // colour shift
        0.105895,  // gain
        -2.01221,  // residual
        -1.36909,  // contrast
        0.217913,  // light shift
        3.21307,  // agreeing gradient
        -1.47541,  // agreeing laplacian
      ])

  /// For all others: 64 x 64 points were compared.
  static let fine =
    AlignmentScore(
      constant: 9.39351,
      weights: [
        -0.790726,  // cosine
        11.5248,  // cosine above chance
        0.100487,  // start cells
        -0.420105,  // coarse
        -2.92824,  // gradient
        5.02328,  // laplacian
        -2.87184,  // correlation
        1.77812,  // cells mean
        1.49606,  // cells tenth
        1.55331,  // cells third
        1.07154,  // cells median
        -3.56551,  // cells upper
        -6.19993,  // cells best
        1.98156,  // agreeing share
        -0.0786545,  // agreeing detail
        0.562209,  // detail
        1.73264,  // larger overlap
        2.12555,  // smaller overlap
        -2.40768,  // stretch
        1.09361,  // colour
        -0.214481,  // base colour
        -0.374976,  // query colour
        0.84165,  // colour weighed
        -1.04558,  // colour shift
        -0.619084,  // gain
        -0.782072,  // residual
        -0.886173,  // contrast
        0.0905265,  // light shift
        -0.125029,  // agreeing gradient
        4.6994,  // agreeing laplacian
      ])
}
