internal import SplitSealBase
internal import SplitSealManifest
internal import SplitSealMatch

/// Sets of images that have to be in one split: the connected components of matches and groups.
struct InseparableGroups: Sendable {
  /// The images of each atom, ascending; atoms in the order of their first images.
  let members: [[Int]]
  /// The atom of each image.
  let atomOf: [Int]
  /// Samples by label of each atom, ascending; those without a label under the number of labels.
  let labelCounts: [[Count]]

  /// How many samples or images there are of something.
  struct Count: Hashable, Sendable {
    let index: Int
    let count: Int
  }

  /// Joins the images of a table.
  init(_ table: ImageTable, _ manifest: Manifest) {
    var sets = DisjointSets(count: table.images.count)
    func join(_ images: [Int]) {
      for (a, b) in zip(images, images.dropFirst()) { sets.join(a, b) }
    }
    for images in table.imagesOfPicture + table.imagesOfGroup { join(images) }
    for link in table.links { sets.join(table.imagesOfPicture[link.first][0], table.imagesOfPicture[link.second][0]) }
    var atomOfRoot: [Int: Int] = [:]
    var members: [[Int]] = []
    var atomOf: [Int] = []
    for image in table.images.indices {
      let root = sets.root(of: image)
      let atom = atomOfRoot[root] ?? members.count
      if atom == members.count {
        atomOfRoot[root] = atom
        members.append([])
      }
      members[atom].append(image)
      atomOf.append(atom)
    }
    (self.members, self.atomOf) = (members, atomOf)
    labelCounts = members.map { images in
      Self.counted(
        images.flatMap { table.images[$0].samples }.map { manifest.samples[$0].label ?? manifest.labels.count })
    }
  }

  /// How often each number occurs, ascending.
  static func counted(_ numbers: [Int]) -> [Count] {
    var counts: [Int: Int] = [:]
    for number in numbers { counts[number, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { Count(index: $0.key, count: $0.value) }
  }
}
