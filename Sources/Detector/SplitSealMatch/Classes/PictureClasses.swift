internal import SplitSealBase
internal import SplitSealFingerprint

/// The samples sorted into classes that show exactly the same thing: equal pixels, or, where an image cannot be
/// decoded, equal bytes.
///
/// Everything after this works on classes, so that ten thousand copies of a blank image cost as much as one. Classes are
/// numbered in the order of their first samples. Nearly all are of one sample: what is kept of a class is some 12 bytes
/// and 4 for each split.
struct PictureClasses: Sendable {
  /// Samples of one class, ascending.
  typealias Samples = LazyMapSequence<ArraySlice<Int32>, Int>

  /// Number of classes.
  let count: Int
  /// Number of splits.
  let splitCount: Int
  /// The first sample of each class.
  private let firsts: [Int32]
  /// The samples of all classes: class by class, within a class split by split, then in manifest order.
  private let samples: [Int32]
  /// Where in `samples` those of a class and split begin: `starts[class * splitCount + split]`, and an end.
  private let starts: [Int32]

  /// Sorts samples into classes.
  ///
  /// - Parameters:
  ///   - outcomes: One a sample; those of which not even the bytes could be read are in no class.
  ///   - splitOf: The split of each sample, 0..<`splitCount`.
  ///   - splitCount: Number of splits.
  /// - Complexity: O(*n*) on average for *n* samples.
  init(_ outcomes: [FingerprintOutcome], splitOf: [Int], splitCount: Int) {
    let (classOf, firsts) = Self.numbered(outcomes)
    var starts = [Int32](repeating: 0, count: firsts.count * splitCount + 1)
    for (sample, entry) in classOf.enumerated() where entry >= 0 {
      starts[Int(entry) * splitCount + splitOf[sample] + 1] += 1
    }
    for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
    var samples = [Int32](repeating: 0, count: Int(starts.last ?? 0))
    var ends = starts
    for (sample, entry) in classOf.enumerated() where entry >= 0 {
      let place = Int(entry) * splitCount + splitOf[sample]
      samples[Int(ends[place])] = Int32(sample)
      ends[place] += 1
    }
    (self.splitCount, self.firsts, self.samples, self.starts) = (splitCount, firsts, samples, starts)
    count = firsts.count
  }

  /// The classes by number.
  var indices: Range<Int> { 0..<count }

  /// The first sample of a class in manifest order.
  func first(_ index: Int) -> Int { Int(firsts[index]) }

  /// The samples of a class that are in a split, ascending.
  func samples(_ index: Int, in split: Int) -> Samples {
    let place = index * splitCount + split
    return samples[Int(starts[place])..<Int(starts[place + 1])].lazy.map { Int($0) }
  }

  /// All samples of a class, split by split.
  func samples(_ index: Int) -> Samples {
    samples[Int(starts[index * splitCount])..<Int(starts[(index + 1) * splitCount])].lazy.map { Int($0) }
  }

  /// How many samples of a class are in a split.
  func sampleCount(_ index: Int, in split: Int) -> Int {
    let place = index * splitCount + split
    return Int(starts[place + 1] - starts[place])
  }

  /// How many samples a class has.
  func sampleCount(_ index: Int) -> Int {
    Int(starts[(index + 1) * splitCount] - starts[index * splitCount])
  }

  /// Whether a class has samples outside a split; of `nil` it is.
  func isOutside(_ split: Int?, _ index: Int) -> Bool {
    sampleCount(index) > (split.map { sampleCount(index, in: $0) } ?? 0)
  }

  /// The split that holds all samples of a class; `nil` where several do.
  func home(_ index: Int) -> Int? {
    let all = sampleCount(index)
    return (0..<splitCount).first { sampleCount(index, in: $0) == all }
  }

  /// Whether a sample of one class and a sample of the other are in two splits.
  func areAcross(_ a: Int, _ b: Int) -> Bool {
    guard let first = home(a), let second = home(b) else { return true }
    return first != second
  }

  /// For each set of equal bytes among a class's samples, how many are in each split.
  func partsOfEqualBytes(_ index: Int, of outcomes: [FingerprintOutcome]) -> [[Int]] {
    var partOf: [Digest256: Int] = [:]
    var parts: [[Int]] = []
    for split in 0..<splitCount {
      for sample in samples(index, in: split) {
        guard let sha256 = outcomes[sample].content?.sha256 else { continue }
        let part = partOf[sha256] ?? parts.count
        if part == parts.count {
          partOf[sha256] = part
          parts.append(Array(repeating: 0, count: splitCount))
        }
        parts[part][split] += 1
      }
    }
    return parts
  }

  /// The descriptors stand in the key because XXH3 is not collision-resistant: a crafted collision must not hide a
  /// picture.
  private struct PixelKey: Hashable {
    let pixels: Digest128
    let descriptors: GradientDescriptors

    func hash(into hasher: inout Hasher) { hasher.combine(pixels) }
  }

  /// The class of each sample, -1 for those that are in none, and the first sample of each class.
  private static func numbered(_ outcomes: [FingerprintOutcome]) -> (classOf: [Int32], firsts: [Int32]) {
    var byPixels: [PixelKey: Int32] = [:]
    byPixels.reserveCapacity(outcomes.count)
    var byBytes: [Digest256: Int32] = [:]
    var classOf = [Int32](repeating: -1, count: outcomes.count)
    var firsts: [Int32] = []
    for (sample, outcome) in outcomes.enumerated() {
      let next = Int32(firsts.count)
      let entry: Int32
      switch outcome {
      case .readable(let fingerprint):
        let key = PixelKey(pixels: fingerprint.pixels, descriptors: fingerprint.descriptors)
        entry = byPixels[key, default: next]
        if entry == next { byPixels[key] = next }
      case .unreadable(_, let content):
        guard let sha256 = content?.sha256 else { continue }
        entry = byBytes[sha256, default: next]
        if entry == next { byBytes[sha256] = next }
      }
      if entry == next { firsts.append(Int32(sample)) }
      classOf[sample] = entry
    }
    return (classOf, firsts)
  }
}
