/// Matched samples with the equal ones taken together, and the links between what is left.
///
/// So a chain of equal samples is one picture however long it is, and a hundred thousand copies of a blank image cost no
/// more than one.
struct LinkedPictures {
  /// Two pictures that are near-duplicates.
  struct Link {
    /// Index of the picture whose first sample is earlier.
    let first: Int
    /// Index of the other picture.
    let second: Int
    /// The highest score of their samples, 0...1.
    let score: Double

    /// The two pictures as one number.
    var key: UInt64 { LinkedPictures.key(first, second) }
  }

  /// Samples of each picture, ascending; pictures in the order of their first samples.
  ///
  /// Samples that no match names are left out.
  let samples: [[Int]]
  /// One link for each pair of linked pictures: highest score first, ties by the pictures.
  let links: [Link]

  init(_ matches: [Match], sampleCount: Int) {
    var equal = DisjointSets(count: sampleCount)
    var isMatched = Array(repeating: false, count: sampleCount)
    for match in matches {
      isMatched[match.first] = true
      isMatched[match.second] = true
      if !match.kind.isNear { equal.join(match.first, match.second) }
    }
    var pictureOfRoot = Array(repeating: -1, count: sampleCount)
    var pictureOf = Array(repeating: -1, count: sampleCount)
    var samples: [[Int]] = []
    for sample in 0..<sampleCount where isMatched[sample] {
      let root = equal.root(of: sample)
      if pictureOfRoot[root] < 0 {
        pictureOfRoot[root] = samples.count
        samples.append([])
      }
      pictureOf[sample] = pictureOfRoot[root]
      samples[pictureOfRoot[root]].append(sample)
    }
    self.samples = samples

    let all = matches.compactMap { match -> Link? in
      let (a, b) = (pictureOf[match.first], pictureOf[match.second])
      return match.kind.isNear && a != b ? Link(first: min(a, b), second: max(a, b), score: match.score) : nil
    }
    var seen: Set<UInt64> = []
    links = all.sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }.filter {
      seen.insert($0.key).inserted
    }
  }

  /// A pair of pictures as one number, in either order.
  static func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(min(a, b)) << 32 | UInt64(max(a, b)) }
}
