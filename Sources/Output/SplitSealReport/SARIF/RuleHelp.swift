internal import SplitSealAudit
internal import SplitSealPolicy

/// What a rule finds and how a finding of it is settled, for formats that carry help with each rule; the whole of it is
/// in `docs/rules.md`.
struct RuleHelp {
  let rule: RuleID
  /// What it finds: lower case, without a full stop.
  let finds: String
  /// What to do about it.
  let remedy: String
  /// Its severity where it has one; the worst where that depends on what was found.
  let severity: Severity

  /// The rule's section in the documentation, as a path in the tool's repository.
  var page: String { "docs/rules.md#\(rule.rawValue)" }

  /// The help of every rule, in the order in which reports speak of them.
  static let all: [RuleHelp] = Audit.rules.map { RuleHelp($0.id) }

  private init(_ rule: RuleID) {
    self.rule = rule
    (finds, remedy, severity) = Self.words[rule] ?? ("see the documentation", "See the documentation.", .error)
  }

  private static let words: [RuleID: (String, String, Severity)] = [
    .exactDuplicate: (
      "the same bytes, or the same pixels under other bytes, in two splits",
      "Remove the copy from one of the splits; usually from training.", .error
    ),
    .nearDuplicate: (
      "one picture in two splits, edited", "Look at both; remove one, or waive the finding with a reason.", .error
    ),
    .inDoubt: (
      "pairs of two splits that may be copies or only look alike",
      "Look at them with splitseal review and say which are one picture.", .note
    ),
    .redundancy: (
      "one picture several times within a split", "Keep one of the pictures, or declare that repeats are meant.",
      .warning
    ),
    .duplicateRow: ("one path named twice", "Remove one of the rows.", .error),
    .groupLeak: (
      "a subject, patient, video or scene in two splits", "Keep each group in one split.", .error
    ),
    .sequenceLeak: (
      "neighbouring frames of one sequence in two splits", "Split by sequence, not by frame.", .error
    ),
    .dates: (
      "test images that are not later than training, where they have to be", "Split by date.", .error
    ),
    .labelConflict: ("one picture with two labels", "Find out which label is right and correct the other.", .error),
    .unreadableImage: (
      "an image that could not be read", "Restore or remove the file; until then it was not checked.", .warning
    ),
    .classMissing: (
      "a class that a split lacks, or that has too few test images", "Add images of the class, or leave the class out.",
      .error
    ),
    .classImbalance: (
      "a class ratio that is not the declared one, or a class that is very rare",
      "Rebalance the split, or declare the ratio that is meant.", .error
    ),
    .classSkew: (
      "classes whose shares differ between splits beyond chance", "Split anew by class, or say why the shares differ.",
      .error
    ),
    .propertyDrift: (
      "size, format, brightness, sharpness, camera and the like that differ between splits",
      "Prepare all splits in the same way, or say why they differ.", .error
    ),
    .shortcut: (
      "a trivial property of images that predicts the label", "Prepare the images of all classes in the same way.",
      .error
    ),
    .movedIntoTest: (
      "a test image that an earlier report has in train or val", "Put the image back, or release new splits as such.",
      .error
    ),
    .referenceLeak: (
      "training images in the test split of a published dataset, or test images in its training split",
      "Remove the images, or do not report results on both datasets.", .warning
    ),
  ]
}
