internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealStatistics

/// The labelled images of the splits that the class rules compare.
struct LabelledSplits {
  /// Indices into the manifest's splits: roles training, validation and test, at least one label; training first, then
  /// validation, then test, each in manifest order.
  let splits: [Int]
  /// Images by split and class; an image of several classes counts for each of them.
  let counts: [[Int]]
  /// Labelled images by split.
  let totals: [Int]
  /// Images without a label by split.
  let unlabelled: [Int]

  /// Counts the labels.
  init(_ input: AuditInput) {
    let splitCount = input.manifest.splits.count
    var counts = Array(repeating: Array(repeating: 0, count: input.reading.classNames.count), count: splitCount)
    var totals = Array(repeating: 0, count: splitCount)
    var unlabelled = totals
    for image in input.labelledImages() {
      let split = input.manifest.samples[image.sample].split
      if image.hasLabel { totals[split] += 1 } else { unlabelled[split] += 1 }
      for label in image.classes { counts[split][label] += 1 }
    }
    let roles: [SplitRole] = [.training, .validation, .test]
    splits = roles.flatMap { role in
      totals.indices.filter { input.manifest.splits[$0].role == role && totals[$0] > 0 }
    }
    self.counts = counts
    self.totals = totals
    self.unlabelled = unlabelled
  }

  /// The classes that some of the given splits hold, ascending.
  func labels(in splits: [Int]) -> [Int] {
    guard let labelCount = counts.first?.count else { return [] }
    return (0..<labelCount).filter { label in splits.contains { counts[$0][label] > 0 } }
  }
}

/// One image and its classes.
struct LabelledImage {
  /// Its first row.
  let sample: Int
  /// Its classes, ascending; empty when it has no label, or labels are no classes.
  let classes: [Int]
  /// Whether it has a label.
  let hasLabel: Bool
}

extension AuditInput {
  /// The images in the order of their first rows: one a row, or one for all rows of a path in a split where images have
  /// several classes.
  func labelledImages() -> [LabelledImage] {
    let samples = manifest.samples
    var rowsOf: [Int: [Int]] = [:]
    var isLater = Array(repeating: false, count: reading.isMultiple ? samples.count : 0)
    if reading.isMultiple {
      for rows in paths.repeated {
        for split in splits(of: rows) {
          let own = rows.filter { samples[$0].split == split }
          rowsOf[own[0]] = own
          for row in own.dropFirst() { isLater[row] = true }
        }
      }
    }
    return samples.indices.compactMap { index in
      if reading.isMultiple, isLater[index] { return nil }
      guard let rows = rowsOf[index] else {
        let label = samples[index].label
        return LabelledImage(sample: index, classes: classes(ofLabel: label), hasLabel: label != nil)
      }
      let labels = rows.compactMap { samples[$0].label }
      return LabelledImage(
        sample: index, classes: Set(labels.flatMap(classes(ofLabel:))).sorted(), hasLabel: !labels.isEmpty)
    }
  }

  private func classes(ofLabel label: Int?) -> [Int] {
    guard let label, reading.meaning == .classes else { return [] }
    return reading.classesOfLabel[label]
  }

  /// The class with the given index, quoted.
  func name(ofClass index: Int) -> String { reading.classNames[index].quoted }
}
