/// What a split is for.
public enum SplitRole: String, Hashable, Sendable, CaseIterable {
  case training
  case validation
  case test
  /// A split that is none of the three, declared so by the user.
  case other
}

/// A named part of the dataset.
///
/// A struct and not an enum: datasets have `test-easy`, `val2`, `holdout`; only the role is ours to fix.
public struct Split: Hashable, Sendable {
  /// Most splits of one dataset: every pair of them is compared, and has a line in reports and certificates.
  public static let maximumCount = 128

  /// The name as the manifest writes it.
  public let name: String
  /// What the split is for.
  public let role: SplitRole

  /// Makes a split of a given name and role.
  public init(name: String, role: SplitRole) {
    self.name = name
    self.role = role
  }
}

extension SplitRole {
  /// The role that a split name stands for, ignoring case; `nil` when the name is none of the field's usual ones.
  ///
  /// `train`, `training`; `val`, `valid`, `validation`, `dev`; `test`, `testing`, `eval`, `evaluation`; each also with a year
  /// or a word that adds nothing: `train2017`, `test_images`, `validation-set`.
  /// - Source: the synonyms that Hugging Face's dataset builders accept.
  public init?(splitName: String) {
    guard let word = FolderNames.splitWord(of: splitName) else { return nil }
    switch word {
    case "train", "training": self = .training
    case "val", "valid", "validation", "dev": self = .validation
    case "test", "testing", "eval", "evaluation": self = .test
    default: return nil
    }
  }
}
