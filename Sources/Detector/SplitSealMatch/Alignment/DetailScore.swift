internal import Foundation

/// What the fine detail of two aligned pictures says: a logistic regression on what `ss_vision_weigh_evidence` saw.
///
/// Fitted to edited copies and to the closest pictures of other things in some 40 kinds of pictures; docs/detector.md says
/// which, how the score does on ten of them and on others, and what was set by hand.
struct DetailScore {
  /// The log-odds where everything is 0.
  let constant: Double
  /// What a unit of the outlines' log-odds adds, one of the stretch, and one of the exactness: see ``exactness(gradient:cells:)``.
  let outlineWeight, stretchWeight, exactnessWeight: Double
  /// What a unit of each piece of evidence adds, in the order of `ss_vision_weigh_evidence`.
  let weights: [Double]
  /// Below these log-odds of the outlines the detail of a pair is not looked at: hardly any copy has less.
  let leastOutline: Double

  /// Outlines count up to these log-odds either way.
  private static let mostOutline = 8.0

  /// The log-odds that two pictures are one.
  ///
  /// - Parameters:
  ///   - outline: The outlines' log-odds.
  ///   - evidence: What `ss_vision_weigh_evidence` saw.
  ///   - stretch: Log of how far the warp stretches the one picture, 0...2.
  ///   - gradient: Correlation of the first derivatives of the two, -1...1.
  ///   - cells: The correlation that the lowest third of their cells does not exceed, -1...1.
  /// - Returns: The natural logarithm of the odds.
  func logOdds(outline: Double, evidence: [Double], stretch: Double, gradient: Double, cells: Double) -> Double {
    precondition(evidence.count == weights.count, "one weight a piece of evidence")
    let outline = min(max(outline, -Self.mostOutline), Self.mostOutline)
    let exactness = Self.exactness(gradient: gradient, cells: cells)
    let rest = outlineWeight * outline + stretchWeight * stretch + exactnessWeight * exactness
    return zip(weights, evidence).reduce(constant + rest) { $0 + $1.0 * $1.1 }
  }

  /// How little of one picture the other leaves unexplained, as the logarithm of 1 over that share, 0...4.6.
  ///
  /// Two drawings of one digit agree in all but a tenth; a copy agrees in all but a hundredth, and in a picture of 28 pixels
  /// that is most of what tells them apart. In larger pictures the detail tells as much without it. One strong edge that two
  /// pictures share is nearly all of their derivatives: what the cells with less agree in is the limit.
  private static func exactness(gradient: Double, cells: Double) -> Double {
    func surprise(_ correlation: Double) -> Double {
      let explained = min(max(correlation, 0), 1)
      return -log(1 - explained * explained + 0.01)
    }
    return max(0, min(surprise(gradient), 3 * surprise(cells)))
  }
}

/// The score of a pair in its dataset: what its pixels say, against what the picture's other candidates reach.
///
/// A skull fits every other skull to some degree. What counts is how much better the one candidate fits than the others:
/// unrelated pictures of the same dataset, looked at in the same way.
struct DatasetScore {
  /// The log-odds where everything is 0, what a unit of the pair's log-odds adds, and one of its rival's.
  let constant, pairWeight, rivalWeight: Double
  /// Which of the other candidates is the rival, the best of them being 0: so many true copies may stand beside one another.
  let rivalRank: Int
  /// A rival with less log-odds, or none at all, counts as ``leastRival`` among pictures that are not alike by design, and as
  /// this among those that are: there, that nothing else fits says less for a pair.
  let leastRivalAlike: Double
  /// A rival's log-odds count up to this among pictures that are not alike by design, and up to ``mostRivalAlike`` among
  /// those that are: there several candidates that fit tell that fitting says little.
  let mostRival: Double

  private static let leastRival = -6.0, mostRivalAlike = 2.0
  private static let mostPair = 12.0

  /// The log-odds that two pictures are one.
  ///
  /// - Parameters:
  ///   - pair: Those of the pair's detail.
  ///   - others: Those of the picture's other candidates, in any order.
  ///   - alikeness: How far the pictures are of a kind that is alike by design, 0...1.
  /// - Returns: The natural logarithm of the odds.
  func logOdds(pair: Double, others: [Double], alikeness: Double) -> Double {
    let ranked = others.sorted(by: >)
    let least = Self.leastRival + (leastRivalAlike - Self.leastRival) * alikeness
    let rival = ranked.count > rivalRank ? ranked[rivalRank] : least
    let most = mostRival + max(0, Self.mostRivalAlike - mostRival) * alikeness
    return constant + pairWeight * min(max(pair, -Self.mostPair), Self.mostPair)
      + rivalWeight * min(max(rival, least), most)
  }

  /// The probability of log-odds, 0...1.
  ///
  /// Rounded to 1/10,000: logarithms differ in their last digit from one machine's library to another's, and reports must not.
  static func probability(_ logOdds: Double) -> Double { (10_000 / (1 + exp(-logOdds))).rounded() / 10_000 }
}

// MARK: What was fitted

extension DetailScore {
  /// For pairs of which one has fewer than 64 pixels on a side.
  static let small = DetailScore(
    constant: -15.66825, outlineWeight: 0.145917, stretchWeight: -1.841749, exactnessWeight: 0.589701,
    weights: [
      2.584418,  // shift gap
      1.717902,  // telling cells
      4.961718,  // telling fit
      2.66624,  // in place
      -4.923018,  // shared detail
      0.085192,  // lower shift gap
      3.677986,  // median fit
      3.39504,  // upper fit
      0.101335,  // finest coherence
      -0.957405,  // fine coherence
      0.941524,  // explained
    ],
    leastOutline: -16)

  /// For all others.
  static let large = DetailScore(
    constant: -5.89404, outlineWeight: 0.418187, stretchWeight: 2.48651, exactnessWeight: 0,
    weights: [
      1.29709,  // shift gap
      0.229125,  // telling cells
      3.96782,  // telling fit
      2.00113,  // in place
      1.04653,  // shared detail
      1.37848,  // lower shift gap
      0.516413,  // median fit
      -0.961365,  // upper fit
      0.168945,  // finest coherence
      0.210229,  // fine coherence
      0,  // explained
    ],
    leastOutline: -6)
}

extension DatasetScore {
  /// For pairs of which one has fewer than 64 pixels on a side.
  static let small = DatasetScore(
    constant: -3.957, pairWeight: 1.33931, rivalWeight: -1.151135, rivalRank: 0, leastRivalAlike: -6,
    mostRival: 1)

  /// For all others: the second best of the others, so that two copies beside each other do not count against each other.
  static let large = DatasetScore(
    constant: -5.65, pairWeight: 1.1093, rivalWeight: -0.987861, rivalRank: 1,
    leastRivalAlike: -3, mostRival: -1)
}
