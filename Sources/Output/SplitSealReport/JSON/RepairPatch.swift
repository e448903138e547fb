internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
public import SplitSealRepair

/// What a repair does to each row, as CSV:
/// `action,path,split,new_split,label,reason,because_path,because_split,score`.
///
/// One row for each row of the manifests that does not stay as it is, in manifest order.
/// - Source: RFC 4180, with lines that end in LF.
public struct RepairPatch {
  private let plan: RepairPlan

  /// Prepares the list.
  public init(_ plan: RepairPlan) { self.plan = plan }

  /// The whole file.
  public var text: String {
    let manifest = plan.manifest
    var text = "action,path,split,new_split,label,reason,because_path,because_split,score\n"
    for action in plan.actions {
      let sample = manifest.samples[action.sample]
      let other = action.because.map { manifest.samples[$0] }
      let cells = [
        action.newSplit == nil ? "drop" : "move", sample.path, manifest.splits[sample.split].name,
        action.newSplit.map { manifest.splits[$0].name } ?? "", sample.label.map { manifest.labels[$0] } ?? "",
        reason(action), other?.path ?? "", other.map { manifest.splits[$0.split].name } ?? "", score(action.reason),
      ]
      text += cells.map { delimitedCell($0) }.joined(separator: ",") + "\n"
    }
    return text
  }

  private func reason(_ action: RepairAction) -> String {
    let other = action.because.map { plan.manifest.samples[$0] }
    let place = other.map { "\($0.path) of \(plan.manifest.splits[$0.split].name)" } ?? ""
    let moves = action.because.map { plan.splitOf[$0] != plan.manifest.samples[$0].split } ?? false
    let alsoMoves = moves && action.newSplit != nil ? ", which moves too" : ""
    switch action.reason {
    case .equal: return "is equal to \(place)" + alsoMoves
    case .match(let score): return "matches \(place) with probability \(probability(score))" + alsoMoves
    case .group(let grouping, let name, let count):
      let split = other.map { plan.manifest.splits[$0.split].name } ?? ""
      let images = "\(grouped(count)) \(count == 1 ? "image" : "images")"
      return "shares \(grouping) '\(name)' with \(images) of \(split)" + alsoMoves
    case .balance(let label):
      return label.map { "balances class '\(plan.manifest.labels[$0])'" } ?? "balances the splits' sizes"
    case .ratio(let label):
      let name = label.map { "of class '\(plan.manifest.labels[$0])'" } ?? "without a label"
      return "is one too many \(name) for the declared ratio"
    }
  }

  private func score(_ reason: RepairReason) -> String {
    switch reason {
    case .equal: fixed(1, digits: 4)
    case .match(let score): fixed(score, digits: 4)
    case .group, .balance, .ratio: ""
    }
  }
}
