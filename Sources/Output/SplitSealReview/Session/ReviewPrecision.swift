internal import SplitSealStatistics

/// What was decided of some candidates.
struct DecisionCounts: Hashable, Sendable {
  /// Candidates.
  var total = 0
  /// Of them one picture.
  var same = 0
  /// Of them two pictures.
  var different = 0
  /// Of them looked at and not told.
  var unsure = 0

  /// Looked at, told or not.
  var decided: Int { same + different + unsure }
  /// Told.
  var judged: Int { same + different }
  /// The 95 % interval of the share that is one picture among those that were told.
  var interval: WilsonInterval { WilsonInterval(same, of: judged) }

  /// Counts a candidate by the name of what was decided; empty where nothing is.
  mutating func add(_ judgement: String) {
    total += 1
    switch judgement {
    case "same": same += 1
    case "different": different += 1
    case "unsure": unsure += 1
    default: break
    }
  }
}

/// What can be said of the candidates on one side of the threshold.
struct BandStatistics: Hashable, Sendable {
  /// A sample that is not all decided.
  struct PendingSample: Hashable, Sendable {
    let size: Int
    let decided: Int
  }

  /// The least number of pairs of a random sample; the next ones are twice as large, and the last one is all.
  static let smallestSample = 50

  /// All of them, and what was decided in whatever order: holds for what was looked at alone.
  let all: DecisionCounts
  /// The largest sample of the random order all of which is decided: an estimate for all; `nil` where there is none.
  ///
  /// Sizes are fixed in advance: when the counting stops does not depend on what was decided.
  let sample: DecisionCounts?
  /// The sample that comes next; `nil` when all are decided.
  let nextSample: PendingSample?

  /// Counts.
  ///
  /// - Parameter judgements: Of each candidate, in the random order; empty where nothing is decided.
  init(_ judgements: [String]) {
    var all = DecisionCounts()
    var sample: DecisionCounts?
    var next: PendingSample?
    var size = min(Self.smallestSample, judgements.count)
    for judgement in judgements {
      all.add(judgement)
      guard all.total == size else { continue }
      if all.decided == size {
        sample = all
      } else if next == nil {
        next = PendingSample(size: size, decided: all.decided)
      }
      size = min(size * 2, judgements.count)
    }
    (self.all, self.sample, nextSample) = (all, sample, next)
  }
}
