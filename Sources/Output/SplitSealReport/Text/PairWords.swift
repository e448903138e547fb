internal import SplitSealFingerprint
internal import SplitSealImage
package import SplitSealMatch

extension Match {
  /// How a pair was found, in short, as every report says it: `aligned`, `mirror`, `middle = whole`.
  ///
  /// - Parameters:
  ///   - evaluated: The sample of the split that is evaluated on: its part of the picture is named first.
  ///   - namesTurn: Whether to say what turns the other picture into that one.
  /// - Returns: One to three pieces.
  package func words(evaluated: Int, namesTurn: Bool = true) -> [String] {
    let turning = evaluated == second ? orientation : orientation.inverse
    let turn = turning == .identity || !namesTurn ? [] : [turning.name]
    return switch kind {
    case .bytes: ["same bytes"]
    case .pixels: ["same pixels"]
    case .aligned: ["aligned"] + turn + views(evaluated)
    case .descriptor: ["descriptors"] + turn + views(evaluated)
    case .judged: ["seen by a person"] + turn
    case .pdq: ["\(distance ?? 0) \(sampling == .centred ? "centred bits" : "bits")"] + turn
    }
  }

  /// Which part of the evaluated picture is which of the other, unless both are whole.
  private func views(_ evaluated: Int) -> [String] {
    guard let alignment else { return [] }
    let views = [alignment.firstView, alignment.secondView]
    guard views != [.whole, .whole] else { return [] }
    return [(evaluated == first ? views : views.reversed()).map(\.name).joined(separator: " = ")]
  }
}
