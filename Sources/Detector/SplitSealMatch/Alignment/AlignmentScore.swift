/// What the outlines and the light of two aligned pictures say: a logistic regression.
///
/// Good among pictures of all kinds of things. Among pictures that are alike by design their fine detail has to be looked
/// at: see ``DetailScore``.
///
/// Fitted to pairs that people judged (CIFAR-10, the test images of even number with their eight nearest train images) and to
/// edited copies of photographs; all numbers are then shrunk by 0.8, the slope that cross-validation asks for.
/// docs/detector.md shows how, and how well the scores are calibrated.
struct AlignmentScore {
  /// The log-odds where every feature is 0.
  let constant: Double
  /// What a unit of each feature adds to the log-odds: cosine, cosine above chance, then the features of `ss_vision_agreement`.
  let weights: [Double]

  /// The log-odds that two pictures are one.
  ///
  /// - Precondition: as many features as weights.
  func logOdds(_ features: [Double]) -> Double {
    precondition(features.count == weights.count, "one weight a feature")
    return zip(weights, features).reduce(constant) { $0 + $1.0 * $1.1 }
  }

  /// For pairs of which one has fewer than 64 pixels on a side: 32 x 32 points were compared.
  static let small =
    AlignmentScore(
      constant: -17.9911,
      weights: [
        14.0199,  // cosine
        3.1447,  // cosine above chance
        -0.188786,  // start cells
        -0.55541,  // coarse
        -3.11304,  // gradient
        3.32631,  // laplacian
        5.39847,  // correlation
        0.102197,  // cells mean
        1.69074,  // cells tenth
        0.833173,  // cells third
        -1.96539,  // cells median
        -0.293335,  // cells upper
        4.21171,  // cells best
        0.414622,  // agreeing share
        0.534011,  // agreeing detail
        2.88191,  // detail
        0.705846,  // larger overlap
        4.0916,  // smaller overlap
        -2.05691,  // stretch
        0.152163,  // colour
        -0.779509,  // base colour
        -0.754125,  // query colour
        1.45404,  // colour weighed
        -0.270688,  // colour shift
        0.140224,  // gain
        -1.2285,  // residual
        -1.55016,  // contrast
        0.190214,  // light shift
        2.85578,  // agreeing gradient
        -0.895676,  // agreeing laplacian
      ])

  /// For all others: 64 x 64 points were compared.
  static let large =
    AlignmentScore(
      constant: 8.46529,
      weights: [
        -0.763714,  // cosine
        10.3475,  // cosine above chance
        0.0740056,  // start cells
        -0.238882,  // coarse
        -2.40513,  // gradient
        4.06899,  // laplacian
        -2.40642,  // correlation
        1.51365,  // cells mean
        1.32319,  // cells tenth
        1.22947,  // cells third
        0.607337,  // cells median
        -3.22341,  // cells upper
        -6.49167,  // cells best
        1.52703,  // agreeing share
        -0.00753094,  // agreeing detail
        0.557308,  // detail
        0.673465,  // larger overlap
        1.41464,  // smaller overlap
        -1.92852,  // stretch
        0.926288,  // colour
        -0.199747,  // base colour
        -0.320735,  // query colour
        0.681313,  // colour weighed
        -0.82944,  // colour shift
        -0.661487,  // gain
        -0.522679,  // residual
        -0.74836,  // contrast
        0.102244,  // light shift
        -0.100306,  // agreeing gradient
        4.13333,  // agreeing laplacian
      ])
}
