internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealStatistics

/// What a random split would assign as a whole: the samples of a group in one split, or a single sample.
///
/// Where samples belong together in several ways, all that hang together are one group: two videos of one subject, and the
/// other subject in one of them.
package struct StatisticalUnits: Sendable {
  /// The unit of each sample, 0..<``count``, numbered by first appearance.
  package let unitOf: [Int]
  /// Number of units.
  package let count: Int
  /// Whether some unit holds several samples, so that samples are not independent.
  package let isGrouped: Bool
}

extension AuditInput {
  /// The unit of each sample.
  ///
  /// - Complexity: O(*n* *g*) on average for *n* samples and *g* groupings.
  package func statisticalUnits() -> StatisticalUnits {
    let samples = manifest.samples
    guard !manifest.groupings.isEmpty else {
      return StatisticalUnits(unitOf: Array(samples.indices), count: samples.count, isGrouped: false)
    }
    var offsets: [Int] = []
    var groupCount = 0
    for grouping in manifest.groupings {
      offsets.append(groupCount)
      groupCount += grouping.groups.count
    }
    func groups(of sample: Int) -> [Int] {
      zip(manifest.groupings, offsets).compactMap { grouping, offset in grouping.group(of: sample).map { $0 + offset } }
    }
    var sets = DisjointSets(count: groupCount)
    if manifest.groupings.count > 1 {
      for sample in samples.indices {
        let own = groups(of: sample)
        for other in own.dropFirst() { sets.join(own[0], other) }
      }
    }
    var unitOfKey: [Int: Int] = [:]
    var count = 0
    let unitOf = samples.indices.map { sample in
      defer { count = max(count, unitOfKey.count) }
      guard let group = groups(of: sample).first else { return -1 }
      let key = sets.root(of: group) * manifest.splits.count + samples[sample].split
      if let known = unitOfKey[key] { return known }
      unitOfKey[key] = unitOfKey.count
      return unitOfKey.count - 1
    }
    // Samples without a group come behind those with one, each a unit.
    var next = count
    let complete = unitOf.map { unit in
      guard unit < 0 else { return unit }
      next += 1
      return next - 1
    }
    return StatisticalUnits(unitOf: complete, count: next, isGrouped: next < samples.count)
  }

  /// The labelled images by what a random split would assign as a whole, and whether some unit holds several images.
  func unitTable(_ labelled: LabelledSplits) -> (table: UnitTable, isGrouped: Bool) {
    let units = statisticalUnits()
    guard units.isGrouped || reading.isMultiple else { return (UnitTable(labelled.counts), false) }
    let images = labelledImages().filter(\.hasLabel)
    let order = images.sorted { (units.unitOf[$0.sample], $0.sample) < (units.unitOf[$1.sample], $1.sample) }
    var table = UnitTable(classCount: reading.classNames.count, splitCount: manifest.splits.count)
    var (start, isGrouped) = (0, false)
    while start < order.count {
      let unit = units.unitOf[order[start].sample]
      var end = start + 1
      while end < order.count, units.unitOf[order[end].sample] == unit { end += 1 }
      if end - start > 1 { isGrouped = true }
      table.add(
        imageCount: end - start, classes: Self.classCounts(order[start..<end]),
        to: manifest.samples[order[start].sample].split)
      start = end
    }
    return (table, isGrouped)
  }

  private static func classCounts(_ images: ArraySlice<LabelledImage>) -> [UnitTable.ClassCount] {
    let labels = images.flatMap(\.classes).sorted()
    var counts: [UnitTable.ClassCount] = []
    var start = 0
    while start < labels.count {
      let end = labels[start...].firstIndex { $0 != labels[start] } ?? labels.count
      counts.append(UnitTable.ClassCount(label: labels[start], count: end - start))
      start = end
    }
    return counts
  }
}
