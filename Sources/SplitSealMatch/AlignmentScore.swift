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
      constant: -20.7532,
      weights: [
        16.234,  // cosine
        6.3494,  // cosine above chance
        -0.283943,  // start cells
        -0.944801,  // coarse
        -3.80943,  // gradient
        4.1602,  // laplacian
        6.39903,  // correlation
        0.347712,  // cells mean
        2.2898,  // cells tenth
        0.87659,  // cells third
        -2.08594,  // cells median
        -0.0937523,  // cells upper
        5.53845,  // cells best
        0.25648,  // agreeing share
        0.500692,  // agreeing detail
        3.23429,  // detail
        1.47502,  // larger overlap
        5.23068,  // smaller overlap
        -2.57239,  // stretch
        0.260463,  // colour
        -0.98609,  // base colour
        -0.877766,  // query colour
        1.81576,  // colour weighed
        -0.335863,  // colour shift
        0.192557,  // gain
        -1.59986,  // residual
        -1.76098,  // contrast
        0.235402,  // light shift
        3.26675,  // agreeing gradient
        -1.30096,  // agreeing laplacian
      ])

  /// For all others: 64 x 64 points were compared.
  static let fine =
    AlignmentScore(
      constant: 10.1124,
      weights: [
        -0.823002,  // cosine
        12.9818,  // cosine above chance
        0.0744782,  // start cells
        -0.370251,  // coarse
        -3.05937,  // gradient
        5.49948,  // laplacian
        -3.58973,  // correlation
        1.86463,  // cells mean
        1.66817,  // cells tenth
        1.69316,  // cells third
        0.908068,  // cells median
        -3.93331,  // cells upper
        -6.66926,  // cells best
        1.99084,  // agreeing share
        -0.124299,  // agreeing detail
        0.47431,  // detail
        0.986625,  // larger overlap
        1.71539,  // smaller overlap
        -2.18051,  // stretch
        0.955455,  // colour
        -0.12912,  // base colour
        -0.257348,  // query colour
        0.861049,  // colour weighed
        -1.14559,  // colour shift
        -0.780055,  // gain
        -0.67843,  // residual
        -0.944663,  // contrast
        0.085656,  // light shift
        -0.363301,  // agreeing gradient
        5.02836,  // agreeing laplacian
      ])
}
