/// The name of a rule: stable, kebab-case.
public struct RuleID: RawRepresentable, Hashable, Sendable {
  /// The name as reports and policies write it.
  public let rawValue: String

  /// Wraps a name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Same bytes, or same pixels under other bytes, in two splits.
  public static let exactDuplicate = RuleID(rawValue: "exact-duplicate")
  /// One picture in two splits, edited.
  public static let nearDuplicate = RuleID(rawValue: "near-duplicate")
  /// Pairs of two splits that may be copies or only look alike.
  public static let inDoubt = RuleID(rawValue: "in-doubt")
  /// One picture many times in a split.
  public static let redundancy = RuleID(rawValue: "redundancy")
  /// One path twice in a split, or in two splits.
  public static let duplicateRow = RuleID(rawValue: "duplicate-row")
  /// One picture with two labels.
  public static let labelConflict = RuleID(rawValue: "label-conflict")
  /// An image that could not be read.
  public static let unreadableImage = RuleID(rawValue: "unreadable-image")
  /// A class that one split has and another lacks.
  public static let classMissing = RuleID(rawValue: "class-missing")
  /// A class ratio outside the declared one.
  public static let classImbalance = RuleID(rawValue: "class-imbalance")
  /// Class shares that differ between splits more than chance allows.
  public static let classSkew = RuleID(rawValue: "class-skew")
  /// A subject, patient, video or scene in two splits.
  public static let groupLeak = RuleID(rawValue: "group-leak")
  /// Neighbouring frames of one sequence in two splits.
  public static let sequenceLeak = RuleID(rawValue: "sequence-leak")
  /// Test images that are older than training images where they have to be younger.
  public static let dates = RuleID(rawValue: "dates")
  /// Size, format, brightness and the like that differ between splits.
  public static let propertyDrift = RuleID(rawValue: "property-drift")
  /// A trivial property that predicts the label.
  public static let shortcut = RuleID(rawValue: "shortcut")
  /// A test image that an earlier report has in a training or validation split.
  public static let movedIntoTest = RuleID(rawValue: "moved-into-test")
  /// Images that are in the other role of a dataset that others published.
  public static let referenceLeak = RuleID(rawValue: "reference-leak")
}
