internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealManifest
internal import SplitSealMatch

/// The images of a dataset, what each shows, and what binds them to each other.
///
/// All rows of one path in one split are one image. Images of equal bytes, equal pixels or one path show one *picture*,
/// however many they are: of many copies the search lists few pairs, and here none may be missed.
struct ImageTable: Sendable {
  /// One image of one split.
  struct Image: Hashable, Sendable {
    let split: Int
    /// The rows that name it, ascending.
    let samples: [Int]
    let picture: Int
    /// What it belongs to: indices into ``groups``, ascending.
    let groups: [Int]
  }

  /// A group of some grouping.
  struct Group: Hashable, Sendable {
    let grouping: String
    let name: String
  }

  /// Two pictures that are alike, and the pair of samples that shows it best.
  struct Link: Hashable, Sendable {
    let first: Int
    let second: Int
    let likeness: Likeness
  }

  /// In the order of their first samples.
  let images: [Image]
  /// The image of each sample.
  let imageOf: [Int]
  /// The images of each picture, ascending.
  let imagesOfPicture: [[Int]]
  /// One link for each pair of pictures, by (first, second).
  let links: [Link]
  /// The groups with two images or more.
  let groups: [Group]
  /// The images of each group, ascending.
  let imagesOfGroup: [[Int]]

  /// Sorts the samples of a dataset.
  ///
  /// - Complexity: O(*n* log *n* + *m* log *m*) for *n* samples and *m* likenesses.
  init(_ manifest: Manifest, outcomes: [FingerprintOutcome], likenesses: [Likeness]) {
    let samples = manifest.samples
    var paths = NameTable()
    let pathOf = samples.map { paths.insert(Array($0.path.utf8)[...]).index }
    var equal = Self.equalSamples(outcomes, pathOf: pathOf)
    for likeness in likenesses where likeness.isEqual { equal.join(likeness.first, likeness.second) }

    var pictureOfRoot: [Int: Int] = [:]
    var imageOfPlace: [Int: Int] = [:]
    var pictureOf: [Int] = []
    var rows: [[Int]] = []
    var imageOf: [Int] = []
    for (index, sample) in samples.enumerated() {
      let root = equal.root(of: index)
      let picture = pictureOfRoot[root] ?? pictureOfRoot.count
      pictureOfRoot[root] = picture
      let place = pathOf[index] * manifest.splits.count + sample.split
      let image = imageOfPlace[place] ?? rows.count
      if image == rows.count {
        imageOfPlace[place] = image
        pictureOf.append(picture)
        rows.append([])
      }
      rows[image].append(index)
      imageOf.append(image)
    }
    let grouped = Self.grouped(manifest, imageOf: imageOf)
    groups = grouped.groups
    imagesOfGroup = grouped.images
    var groupsOf = Array(repeating: [Int](), count: rows.count)
    for (group, images) in grouped.images.enumerated() { for image in images { groupsOf[image].append(group) } }
    images = rows.indices.map { image in
      Image(
        split: samples[rows[image][0]].split, samples: rows[image], picture: pictureOf[image], groups: groupsOf[image])
    }
    self.imageOf = imageOf
    var imagesOfPicture = Array(repeating: [Int](), count: pictureOfRoot.count)
    for (image, picture) in pictureOf.enumerated() { imagesOfPicture[picture].append(image) }
    self.imagesOfPicture = imagesOfPicture
    links = Self.links(likenesses) { pictureOf[imageOf[$0]] }
  }

  private struct PixelKey: Hashable {
    let pixels: Digest128
    let descriptors: GradientDescriptors

    // As in the search: XXH3 is not collision-resistant, and a crafted collision must join nothing.
    func hash(into hasher: inout Hasher) { hasher.combine(pixels) }
  }

  private static func equalSamples(_ outcomes: [FingerprintOutcome], pathOf: [Int]) -> DisjointSets {
    var sets = DisjointSets(count: outcomes.count)
    var byPath: [Int: Int] = [:]
    var byBytes: [Digest256: Int] = [:]
    var byPixels: [PixelKey: Int] = [:]
    for (sample, outcome) in outcomes.enumerated() {
      sets.join(sample, byPath[pathOf[sample], default: sample])
      byPath[pathOf[sample]] = sample
      if let content = outcome.content {
        sets.join(sample, byBytes[content.sha256, default: sample])
        byBytes[content.sha256] = sample
      }
      if let fingerprint = outcome.fingerprint {
        let key = PixelKey(pixels: fingerprint.pixels, descriptors: fingerprint.descriptors)
        sets.join(sample, byPixels[key, default: sample])
        byPixels[key] = sample
      }
    }
    return sets
  }

  private static func grouped(_ manifest: Manifest, imageOf: [Int]) -> (groups: [Group], images: [[Int]]) {
    var groups: [Group] = []
    var images: [[Int]] = []
    for grouping in manifest.groupings {
      var members = Array(repeating: [Int](), count: grouping.groups.count)
      for (sample, image) in imageOf.enumerated() {
        if let group = grouping.group(of: sample) { members[group].append(image) }
      }
      for (group, members) in members.enumerated() {
        let distinct = Set(members).sorted()
        guard distinct.count > 1 else { continue }
        groups.append(Group(grouping: grouping.name, name: grouping.groups[group]))
        images.append(distinct)
      }
    }
    return (groups, images)
  }

  private static func links(_ likenesses: [Likeness], pictureOf: (Int) -> Int) -> [Link] {
    let all = likenesses.compactMap { likeness -> Link? in
      let (a, b) = (pictureOf(likeness.first), pictureOf(likeness.second))
      return a == b ? nil : Link(first: min(a, b), second: max(a, b), likeness: likeness)
    }.sorted { a, b in
      (a.first, a.second, b.likeness.score, a.likeness.first, a.likeness.second)
        < (b.first, b.second, a.likeness.score, b.likeness.first, b.likeness.second)
    }
    var distinct: [Link] = []
    for link in all where distinct.last.map({ ($0.first, $0.second) != (link.first, link.second) }) ?? true {
      distinct.append(link)
    }
    return distinct
  }
}
