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
      constant: -11.7918,
      weights: [
        7.85025,  // cosine
        8.97265,  // cosine above chance
        -0.124241,  // start cells
        3.83111,  // coarse
        -4.31002,  // gradient
        4.65497,  // laplacian
        2.87986,  // correlation
        1.01912,  // cells mean
        1.81393,  // cells tenth
        1.18173,  // cells third
        -1.82545,  // cells median
        -0.678955,  // cells upper
        2.60831,  // cells best
        -0.0965834,  // agreeing share
        0.293438,  // agreeing detail
        3.16076,  // detail
        4.744,  // larger overlap
        4.5875,  // smaller overlap
        -1.67835,  // stretch
        1.46701,  // colour
        -0.767874,  // base colour
        -0.981936,  // query colour
        1.57302,  // colour weighed
        -0.210612,  // colour shift
        -0.190461,  // gain
        -2.79603,  // residual
        -0.730587,  // contrast
        0.264094,  // light shift
      ])

  /// For all others: 64 x 64 points were compared.
  static let fine =
    AlignmentScore(
      constant: 9.66024,
      weights: [
        0.375457,  // cosine
        8.33508,  // cosine above chance
        0.223644,  // start cells
        -0.29438,  // coarse
        -0.868533,  // gradient
        8.38996,  // laplacian
        -4.26244,  // correlation
        1.41021,  // cells mean
        2.27452,  // cells tenth
        1.1057,  // cells third
        -0.0660805,  // cells median
        -4.87616,  // cells upper
        -6.14602,  // cells best
        1.85647,  // agreeing share
        -0.192127,  // agreeing detail
        0.936897,  // detail
        2.33141,  // larger overlap
        1.83155,  // smaller overlap
        -1.72528,  // stretch
        1.23728,  // colour
        -0.0857611,  // base colour
        -0.230635,  // query colour
        0.824875,  // colour weighed
        -1.14781,  // colour shift
        -1.17292,  // gain
        -0.928934,  // residual
        -0.584478,  // contrast
        0.0302217,  // light shift
      ])
}
