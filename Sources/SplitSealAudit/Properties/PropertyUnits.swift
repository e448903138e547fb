internal import SplitSealManifest

/// Which images are assigned to a split together: those of one group of the first grouping, or each by itself.
struct PropertyUnits {
  private let grouping: Grouping?
  /// Whether some unit may hold several images.
  var isGrouped: Bool { grouping != nil }

  init(_ manifest: Manifest) { grouping = manifest.groupings.first }

  /// Numbers the units of some samples from a number on, in the order in which they appear.
  ///
  /// - Parameters:
  ///   - samples: Of one split.
  ///   - first: The number of the first unit.
  /// - Returns: A unit a sample, and how many units there are.
  func units(of samples: [Int], from first: Int = 0) -> (units: [Int], count: Int) {
    guard let grouping else { return (Array(first..<first + samples.count), samples.count) }
    var unitOf = Array(repeating: -1, count: grouping.groups.count)
    var next = first
    let units = samples.map { sample -> Int in
      let group = grouping.group(of: sample)
      if let group, unitOf[group] >= 0 { return unitOf[group] }
      if let group { unitOf[group] = next }
      next += 1
      return next - 1
    }
    return (units, next - first)
  }
}
