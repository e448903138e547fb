internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch

/// Counts what leaked, from the listed matches.
///
/// Of every affected image at least its best match in each other split is listed, so that the images are counted in full; of
/// an image with very many matches the labels of the best ones decide.
struct LeakTally {
  /// One evaluated split, where its images were looked for, and what was found of each image that leaked.
  private struct Entry {
    let split: Int
    let references: [Int]
    var labels: [Int: LabelAgreement] = [:]
  }

  /// How the labels of an image's matches are to its own, the weakest first.
  private enum LabelAgreement: Int {
    case unknown, different, same
  }

  private let input: AuditInput
  private var entries: [Entry] = []
  /// The entries that count a match: by evaluated split, then by the other split.
  private var entriesOf: [[[Int]]]

  /// Prepares the pairs: test against training, validation and other splits, validation against training, each against all
  /// training splits where there are several.
  init(_ input: AuditInput) {
    self.input = input
    let splits = input.manifest.splits
    entriesOf = Array(repeating: Array(repeating: [], count: splits.count), count: splits.count)
    let training = splits.indices.filter { splits[$0].role == .training }
    for split in splits.indices where splits[split].role.isEvaluated {
      for other in splits.indices where Self.learns(from: splits[other].role, evaluating: splits[split].role) {
        add(Entry(split: split, references: [other]))
      }
      if training.count > 1 { add(Entry(split: split, references: training)) }
    }
    for match in input.matches.matches {
      count(match.first, match.second)
      count(match.second, match.first)
    }
  }

  private static func learns(from role: SplitRole, evaluating evaluated: SplitRole) -> Bool {
    role == .training || (evaluated == .test && role != .test)
  }

  private mutating func add(_ entry: Entry) {
    for other in entry.references { entriesOf[entry.split][other].append(entries.count) }
    entries.append(entry)
  }

  private mutating func count(_ sample: Int, _ other: Int) {
    let (ours, theirs) = (input.manifest.samples[sample], input.manifest.samples[other])
    for entry in entriesOf[ours.split][theirs.split] {
      let agreement: LabelAgreement =
        if let label = ours.label, let otherLabel = theirs.label { label == otherLabel ? .same : .different } else {
          .unknown
        }
      let before = entries[entry].labels[sample]
      if before.map({ $0.rawValue < agreement.rawValue }) ?? true { entries[entry].labels[sample] = agreement }
    }
  }

  /// The counts, by evaluated split and then by where its images were looked for, all training splits last.
  func impacts(_ classCounts: [[Int]]) -> [LeakImpact] {
    let unread = input.outcomes.indices.filter { input.outcomes[$0].fingerprint == nil }
    return entries.map { entry in
      let unchecked = unread.count { sample in
        input.manifest.samples[sample].split == entry.split && entry.labels[sample] == nil
      }
      var leaked = Array(repeating: 0, count: input.manifest.labels.count + 1)
      for sample in entry.labels.keys {
        leaked[input.manifest.samples[sample].label ?? input.manifest.labels.count] += 1
      }
      let counts = classCounts[entry.split]
      let classes = leaked.indices.filter { leaked[$0] > 0 }.map { label in
        LeakImpact.ClassLeak(
          label: label == input.manifest.labels.count ? nil : label, imageCount: counts[label],
          leakedCount: leaked[label])
      }
      return LeakImpact(
        split: entry.split, references: entry.references, imageCount: counts.reduce(0, +), uncheckedCount: unchecked,
        leakedCount: entry.labels.count, sameLabelCount: entry.labels.values.count { $0 == .same },
        otherLabelCount: entry.labels.values.count { $0 == .different }, classes: classes)
    }
  }

  /// Whether each sample has a match in a split that is for training.
  func leakedFromTraining() -> [Bool] {
    var isLeaked = Array(repeating: false, count: input.manifest.samples.count)
    let splits = input.manifest.splits
    for entry in entries where entry.references.allSatisfy({ splits[$0].role == .training }) {
      for sample in entry.labels.keys { isLeaked[sample] = true }
    }
    return isLeaked
  }
}
