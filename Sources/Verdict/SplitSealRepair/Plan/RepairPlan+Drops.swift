public import SplitSealFingerprint
public import SplitSealManifest

extension RepairPlan {
  /// Plans to drop as few images as possible, so that no match and no group is left between splits and the classes keep
  /// their shares, or have those that are declared.
  ///
  /// A split that is off the declared ratio, as it is or after the repair, is brought to it; the others keep their shares.
  ///
  /// - Parameters:
  ///   - manifest: The dataset.
  ///   - outcomes: What became of each sample's file.
  ///   - likenesses: Samples that show one picture, between splits at least.
  ///   - options: What may be dropped, and what has to be kept.
  public init(
    dropping manifest: Manifest, outcomes: [FingerprintOutcome], likenesses: [Likeness], options: RepairOptions
  ) {
    let table = ImageTable(manifest, outcomes: outcomes, likenesses: likenesses)
    let graph = ConflictGraph(table, areCompared: options.areCompared)
    let before = ClassShares(manifest) { manifest.samples[$0].split }
    var target = SharesTarget(before: before, tolerance: options.tolerance)
    /// The splits that may be brought to the ratio and are not.
    func strays(_ shares: ClassShares) -> [Int] {
      guard let ratio = options.classRatio else { return [] }
      return shares.counts.indices.filter { split in
        !ratio.isKept(by: shares.counts[split]) && !target.isDeclared[split]
          && (options.droppedSplits?.contains(split) ?? true)
      }
    }
    func declare(_ splits: [Int]) {
      guard let ratio = options.classRatio else { return }
      for split in splits { target.declare(ratio, of: split) }
    }
    declare(strays(before))
    self.init(dropping: manifest, table, graph, target: target, options: options)
    while case let splits = strays(sharesAfter), !splits.isEmpty {
      declare(splits)
      self.init(dropping: manifest, table, graph, target: target, options: options)
    }
  }

  private init(
    dropping manifest: Manifest, _ table: ImageTable, _ graph: ConflictGraph, target: SharesTarget,
    options: RepairOptions
  ) {
    let removal = Removal(graph, table, manifest, target: target, options: options)
    var splitOfImage: [Int?] = table.images.map(\.split)
    let dropped = removal.units.flatMap { graph.units[$0].images }.sorted()
    for image in dropped { splitOfImage[image] = nil }
    var ties = Ties(table)
    var reasons: [Int: RepairReasonOfImage] = [:]
    for unit in removal.units.map({ graph.units[$0] }) {
      func isRival(_ other: Int) -> Bool {
        let place = table.images[other].split
        return place != unit.split && options.areCompared(place, unit.split)
      }
      // Of a smallest removal every image conflicts with one that stays.
      for image in unit.images {
        let tie =
          ties.strongest(of: image, kind: 2 * unit.split) { splitOfImage[$0] != nil && isRival($0) }
          ?? ties.strongest(of: image, kind: 2 * unit.split + 1, to: isRival)
        reasons[image] = tie.map { RepairReasonOfImage(reason: $0.reason, because: $0.because) }
      }
    }
    for image in Self.surplusImages(table, manifest, splitOfImage, target: target, options: options) {
      splitOfImage[image] = nil
      let reason = target.isDeclared[table.images[image].split] ? RepairReason.ratio(label: nil) : .balance(label: nil)
      reasons[image] = RepairReasonOfImage(reason: reason, because: nil)
    }
    self.init(
      manifest, table, splitOfImage: splitOfImage, reasons: reasons,
      conflictingCount: dropped.count, target: target, ratio: options.classRatio,
      areCompared: options.areCompared, bound: (removal.lowerBound, removal.isSmallest),
      unsolved: removal.unsolved.map { a, b in
        (table.images[graph.units[a].images[0]].samples[0], table.images[graph.units[b].images[0]].samples[0])
      })
  }

  /// Images of classes that are over-represented now, as few as restore the shares; evenly spread over the class, so that
  /// no part of the dataset is thinned out.
  private static func surplusImages(
    _ table: ImageTable, _ manifest: Manifest, _ splitOfImage: [Int?], target: SharesTarget, options: RepairOptions
  ) -> [Int] {
    let shares = ClassShares(manifest) { splitOfImage[table.imageOf[$0]] }
    var chosen: [Int] = []
    for split in manifest.splits.indices where options.droppedSplits?.contains(split) ?? true {
      let row = shares.counts[split]
      let declared = target.isDeclared[split] ? options.classRatio?.surplus(of: row) : nil
      guard declared != nil || row != target.before.counts[split],
        let removals = declared ?? target.removals(from: row, split)
      else { continue }
      // Images of one row alone: several rows may have several labels.
      var candidates = Array(repeating: [Int](), count: row.count)
      for (image, place) in splitOfImage.enumerated() where place == split && table.images[image].samples.count == 1 {
        candidates[manifest.samples[table.images[image].samples[0]].label ?? manifest.labels.count].append(image)
      }
      for (label, count) in removals.enumerated() where count > 0 {
        let available = candidates[label]
        let taken = min(count, available.count)
        chosen += (0..<taken).map { available[$0 * available.count / taken] }
      }
    }
    return chosen.sorted()
  }
}
