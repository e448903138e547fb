/// Why a request cannot be done.
enum ReviewFault: Error, Hashable, Sendable {
  /// There is no such candidate.
  case unknownCandidate
  /// Something else was decided in the meantime.
  case decidedMeanwhile
  /// The decision is not on the disk, with the reason.
  case notSaved(String)
  /// Nothing of this session is left to take back.
  case nothingToUndo
  /// The request cannot be understood, with the reason.
  case malformed(String)
  /// The program is about to end.
  case ended

  /// What is wrong, for the person at the page.
  var message: String {
    switch self {
    case .unknownCandidate: "there is no such pair"
    case .decidedMeanwhile: "this pair was decided in the meantime, in another window"
    case .notSaved(let reason): "the decision was not saved: \(reason)"
    case .nothingToUndo: "there is no decision of this session left to undo"
    case .malformed(let reason): reason
    case .ended: "the program is about to end"
    }
  }
}
