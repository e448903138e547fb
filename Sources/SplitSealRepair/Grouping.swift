internal import SplitSealManifest

/// One way to group the samples: by subject, by video.
struct Grouping: Sendable {
  /// What the groups are called.
  let name: String
  /// The names of the groups.
  let groups: [String]
  /// The group of each sample, an index into ``groups``; `nil` for those in none.
  let groupOf: [Int?]

  /// All groupings of a manifest: the one place that knows how a manifest states them.
  static func all(of manifest: Manifest) -> [Grouping] {
    guard !manifest.groups.isEmpty else { return [] }
    return [Grouping(name: "group", groups: manifest.groups, groupOf: manifest.samples.map(\.group))]
  }
}
