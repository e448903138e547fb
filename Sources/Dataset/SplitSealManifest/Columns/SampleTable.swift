internal import SplitSealBase

/// Collects the rows of a dataset, whose names are put in order when all are known.
package struct SampleTable {
  /// What a row says beside its groups and its time; names as bytes, empty or `nil` where there is none.
  package struct Row {
    let path: String
    let split: Int
    let label: ArraySlice<UInt8>?
    let input: Int
    let line: Int

    /// Makes a row.
    package init(path: String, split: Int, label: ArraySlice<UInt8>?, input: Int, line: Int) {
      self.path = path
      self.split = split
      self.label = label
      self.input = input
      self.line = line
    }
  }

  /// Bytes of the longest name of a split, a label or a group.
  package static let maximumNameByteCount = 4096

  /// The groups, a column each, in which every row has a place.
  package var groupings: [GroupingBuilder] = []
  /// The times, in which every row has a place, when there is such a column.
  package var times: SampleTimesBuilder?
  private var labels = NameTable()
  /// Labels are indices in order of appearance.
  private var samples: [Sample] = []

  /// An empty table.
  package init() {}

  /// Number of rows so far.
  package var count: Int { samples.count }

  /// Adds a row; its groups and its time are added to the columns by the caller.
  package mutating func append(_ row: Row) {
    let label = row.label.flatMap { $0.isEmpty ? nil : labels.insert($0).index }
    samples.append(Sample(path: row.path, split: row.split, label: label, input: row.input, line: row.line))
  }

  /// The dataset.
  ///
  /// - Parameters:
  ///   - root: Absolute path of the folder that paths start from.
  ///   - splits: What the rows' splits index.
  ///   - inputs: What the rows' inputs index.
  ///   - prefixes: For each input what stands before the paths of its rows.
  ///   - order: The rows in their final order, as ranges that cover each row once; `nil` for the order in which they
  ///     were added.
  /// - Returns: The manifest, labels and groups sorted by bytes.
  package consuming func manifest(
    root: String, splits: [Split], inputs: [ManifestInput], prefixes: [String], order: [Range<Int>]? = nil
  ) -> Manifest {
    let (labelNames, ranks) = labels.sorted()
    var samples = samples
    self.samples = []
    if let order { samples = Array(order.map { samples[$0] }.joined()) }
    for index in samples.indices {
      let sample = samples[index]
      samples[index] = Sample(
        path: joined(prefixes[sample.input], sample.path), split: sample.split, label: sample.label.map { ranks[$0] },
        input: sample.input, line: sample.line)
    }
    return Manifest(
      root: root, splits: splits, labels: labelNames, groupings: groupings.map { $0.grouping(inOrder: order) },
      times: times?.times(inOrder: order), samples: samples, inputs: inputs)
  }
}
