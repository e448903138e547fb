/// Finds what ties an image to others.
struct Ties {
  private let table: ImageTable
  /// Links of each picture, as indices into the table's.
  private let linksOf: [Int: [Int]]

  init(_ table: ImageTable) {
    self.table = table
    var linksOf: [Int: [Int]] = [:]
    for (index, link) in table.links.enumerated() {
      linksOf[link.first, default: []].append(index)
      linksOf[link.second, default: []].append(index)
    }
    self.linksOf = linksOf
  }

  /// The strongest tie of an image to others of some kind: that they are equal before that they match, the best match
  /// before a group.
  ///
  /// - Returns: The reason, and the sample of one such image; `nil` where there is no tie.
  func strongest(of image: Int, to isMeant: (Int) -> Bool) -> (reason: RepairReason, because: Int)? {
    let picture = table.images[image].picture
    if let other = table.imagesOfPicture[picture].first(where: { $0 != image && isMeant($0) }) {
      return (.equal, table.images[other].samples[0])
    }
    let links = (linksOf[picture] ?? []).sorted {
      (table.links[$1].likeness.score, $0) < (table.links[$0].likeness.score, $1)
    }
    for link in links.map({ table.links[$0] }) {
      let others = table.imagesOfPicture[link.first == picture ? link.second : link.first].filter(isMeant)
      guard let first = others.first else { continue }
      // The pair that was seen, where it is among them, before an equal one.
      let seen = [link.likeness.first, link.likeness.second].map { table.imageOf[$0] }
      let other = others.first { seen.contains($0) } ?? first
      return (.match(score: link.likeness.score), table.images[other].samples[0])
    }
    for group in table.images[image].groups {
      let others = table.imagesOfGroup[group].filter { $0 != image && isMeant($0) }
      guard let first = others.first else { continue }
      let count = others.count { table.images[$0].split == table.images[first].split }
      let group = table.groups[group]
      return (.group(grouping: group.grouping, name: group.name, imageCount: count), table.images[first].samples[0])
    }
    return nil
  }
}
