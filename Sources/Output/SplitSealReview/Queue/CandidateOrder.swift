internal import SplitSealMatch
internal import SplitSealStatistics

/// In which order candidates are looked at.
enum CandidateOrder: String, CaseIterable, Sendable {
  /// Pairs in doubt first, the surest before the others; then findings, those nearest to the threshold first; then what is
  /// below, nearest first.
  ///
  /// A look changes most where the detector cannot tell: enough pairs in doubt make the verdict inconclusive. Findings
  /// count for the verdict too, and the detector is least sure of those near the threshold.
  case doubtful
  /// The highest score first.
  case score
  /// The nearest to the threshold first, findings or not.
  case nearest
  /// Findings in random order, then what is below the threshold in random order: the first ones are a sample of all.
  case random

  /// The seed of the random order: the same sample whenever somebody looks, so that a review can be gone on with.
  static let seed: UInt64 = 2026

  /// All candidates, in order.
  ///
  /// - Parameters:
  ///   - candidates: The candidates.
  ///   - threshold: The reporting threshold, 0...1.
  /// - Returns: Their indices.
  func sorted(_ candidates: [Candidate], threshold: Double) -> [Int] {
    let indices = Array(candidates.indices)
    func score(_ index: Int) -> Double { candidates[index].match.score }
    switch self {
    case .doubtful:
      let (reported, below) = Self.parted(candidates)
      let falling = below.sorted { (score($1), $0) < (score($0), $1) }
      return falling.filter { candidates[$0].isInDoubt } + reported.sorted { (score($0), $0) < (score($1), $1) }
        + falling.filter { !candidates[$0].isInDoubt }
    case .score:
      return indices.sorted { (score($1), $0) < (score($0), $1) }
    case .nearest:
      return indices.sorted { (abs(score($0) - threshold), $0) < (abs(score($1) - threshold), $1) }
    case .random:
      var (reported, below) = Self.parted(candidates)
      for part in 0..<2 {
        var generator = SeededGenerator(seed: Self.seed, stream: part)
        if part == 0 {
          generator.moveToFront(reported.count, of: &reported)
        } else {
          generator.moveToFront(below.count, of: &below)
        }
      }
      return reported + below
    }
  }

  private static func parted(_ candidates: [Candidate]) -> (reported: [Int], below: [Int]) {
    (
      candidates.indices.filter { candidates[$0].isReported },
      candidates.indices.filter { !candidates[$0].isReported }
    )
  }
}

/// Which candidates are looked at.
struct CandidateFilter: Hashable, Sendable {
  /// Of which scores.
  enum Band: String, Sendable {
    case all, doubt, reported, below
  }

  /// Of which state.
  enum State: String, Sendable {
    case all, undecided, decided, same, different, unsure
  }

  /// Of which labels.
  enum Labels: String, Sendable {
    case all, equal, two
  }

  /// Index of the pair of splits; `nil` for all.
  var splitPair: Int?
  /// Scores.
  var band = Band.all
  /// What was decided.
  var state = State.all
  /// Labels.
  var labels = Labels.all

  /// Whether a candidate is among those that are looked at.
  ///
  /// - Parameters:
  ///   - candidate: The candidate.
  ///   - judgement: What was decided of it; empty where nothing is.
  /// - Returns: Whether all parts of the filter let it pass.
  func admits(_ candidate: Candidate, _ judgement: String) -> Bool {
    if let splitPair, candidate.splitPair != splitPair { return false }
    switch band {
    case .all: break
    case .doubt: guard candidate.isInDoubt else { return false }
    case .reported: guard candidate.isReported else { return false }
    case .below: guard !candidate.isReported else { return false }
    }
    switch labels {
    case .all: break
    case .equal: guard !candidate.hasTwoLabels else { return false }
    case .two: guard candidate.hasTwoLabels else { return false }
    }
    switch state {
    case .all: return true
    case .undecided: return judgement.isEmpty
    case .decided: return !judgement.isEmpty
    case .same, .different, .unsure: return judgement == state.rawValue
    }
  }
}
