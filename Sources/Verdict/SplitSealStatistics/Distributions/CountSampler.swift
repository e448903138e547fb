/// Draws counts from the hypergeometric and the binomial distribution.
///
/// From the likeliest count outwards, by the ratio of neighbouring probabilities: a few times the standard deviation in
/// steps, which for class counts is less work than any method with a constant number of logarithms.
/// - Source: Kachitvichyanukul and Schmeiser, Computer Generation of Hypergeometric Random Variates, 1985 (inversion),
///   begun at the mode.
struct CountSampler: Sendable {
  private let logFactorial: LogarithmOfFactorial

  /// Prepares for totals up to `greatest`.
  init(upTo greatest: Int) { logFactorial = LogarithmOfFactorial(upTo: greatest) }

  /// How many of `marked` items are among `drawn` of `total` items.
  func hypergeometric(total: Int, marked: Int, drawn: Int, using random: inout SeededGenerator) -> Int {
    let other = total - marked - drawn
    let (low, high) = (max(0, -other), min(marked, drawn))
    guard low < high else { return low }
    let mode = min(max((drawn + 1) * (marked + 1) / (total + 2), low), high)
    let logProbability =
      logFactorial(marked) + logFactorial(total - marked) + logFactorial(drawn) + logFactorial(total - drawn)
      - logFactorial(total) - logFactorial(mode) - logFactorial(marked - mode) - logFactorial(drawn - mode)
      - logFactorial(other + mode)
    let start = exponential(logProbability)
    var left = random.uniform() - start
    if left < 0 { return mode }
    var (up, down, upper, lower) = (mode, mode, start, start)
    while up < high || down > low {
      if up < high {
        upper *= Double(marked - up) * Double(drawn - up) / (Double(up + 1) * Double(other + up + 1))
        up += 1
        left -= upper
        if left < 0 { return up }
      }
      if down > low {
        lower *= Double(down) * Double(other + down) / (Double(marked - down + 1) * Double(drawn - down + 1))
        down -= 1
        left -= lower
        if left < 0 { return down }
      }
    }
    return mode
  }

  /// How many of `trials` succeed, each with the chance `share`.
  func binomial(trials: Int, share: Double, using random: inout SeededGenerator) -> Int {
    guard trials > 0, share > 0 else { return 0 }
    guard share < 1 else { return trials }
    let mode = min(trials, Int(Double(trials + 1) * share))
    let logProbability =
      logFactorial(trials) - logFactorial(mode) - logFactorial(trials - mode)
      + Double(mode) * naturalLogarithm(share) + Double(trials - mode) * logarithmOfOnePlus(-share)
    let odds = share / (1 - share)
    let start = exponential(logProbability)
    var left = random.uniform() - start
    if left < 0 { return mode }
    var (up, down, upper, lower) = (mode, mode, start, start)
    while up < trials || down > 0 {
      if up < trials {
        upper *= Double(trials - up) / Double(up + 1) * odds
        up += 1
        left -= upper
        if left < 0 { return up }
      }
      if down > 0 {
        lower *= Double(down) / Double(trials - down + 1) / odds
        down -= 1
        left -= lower
        if left < 0 { return down }
      }
    }
    return mode
  }
}
