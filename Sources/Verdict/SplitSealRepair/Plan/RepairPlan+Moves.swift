internal import SplitSealBase
public import SplitSealFingerprint
public import SplitSealManifest

extension RepairPlan {
  /// Plans to move images to other splits so that nothing is left between splits and nothing is dropped: as few as
  /// possible, and beyond these as few as restore the classes of each split.
  ///
  /// Where a split is off the declared ratio and the dataset as a whole is not, every split is to have the classes of the
  /// whole dataset. Where the whole dataset is off, no move can help.
  ///
  /// - Parameters:
  ///   - manifest: The dataset.
  ///   - outcomes: What became of each sample's file.
  ///   - likenesses: Samples that show one picture, within splits and between them.
  ///   - options: What has to be kept.
  public init(
    moving manifest: Manifest, outcomes: [FingerprintOutcome], likenesses: [Likeness], options: RepairOptions
  ) {
    let table = ImageTable(manifest, outcomes: outcomes, likenesses: likenesses)
    let atoms = InseparableGroups(table, manifest)
    let before = ClassShares(manifest) { manifest.samples[$0].split }
    let homes = atoms.members.map { images in InseparableGroups.counted(images.map { table.images[$0].split }) }
    var target = SharesTarget(before: before, tolerance: options.tolerance)
    if let ratio = options.classRatio, ratio.isKept(by: before.whole), !before.counts.allSatisfy(ratio.isKept) {
      target.level()
    }
    let counts = target.wanted.indices.map { split in target.wanted[split].map { $0 * Double(before.total(split)) } }
    var assignment = GroupAssignment(atoms, homes: homes, target: counts, tolerance: options.tolerance)
    assignment.settle()
    assignment.restore()
    let splitOfImage = atoms.atomOf.map { assignment.splitOf[$0] }
    var ties = Ties(table)
    var reasons: [Int: RepairReasonOfImage] = [:]
    for image in table.images.indices where splitOfImage[image] != table.images[image].split {
      let atom = atoms.atomOf[image]
      // To where none of an atom was it goes for the classes' sake.
      guard let split = splitOfImage[image], assignment.homeCount(atom, split) > 0 else {
        reasons[image] = RepairReasonOfImage(reason: .balance(label: nil), because: nil)
        continue
      }
      let tie =
        ties.strongest(of: image, kind: 2 * split) { table.images[$0].split == split && splitOfImage[$0] == split }
        ?? ties.strongest(of: image, kind: 2 * split + 1) { splitOfImage[$0] == split }
      reasons[image] = tie.map { RepairReasonOfImage(reason: $0.reason, because: $0.because) }
    }
    let lowest = homes.reduce(0) { sum, homes in
      sum + homes.reduce(0) { $0 + $1.count } - (homes.map(\.count).max() ?? 0)
    }
    self.init(
      manifest, table, splitOfImage: splitOfImage, reasons: reasons, conflictingCount: lowest,
      target: target, ratio: options.classRatio, areCompared: { _, _ in true },
      bound: (lowest, true), unsolved: [])
  }
}
