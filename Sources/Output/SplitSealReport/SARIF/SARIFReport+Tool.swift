internal import SplitSealRules
internal import SplitSealAudit
internal import SplitSealJSON
internal import SplitSealPolicy

extension SARIFReport {
  /// What the run says beside its results.
  enum Notification: String, CaseIterable {
    /// Why too little was checked to say pass.
    case inconclusive
    /// What was not looked at; does not touch the verdict.
    case notChecked = "not-checked"
    /// That there are more findings than results.
    case notListed = "not-listed"

    fileprivate var words: String {
      switch self {
      case .inconclusive: "too little could be checked to say pass"
      case .notChecked: "something was not looked at, which does not touch the verdict"
      case .notListed: "there are more findings than results"
      }
    }
  }

  /// The tool with its rules, all of them, in the order of reports.
  var driver: JSONValue {
    .object([
      "name": .string("SplitSeal"),
      "version": .string(context.toolVersion),
      "semanticVersion": .string(context.toolVersion),
      "rules": .array(RuleCatalogue.all.map(descriptor)),
      "notifications": .array(
        Notification.allCases.map { kind in
          .object(["id": .string(kind.rawValue), "shortDescription": Self.message(kind.words)])
        }),
    ])
  }

  private static func tags(of rule: RuleDescription) -> [String] {
    ["dataset", "splits"] + (rule.isLeak ? ["leak"] : []) + (rule.isStatistical ? ["statistics"] : [])
  }

  /// A rule; a `helpUri` has to be absolute, and the documentation travels with the tool: the help names its section.
  private func descriptor(_ help: RuleDescription) -> JSONValue {
    .object([
      "id": .string(help.id.rawValue),
      "shortDescription": Self.message(help.finds),
      "fullDescription": Self.message("Finds \(help.finds). \(help.remedy)"),
      "help": .object([
        "text": .string("Finds \(help.finds). \(help.remedy) How it is computed, and its defaults: \(help.page)"),
        "markdown": .string(
          "Finds \(help.finds).\n\n**Settle it.** \(help.remedy)\n\nHow it is computed, and its defaults: `\(help.page)`"
        ),
      ]),
      "defaultConfiguration": .object(["level": .string(help.worst.rawValue)]),
      "properties": .object(["tags": .array(Self.tags(of: help).map { .string($0) })]),
    ])
  }
}
