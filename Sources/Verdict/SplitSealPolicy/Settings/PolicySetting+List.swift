extension PolicySetting {
  /// Every setting, in the order of the file.
  static var all: [PolicySetting] { verdict + classes + classLimits + properties + grouping + exceptions }

  private static var verdict: [PolicySetting] {
    [
      PolicySetting(
        "fail-on", word(\.failOn), laxer: .unknown, "the least severity that fails the audit: note, warning or error"),
      PolicySetting(
        "severities", .severities,
        "severities that are not the rules' own, {RULE: off, note, warning or error}; a rule's notes stay notes"),
      PolicySetting(
        "unreadable-share", .decimal(\.allowedUnreadableShare, 0...1), laxer: .higher,
        "share of a split's images that may be unreadable without making the verdict inconclusive, 0 to 1"),
      PolicySetting(
        "unsettled-share", .decimal(\.allowedUnsettledShare, 0...1), laxer: .higher,
        "share of a split's images that may show too little to be compared, or have pairs in doubt, without making the"
          + " verdict inconclusive, 0 to 1"),
      PolicySetting(
        "redundancy-share", .decimal(\.redundancyWarningShare, 0...1), laxer: .higher,
        "share of a split's images that may repeat another one before that is a warning, 0 to 1"),
      PolicySetting(
        "match.method", word(\.match.method), laxer: .words([MatchDeclaration.Method.pdq.rawValue]),
        "how near-duplicates are found: alignment or pdq"),
      PolicySetting(
        "match.threshold", .decimal(\.match.threshold, 0...1), laxer: .higher,
        "pairs that score this or more are near-duplicates, 0 to 1"),
    ]
  }

  private static var classes: [PolicySetting] {
    [
      PolicySetting(
        "classes", .classes, "the class ratio that is declared, {LABEL: PART}, two classes or more, or none"),
      PolicySetting(
        "class-tolerance", .decimal(\.ratioTolerance, 0...1_000), laxer: .higher,
        "how far a split may be off the declared ratio: 0.1 is 10 %"),
      PolicySetting(
        "labels.kind", word(\.classes.kind),
        "what labels are: auto (told from them), single, multiple (several classes an image) or number"),
      PolicySetting("labels.separator", .text(\.classes.separator), "what parts the classes of one label"),
    ]
  }

  private static var classLimits: [PolicySetting] {
    [
      PolicySetting(
        "class-limits.least-images", .integer(\.classes.leastImageCount, 1...1_000_000_000),
        "splits with fewer labelled images are not compared, and the verdict is no pass"),
      PolicySetting(
        "class-limits.least-groups", .integer(\.classes.leastGroupCount, 1...1_000_000_000),
        "splits with fewer groups are not compared where images come in groups, and the verdict is no pass"),
    ] + level("warning", \.classes.warning) + level("error", \.classes.error) + [
      PolicySetting(
        "class-limits.permutations", .integer(\.classes.permutationCount, 99...1_000_000),
        "random assignments that a Monte-Carlo test draws"),
      PolicySetting("class-limits.seed", .seed(\.classes.seed), "seed of the random assignments"),
      PolicySetting(
        "class-limits.least-support", .integer(\.classes.leastSupport, 0...1_000_000_000), laxer: .lower,
        "fewer test images of a class are a warning"),
      PolicySetting(
        "class-limits.good-support", .integer(\.classes.goodSupport, 0...1_000_000_000), laxer: .lower,
        "fewer test images of a class are a note"),
      PolicySetting(
        "class-limits.imbalance-ratio", .decimal(\.classes.imbalanceRatio, 1...1e9), laxer: .higher,
        "the commonest class over the rarest above which there is a warning"),
      PolicySetting(
        "class-limits.rarest-share", .decimal(\.classes.rarestShare, 0...1), laxer: .lower,
        "a rarest class below this part of an equal share is a warning, 0 to 1"),
      PolicySetting(
        "class-limits.equivalence-margin", .decimal(\.classes.equivalenceMargin, 0...1), laxer: .higher,
        "class shares are called equal when the upper 95 % bound of the largest difference is below, 0 to 1"),
    ]
  }

  private static func level(
    _ name: String, _ path: WritableKeyPath<Policy, ClassLimits.Level>
  ) -> [PolicySetting] {
    let severity = name == "error" ? "an error" : "a warning"
    return [
      PolicySetting(
        "class-limits.\(name).p", .decimal(path.appending(path: \.pValue), 0...1), laxer: .lower,
        "for \(severity) the adjusted p-value of a difference has to be below, 0 to 1"),
      PolicySetting(
        "class-limits.\(name).share-ratio", .decimal(path.appending(path: \.shareRatio), 1...1e9), laxer: .higher,
        "and the ratio of a class's shares above, 1 or more"),
      PolicySetting(
        "class-limits.\(name).distance-excess", .decimal(path.appending(path: \.distanceExcess), 0...1), laxer: .higher,
        "or the total variation distance less that of chance above, 0 to 1"),
    ]
  }

  private static var properties: [PolicySetting] {
    func drift(_ name: String, _ kind: Kind, _ laxness: Laxness, _ meaning: String) -> PolicySetting {
      PolicySetting("property-drift.\(name)", kind, laxer: laxness, meaning)
    }
    return [
      drift(
        "least-images", .integer(\.propertyDrift.leastImageCount, 1...1_000_000_000), .higher,
        "splits with fewer readable images are not compared"),
      drift(
        "p", .decimal(\.propertyDrift.pValue, 0...1), .lower, "the adjusted p-value of a difference has to be below"),
      drift(
        "warning-distance", .decimal(\.propertyDrift.warningDistance, 0...1), .higher,
        "the distance of two distributions above which there is a warning, 0 to 1"),
      drift("error-distance", .decimal(\.propertyDrift.errorDistance, 0...1), .higher, "the same for an error"),
      drift(
        "warning-area", .decimal(\.propertyDrift.warningArea, 0.5...1), .higher,
        "area under the curve of a classifier that tells the splits apart, above which there is a warning, 0.5 to 1"),
      drift("error-area", .decimal(\.propertyDrift.errorArea, 0.5...1), .higher, "the same for an error"),
      drift("area-p", .decimal(\.propertyDrift.areaPValue, 0...1), .lower, "the p-value of that area has to be below"),
      drift(
        "permutations", .integer(\.propertyDrift.permutationCount, 99...1_000_000), .unknown,
        "random assignments that a Monte-Carlo test draws"),
      drift("seed", .seed(\.propertyDrift.seed), .unknown, "seed of the random assignments"),
      PolicySetting(
        "shortcut.least-images", .integer(\.shortcut.leastImageCount, 1...1_000_000_000), laxer: .higher,
        "splits with fewer labelled and readable images are not looked at"),
      PolicySetting(
        "shortcut.warning-gain", .decimal(\.shortcut.warningGain, 0...1), laxer: .higher,
        "balanced accuracy of one property above a constant answer's that makes a warning, 0 to 1"),
      PolicySetting(
        "shortcut.error-gain", .decimal(\.shortcut.errorGain, 0...1), laxer: .higher, "the same for an error"),
      PolicySetting("shortcut.seed", .seed(\.shortcut.seed), "seed of the cross-validation's parts"),
    ]
  }

  private static var grouping: [PolicySetting] {
    [
      PolicySetting(
        "groups.columns", .texts(\.grouping.columns, areExpressions: false),
        "columns of groups (subject, patient, video, scene); none looks for the usual names"),
      PolicySetting(
        "groups.patterns", .texts(\.grouping.patterns, areExpressions: true),
        "regular expressions over paths whose first capture is the group: ['subject_(\\d+)']"),
      PolicySetting("time.column", .optionalText(\.grouping.timeColumn), "column of the capture time, null for none"),
      PolicySetting(
        "time.test-later", .flag(\.grouping.isTestLater),
        "whether every test image has to be younger than every training image"),
      PolicySetting(
        "time.leaking-steps", .decimal(\.grouping.leakingSteps, 0...1e9), laxer: .lower,
        "a test frame this many of its sequence's steps or fewer from a training frame leaks"),
    ]
  }

  private static var exceptions: [PolicySetting] {
    [
      PolicySetting(
        "allowed-overlaps", .overlaps,
        "splits that may share pictures or groups, [{splits: [A, B], rules: [RULE], reason: WHY}]; no rules are all")
    ]
  }
}
