internal import SplitSealFingerprint

/// The samples sorted into classes that show exactly the same thing: equal pixels, or, where an image cannot be
/// decoded, equal bytes.
///
/// Everything after this works on classes, so that ten thousand copies of a blank image cost as much as one.
struct PictureClasses {
  /// One class.
  struct Class {
    /// Its samples, in manifest order.
    let members: [Int]
    /// The PDQ hashes of its picture; `nil` when it cannot be decoded or says too little.
    let pdq: PDQHashSet?
  }

  /// The classes, in the order of their first members.
  let classes: [Class]

  /// The samples of each class, by equal bytes: the pairs within a part have equal bytes, those across only equal
  /// pixels.
  ///
  /// - Returns: Parts in the order of their first members.
  static func partsOfEqualBytes(_ members: [Int], of outcomes: [FingerprintOutcome]) -> [[Int]] {
    guard members.count > 1 else { return [members] }
    return groups(of: members) { outcomes[$0].content?.sha256 }
  }

  init(_ outcomes: [FingerprintOutcome], minimumQuality: Int) {
    let readable = outcomes.indices.filter { outcomes[$0].fingerprint != nil }
    let unreadable = outcomes.indices.filter { outcomes[$0].fingerprint == nil && outcomes[$0].content != nil }
    // The descriptors stand in the key because XXH3 is not collision-resistant: a crafted collision must not hide a
    // picture.
    let decoded = Self.groups(of: readable) { index -> PixelKey? in
      outcomes[index].fingerprint.map { PixelKey(pixels: $0.pixels, descriptors: $0.descriptors) }
    }
    let opaque = Self.groups(of: unreadable) { outcomes[$0].content?.sha256 }
    let all =
      decoded.map { members in
        let pdq = outcomes[members[0]].fingerprint?.pdq
        return Class(members: members, pdq: pdq.flatMap { $0.quality >= minimumQuality ? $0 : nil })
      } + opaque.map { Class(members: $0, pdq: nil) }
    classes = all.sorted { $0.members[0] < $1.members[0] }
  }

  private struct PixelKey: Hashable {
    let pixels: Digest128
    let descriptors: GradientDescriptors

    func hash(into hasher: inout Hasher) { hasher.combine(pixels) }
  }

  /// Groups of equal keys, in the order of their first members, members in the order given.
  private static func groups<Key: Hashable>(of samples: [Int], by key: (Int) -> Key?) -> [[Int]] {
    var groupOf: [Key: Int] = [:]
    groupOf.reserveCapacity(samples.count)
    var groups: [[Int]] = []
    for sample in samples {
      guard let key = key(sample) else { continue }
      if let group = groupOf[key] {
        groups[group].append(sample)
      } else {
        groupOf[key] = groups.count
        groups.append([sample])
      }
    }
    return groups
  }
}
