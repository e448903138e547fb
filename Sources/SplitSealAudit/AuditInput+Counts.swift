internal import SplitSealFingerprint
internal import SplitSealManifest

extension AuditInput {
  /// How much of each split could be read, in the order of the manifest's splits.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  func coverage() -> [SplitCoverage] {
    var listed = Array(repeating: 0, count: manifest.splits.count)
    var checked = listed
    for (sample, outcome) in zip(manifest.samples, outcomes) {
      listed[sample.split] += 1
      if outcome.fingerprint != nil { checked[sample.split] += 1 }
    }
    return zip(listed, checked).map { SplitCoverage(listedCount: $0, checkedCount: $1) }
  }

  /// Samples by split and label, those without a label last in each row.
  ///
  /// - Complexity: O(*n*) for *n* samples.
  func classCounts() -> [[Int]] {
    let labelCount = manifest.labels.count
    var counts = Array(repeating: Array(repeating: 0, count: labelCount + 1), count: manifest.splits.count)
    for sample in manifest.samples { counts[sample.split][sample.label ?? labelCount] += 1 }
    return counts
  }

  /// The paths of all samples, and the samples of those that stand more than once, in the order of their first samples.
  ///
  /// - Complexity: O(*n*) on average for *n* samples.
  func paths() -> (distinctCount: Int, repeated: [[Int]]) {
    var firstOf: [PathKey: Int32] = [:]
    firstOf.reserveCapacity(manifest.samples.count)
    // Few paths stand twice: an array for each path would be most of the memory.
    var repeated: [Int: [Int]] = [:]
    for (index, sample) in manifest.samples.enumerated() {
      let first = Int(firstOf[PathKey(path: sample.path), default: Int32(index)])
      if first == index {
        firstOf[PathKey(path: sample.path)] = Int32(index)
      } else {
        repeated[first, default: [first]].append(index)
      }
    }
    return (firstOf.count, repeated.sorted { $0.key < $1.key }.map(\.value))
  }
}

/// A path that equals only itself, byte by byte: `String` takes the composed and the decomposed "ä" for one.
private struct PathKey: Hashable {
  let path: String

  static func == (a: PathKey, b: PathKey) -> Bool { a.path.utf8.elementsEqual(b.path.utf8) }

  // Equal bytes are equal strings, so the string's hash serves.
  func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

/// The labelled samples of the splits that the class rules compare.
struct LabelledSplits {
  /// Indices into the manifest's splits: roles training, validation and test, at least one label; training first, then
  /// validation, then test, each in manifest order.
  let splits: [Int]
  /// Samples by split and label; the last element of each row counts those without a label.
  let counts: [[Int]]
  /// Labelled samples by split.
  let totals: [Int]

  /// Counts the labels.
  init(_ input: AuditInput) {
    let counts = input.classCounts()
    let totals = counts.map { $0.dropLast().reduce(0, +) }
    let roles: [SplitRole] = [.training, .validation, .test]
    splits = roles.flatMap { role in
      counts.indices.filter { input.manifest.splits[$0].role == role && totals[$0] > 0 }
    }
    self.counts = counts
    self.totals = totals
  }

  /// The labels that some of the given splits hold, ascending.
  func labels(in splits: [Int]) -> [Int] {
    guard let labelCount = counts.first.map({ $0.count - 1 }) else { return [] }
    return (0..<labelCount).filter { label in splits.contains { counts[$0][label] > 0 } }
  }
}
