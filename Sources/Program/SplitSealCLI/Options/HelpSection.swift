internal import SplitSealRules

/// The titles under which a command's help lists the options that are not among its most used ones.
enum HelpSection {
  static let reading = "Reading the dataset"
  static let policy = "Policy"
  static let verdict = "Verdict"
  static let balance = "Class balance"
  static let detection = "Detection"
  static let waivers = "Waivers and decisions"
  static let model = "Results of a model"
  static let reports = "Reports"
  static let charts = "Charts"
  static let certificate = "Certificate"
  static let hidden = "Hidden records"
  static let depth = "How much is checked"
  static let signers = "Trusted signers and timestamps"
  static let expected = "Hidden records and reference packs"
  static let review = "Signed review"
  static let audit = "With --audit"
  static let speed = "Speed, cache and output"
}
