extension Orientation {
  /// Whether rows become columns, then whether the result is mirrored left to right, then top to bottom.
  ///
  /// Every orientation is exactly one of these eight triples, which makes composition a matter of Booleans.
  struct Steps: Hashable, Sendable {
    var transposes: Bool
    var mirrorsColumns: Bool
    var mirrorsRows: Bool
  }

  /// The orientation as steps done one after the other.
  var steps: Steps {
    switch self {
    case .identity: Steps(transposes: false, mirrorsColumns: false, mirrorsRows: false)
    case .mirror: Steps(transposes: false, mirrorsColumns: true, mirrorsRows: false)
    case .turn180: Steps(transposes: false, mirrorsColumns: true, mirrorsRows: true)
    case .flip: Steps(transposes: false, mirrorsColumns: false, mirrorsRows: true)
    case .transpose: Steps(transposes: true, mirrorsColumns: false, mirrorsRows: false)
    case .turn90: Steps(transposes: true, mirrorsColumns: true, mirrorsRows: false)
    case .transverse: Steps(transposes: true, mirrorsColumns: true, mirrorsRows: true)
    case .turn270: Steps(transposes: true, mirrorsColumns: false, mirrorsRows: true)
    }
  }

  /// The orientation that does `steps`.
  init(_ steps: Steps) {
    self =
      switch (steps.transposes, steps.mirrorsColumns, steps.mirrorsRows) {
      case (false, false, false): .identity
      case (false, true, false): .mirror
      case (false, true, true): .turn180
      case (false, false, true): .flip
      case (true, false, false): .transpose
      case (true, true, false): .turn90
      case (true, true, true): .transverse
      case (true, false, true): .turn270
      }
  }

  /// The orientation that undoes this one.
  public var inverse: Orientation {
    guard steps.transposes else { return self }
    // Undone in reverse order: mirrored first, then transposed, which is transposed first and mirrored the other way.
    return Orientation(
      Steps(transposes: true, mirrorsColumns: steps.mirrorsRows, mirrorsRows: steps.mirrorsColumns))
  }

  /// The orientation that does `first` and then this one.
  ///
  /// The order matters: `turn90` following `mirror` is `transverse`, `mirror` following `turn90` is `transpose`.
  public func following(_ first: Orientation) -> Orientation {
    let before = first.steps
    let after = steps
    // Transposing a mirrored picture mirrors the transposed picture along the other axis.
    let columns = after.transposes ? before.mirrorsRows : before.mirrorsColumns
    let rows = after.transposes ? before.mirrorsColumns : before.mirrorsRows
    return Orientation(
      Steps(
        transposes: before.transposes != after.transposes,
        mirrorsColumns: columns != after.mirrorsColumns,
        mirrorsRows: rows != after.mirrorsRows))
  }
}
