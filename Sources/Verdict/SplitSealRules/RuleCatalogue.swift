/// What one rule is about: the only place that says so.
///
/// The names that policies and waivers may hold, the help in SARIF, the sections of reports and the table in
/// docs/rules.md all come from here.
public struct RuleDescription: Hashable, Sendable {
  /// What a rule looks at; reports sum up by it what was checked and found in order.
  public enum Topic: String, Hashable, Sendable, CaseIterable {
    /// One picture in two splits.
    case copies = "copies between splits"
    /// Subjects, sequences and dates that splits share or mix up.
    case groups = "groups, sequences and dates"
    /// Earlier reports, and datasets that others published.
    case elsewhere = "earlier reports and other datasets"
    /// One picture several times within a split.
    case repeats = "repeats within a split"
    /// Whether files can be read, and rows stand once.
    case files = "files and rows"
    /// Labels, classes and their shares.
    case classes = "labels and classes"
    /// Size, format, brightness, camera and the like.
    case properties = "image properties"
  }

  /// The rule's name.
  public let id: RuleID
  /// What it looks at.
  public let topic: Topic
  /// What it finds: lower case, without a full stop.
  public let finds: String
  /// What to do about it, as a sentence.
  public let remedy: String
  /// Its severity, where it has one; the worst where that depends on what was found.
  public let worst: Severity
  /// Its default severity in words, for the table of rules: `error across splits, warning within one`.
  public let severity: String
  /// Whether it finds leaks between two splits, which an allowed overlap can be about.
  public let isLeak: Bool
  /// Whether it rests on a statistical test, so that chance can fire it.
  public let isStatistical: Bool

  init(
    _ id: RuleID, _ topic: Topic, finds: String, remedy: String, _ worst: Severity, severity: String? = nil,
    isLeak: Bool = false, isStatistical: Bool = false
  ) {
    self.id = id
    self.topic = topic
    self.finds = finds
    self.remedy = remedy
    self.worst = worst
    self.severity = severity ?? worst.rawValue
    self.isLeak = isLeak
    self.isStatistical = isStatistical
  }

  /// The rule's section in the documentation, as a path in the tool's repository.
  public var page: String { "docs/rules.md#\(id.rawValue)" }
}

/// Every rule, in the order in which reports speak of them.
public enum RuleCatalogue {
  /// The descriptions.
  public static let all: [RuleDescription] = [
    RuleDescription(
      .exactDuplicate, .copies, finds: "the same bytes, or the same pixels under other bytes, in two splits",
      remedy: "Remove the copy from one of the splits; usually from training.", .error, isLeak: true),
    RuleDescription(
      .nearDuplicate, .copies, finds: "one picture in two splits, edited",
      remedy: "Look at both; remove one, or waive the finding with a reason.", .error, isLeak: true),
    RuleDescription(
      .inDoubt, .copies, finds: "pairs of two splits that may be copies or only look alike",
      remedy: "Look at them with splitseal review and say which are one picture.", .note),
    RuleDescription(
      .redundancy, .repeats, finds: "one picture several times within a split",
      remedy: "Keep one of the pictures, or declare that repeats are meant.", .warning,
      severity: "warning from 1 % of a split on, else note"),
    RuleDescription(
      .duplicateRow, .files, finds: "one path named twice", remedy: "Remove one of the rows.", .error,
      severity: "error across splits, warning within one"),
    RuleDescription(
      .groupLeak, .groups, finds: "a subject, patient, video or scene in two splits",
      remedy: "Keep each group in one split.", .error, severity: "error, warning", isLeak: true),
    RuleDescription(
      .sequenceLeak, .groups, finds: "neighbouring frames of one sequence in two splits",
      remedy: "Split by sequence, not by frame.", .error, severity: "error, warning", isLeak: true),
    RuleDescription(
      .dates, .groups, finds: "test images that are not later than training, where they have to be",
      remedy: "Split by date.", .error),
    RuleDescription(
      .labelConflict, .classes, finds: "one picture with two labels",
      remedy: "Find out which label is right and correct the other.", .error,
      severity: "error for copies, warning or note for near-duplicates", isLeak: true),
    RuleDescription(
      .unreadableImage, .files, finds: "an image that could not be read",
      remedy: "Restore or remove the file; until then it was not checked.", .warning),
    RuleDescription(
      .classMissing, .classes, finds: "a class that a split lacks, or that has too few test images",
      remedy: "Add images of the class, or leave the class out.", .error, severity: "error, warning, note"),
    RuleDescription(
      .classImbalance, .classes, finds: "a class ratio that is not the declared one, or a class that is very rare",
      remedy: "Rebalance the split, or declare the ratio that is meant.", .error, severity: "error, warning",
      isStatistical: true),
    RuleDescription(
      .classSkew, .classes, finds: "classes whose shares differ between splits beyond chance",
      remedy: "Split anew by class, or say why the shares differ.", .error, severity: "error, warning",
      isStatistical: true),
    RuleDescription(
      .propertyDrift, .properties,
      finds: "size, format, brightness, sharpness, camera and the like that differ between splits",
      remedy: "Prepare all splits in the same way, or say why they differ.", .error, severity: "error, warning",
      isStatistical: true),
    RuleDescription(
      .shortcut, .properties, finds: "a trivial property of images that predicts the label",
      remedy: "Prepare the images of all classes in the same way.", .error, severity: "error, warning",
      isStatistical: true),
    RuleDescription(
      .movedIntoTest, .elsewhere, finds: "a test image that an earlier report has in train or val",
      remedy: "Put the image back, or release new splits as such.", .error, severity: "error, note"),
    RuleDescription(
      .referenceLeak, .elsewhere,
      finds: "training images in the test split of a published dataset, or test images in its training split",
      remedy: "Remove the images, or do not report results on both datasets.", .warning,
      severity: "warning, note where it is only suspected"),
  ]
}

extension RuleID {
  /// Every rule's name: those that policies and waivers may hold.
  public static let all: [RuleID] = RuleCatalogue.all.map(\.id)
  /// The rules that find leaks between two splits: those that an allowed overlap can be about.
  public static let leaks: [RuleID] = RuleCatalogue.all.filter(\.isLeak).map(\.id)
}
