internal import SplitSealManifest
internal import SplitSealStatistics

/// The readable, labelled images of a split, of classes that have enough of them.
struct LabelledImages {
  /// Images that a class needs.
  static let leastClassSize = 10

  /// Index into the manifest's splits.
  let split: Int
  /// Samples in manifest order.
  let samples: [Int]
  /// The class of each, as an index into ``classes``.
  let labels: [Int]
  /// Indices into the manifest's labels, ascending.
  let classes: [Int]

  /// Collects the images of a split.
  init(_ split: Int, _ readable: [Int], _ manifest: Manifest) {
    var counts = Array(repeating: 0, count: manifest.labels.count)
    for sample in readable { if let label = manifest.samples[sample].label { counts[label] += 1 } }
    classes = counts.indices.filter { counts[$0] >= Self.leastClassSize }
    var place = Array(repeating: -1, count: counts.count)
    for (index, label) in classes.enumerated() { place[label] = index }
    samples = readable.filter { sample in manifest.samples[sample].label.map { place[$0] >= 0 } ?? false }
    labels = samples.map { sample in manifest.samples[sample].label.map { place[$0] } ?? 0 }
    self.split = split
  }

  private init(split: Int, samples: [Int], labels: [Int], classes: [Int]) {
    self.split = split
    self.samples = samples
    self.labels = labels
    self.classes = classes
  }

  /// Those that have a property; itself where all do.
  func having(_ column: PropertyColumn, _ manifest: Manifest) -> LabelledImages {
    let known = samples.filter { !column.values[$0].isNaN }
    return known.count == samples.count ? self : LabelledImages(split, known, manifest)
  }
}
