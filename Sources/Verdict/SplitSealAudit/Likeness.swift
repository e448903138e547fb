internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch

/// A score that is a probability, for a sentence: `0.973`, and `>0.999` rather than `1.000`.
///
/// Nothing but equal bytes and pixels is certain.
package func probability(_ score: Double) -> String { score >= 0.9995 ? ">0.999" : fixed(score, digits: 3) }

extension Match {
  /// What the first sample shows of the second, for a sentence that goes on with where the second is: `shows the same
  /// picture as`, `shows the middle of`, `in its left half shows the picture of`.
  var relation: String {
    guard let alignment else { return "shows the same picture as" }
    let place = alignment.firstView == .whole ? "" : "in its \(alignment.firstView.noun) "
    let part =
      switch (alignment.firstView, alignment.secondView) {
      case (.whole, .whole): "the same picture as"
      case (_, .whole): "the picture of"
      case (_, let view): "the \(view.noun) of"
      }
    return "\(place)shows \(part)"
  }

  /// How sure that is, for a sentence.
  var certainty: String {
    switch kind {
    case .descriptor: "by descriptors alone (score \(fixed(score, digits: 3))): the pixels could not be compared"
    case .judged: "as a person says who looked at both (score \(fixed(score, digits: 3)))"
    default: "with probability \(probability(score))"
    }
  }
}

extension DescriptorView {
  /// The view for a sentence: `middle`, `upper left part`, `left half`.
  fileprivate var noun: String {
    switch self {
    case .whole: "whole"
    case .middle: "middle"
    case .upperLeft: "upper left part"
    case .upperRight: "upper right part"
    case .lowerLeft: "lower left part"
    case .lowerRight: "lower right part"
    case .core: "centre"
    case .leftHalf: "left half"
    case .rightHalf: "right half"
    case .upperHalf: "upper half"
    case .lowerHalf: "lower half"
    case .upperLeftQuarter: "upper left quarter"
    case .upperRightQuarter: "upper right quarter"
    case .lowerLeftQuarter: "lower left quarter"
    case .lowerRightQuarter: "lower right quarter"
    }
  }
}
