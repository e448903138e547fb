internal import SplitSealAudit
internal import SplitSealFingerprint
public import SplitSealManifest
internal import SplitSealMatch
public import SplitSealRepair
internal import SplitSealShard

/// What a repair came to.
public struct RepairOutcome: Sendable {
  /// What becomes of each row.
  public let plan: RepairPlan
  /// The manifests to write, the order of which is that of the inputs.
  public let files: [RepairedFile]
  /// The root that the paths in these manifests start from.
  public let root: String
  /// The reporting threshold in force.
  public let threshold: Double
  /// Images that could not be read: of these only bytes, paths and groups were compared.
  public let unreadableCount: Int
  /// Matches that the last search found in what the plan leaves; 0 unless the search was given up.
  public let unresolvedCount: Int
  /// Times that the dataset was searched.
  public let searchCount: Int
}

/// One manifest to write.
public struct RepairedFile: Hashable, Sendable {
  /// Its name, without a folder.
  public let name: String
  /// What it holds.
  public let text: String
  /// The split that has to be named before it: `SPLIT=PATH`; `nil` where a column does.
  public let splitName: String?
  /// The file that it is a new edition of, as an absolute path without links; `nil` for a folder's.
  public let replaces: String?

  /// Takes a file of the edition.
  init(_ file: ManifestEdition.File) {
    (name, text, splitName, replaces) = (file.name, file.text, file.splitName, file.replaces)
  }
}

extension AuditPipeline {
  /// How often a repair or a new split searches what it leaves before it gives up, the first search included.
  static let mostSearches = 20

  /// Names of other files that a repair writes.
  public static let patchName = "repair.csv"

  /// Finds out which rows to drop, or to move, so that nothing is left between splits.
  ///
  /// What a search finds depends on what else there is: of many alike only the closest are looked at. So what a repair
  /// leaves is searched again, in the order in which the new manifests name it, until nothing is found.
  ///
  /// - Parameters:
  ///   - moves: Whether images are moved to other splits instead of dropped.
  ///   - options: Says what a repair of the manifest may do.
  /// - Returns: The plan, and the manifests to write: nothing is written here.
  /// - Throws: `ManifestError` when the inputs cannot be audited, `DatasetFileFault` when the root cannot be opened,
  ///   `CancellationError` when the task is cancelled, and what `options` throws.
  public func repair(
    moves: Bool, options: (Manifest) throws -> RepairOptions
  ) async throws -> RepairOutcome {
    let manifest = try readManifest()
    let options = try options(manifest)
    let edition = try ManifestEdition(of: manifest, inputs: configuration.inputs, options: configuration.manifest)
    let dataset = try await hash(manifest)
    let matched = try await match(dataset)
    let searching = searchingAgain(from: matched.options.reportingThreshold)
    let decisions = DecisionReview(configuration.decisions, manifest, dataset.outcomes, matched.matches)
    var likenesses = (matched.matches.matches + decisions.added + matched.matches.withinSplit).map { Likeness($0) }
      .filter { !decisions.saysDifferent($0.first, $0.second) }
    var searchCount = 1
    while true {
      let plan =
        moves
        ? RepairPlan(moving: manifest, outcomes: dataset.outcomes, likenesses: likenesses, options: options)
        : RepairPlan(dropping: manifest, outcomes: dataset.outcomes, likenesses: likenesses, options: options)
      let names = plan.splitOf.map { $0.map { manifest.splits[$0].name } }
      let order = edition.order(names)
      var found: [Likeness] = []
      if plan.remaining.isEmpty, !plan.actions.isEmpty, !order.isEmpty {
        let left = dataset.rearranged(order, splitOf: plan.splitOf, splits: manifest.splits)
        found = try await searching.match(left).matches.matches.map { Likeness($0, sampleOf: order) }.filter {
          plan.areCompared($0, options) && !decisions.saysDifferent($0.first, $0.second)
        }
        searchCount += 1
      }
      guard found.isEmpty || searchCount >= Self.mostSearches else {
        likenesses += found
        continue
      }
      return RepairOutcome(
        plan: plan,
        files: try edition.files(names, reserved: [Self.patchName]).map(RepairedFile.init),
        root: manifest.root, threshold: matched.options.reportingThreshold,
        unreadableCount: dataset.outcomes.count { $0.fingerprint == nil }, unresolvedCount: found.count,
        searchCount: searchCount)
    }
  }

  /// The same pipeline with a threshold that the probe may have raised, and without the probe.
  func searchingAgain(from threshold: Double) -> AuditPipeline {
    var configuration = configuration
    configuration.probe = nil
    configuration.match.reportingThreshold = threshold
    configuration.match.listingThreshold = threshold
    return AuditPipeline(configuration, progress: progress, warn: warn)
  }
}

extension HashedDataset {
  /// Some of the samples, in another order, in other splits.
  func rearranged(_ order: [Int], splitOf: [Int?], splits: [Split]) -> HashedDataset {
    HashedDataset(
      manifest: manifest.rearranged(order, splitOf: splitOf, splits: splits), outcomes: order.map { outcomes[$0] })
  }
}
