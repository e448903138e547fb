internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

/// Two samples, the one that comes first in the manifest first.
struct SamplePair: Hashable {
  let first: Int
  let second: Int

  init(first: Int, second: Int) { (self.first, self.second) = (min(first, second), max(first, second)) }

  init(_ match: Match) { self.init(first: match.first, second: match.second) }
}

/// The samples that decisions speak of, as far as they are those that were looked at.
struct DecidedPairs {
  /// A split and a path, by their bytes: names that only look alike are two.
  private struct Key: Hashable {
    let split: [UInt8]
    let path: [UInt8]

    init(_ place: Decision.Place) { (split, path) = (Array(place.split.utf8), Array(place.path.utf8)) }

    init(_ sample: Sample, splits: [Split]) {
      (split, path) = (Array(splits[sample.split].name.utf8), Array(sample.path.utf8))
    }
  }

  private let sampleOf: [Key: Int]
  private let manifest: Manifest
  private let outcomes: [FingerprintOutcome]

  init(_ list: DecisionList, _ manifest: Manifest, _ outcomes: [FingerprintOutcome]) {
    let wanted = Set(list.decisions.flatMap { [Key($0.first), Key($0.second)] })
    var sampleOf: [Key: Int] = [:]
    for (index, sample) in manifest.samples.enumerated() {
      let key = Key(sample, splits: manifest.splits)
      // Of rows that name one image twice the first stands for both.
      if wanted.contains(key), sampleOf[key] == nil { sampleOf[key] = index }
    }
    (self.sampleOf, self.manifest, self.outcomes) = (sampleOf, manifest, outcomes)
  }

  /// The samples of a decision; `nil` where an image is gone, has other bytes, or the decision is of another pair than it
  /// says.
  subscript(decision: Decision) -> SamplePair? {
    guard let first = sample(decision.first), let second = sample(decision.second),
      manifest.samples[first].split != manifest.samples[second].split
    else { return nil }
    let items = [decision.first, decision.second].map { "\($0.split)/\($0.path)" }
    guard Finding.identity(rule: .nearDuplicate, items: items).description == decision.finding else { return nil }
    return SamplePair(first: first, second: second)
  }

  private func sample(_ place: Decision.Place) -> Int? {
    guard let sample = sampleOf[Key(place)], outcomes[sample].content?.sha256.description == place.sha256
    else { return nil }
    return sample
  }
}
