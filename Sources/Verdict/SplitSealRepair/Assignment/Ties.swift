/// Finds what ties an image to others.
struct Ties {
  /// A group, and what kind of others is looked for in it.
  private struct Search: Hashable {
    let group: Int
    let kind: Int
  }

  private let table: ImageTable
  /// Links of each picture, as indices into the table's.
  private let linksOf: [Int: [Int]]
  /// For each group the images in each split.
  private let groupCounts: [[Int: Int]]
  /// The first image of a kind in a group, -1 for none: groups may be large.
  private var firstOf: [Search: Int] = [:]

  init(_ table: ImageTable) {
    self.table = table
    var linksOf: [Int: [Int]] = [:]
    for (index, link) in table.links.enumerated() {
      linksOf[link.first, default: []].append(index)
      linksOf[link.second, default: []].append(index)
    }
    self.linksOf = linksOf
    groupCounts = table.imagesOfGroup.map { images in
      images.reduce(into: [:]) { $0[table.images[$1].split, default: 0] += 1 }
    }
  }

  /// The strongest tie of an image to others of some kind: that they are equal before that they match, the best match
  /// before a group.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - kind: A number for the kind of others: what `isMeant` says depends on it and on the other image alone.
  ///   - isMeant: Whether another image is of that kind.
  /// - Returns: The reason, and the sample of one such image; `nil` where there is no tie.
  mutating func strongest(
    of image: Int, kind: Int, to isMeant: (Int) -> Bool
  ) -> (reason: RepairReason, because: Int)? {
    let picture = table.images[image].picture
    if let other = table.imagesOfPicture[picture].first(where: { $0 != image && isMeant($0) }) {
      return (.equal, table.images[other].samples[0])
    }
    if let (score, other) = bestLink(of: picture, to: isMeant) {
      return (.match(score: score), table.images[other].samples[0])
    }
    for group in table.images[image].groups {
      let search = Search(group: group, kind: kind)
      let first = firstOf[search] ?? table.imagesOfGroup[group].first(where: isMeant) ?? -1
      firstOf[search] = first
      let another = first == image ? table.imagesOfGroup[group].first { $0 != image && isMeant($0) } ?? -1 : first
      guard another >= 0 else { continue }
      let count = groupCounts[group][table.images[another].split, default: 0]
      let reason = RepairReason.group(
        grouping: table.groups[group].grouping, name: table.groups[group].name, imageCount: count)
      return (reason, table.images[another].samples[0])
    }
    return nil
  }

  private func bestLink(of picture: Int, to isMeant: (Int) -> Bool) -> (score: Double, image: Int)? {
    let links = (linksOf[picture] ?? []).map { table.links[$0] }.filter { link in
      table.imagesOfPicture[link.first == picture ? link.second : link.first].contains(where: isMeant)
    }
    // The first of the best: links are in order.
    guard let best = links.map(\.likeness.score).max(), let link = links.first(where: { $0.likeness.score == best })
    else { return nil }
    let others = table.imagesOfPicture[link.first == picture ? link.second : link.first].filter(isMeant)
    // The pair that was seen, where it is among them, before an equal one.
    let seen = [link.likeness.first, link.likeness.second].map { table.imageOf[$0] }
    return (others.first { seen.contains($0) } ?? others.first).map { (best, $0) }
  }
}
