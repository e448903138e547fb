internal import CVision
internal import SplitSealImage

/// How the numbers of a gradient histogram change places when the picture is turned or mirrored.
enum HistogramSymmetry {
  private static let cellsPerSide = 4
  /// Where gradients of each bin point: x to the right, y down, in steps of 45 degrees.
  private static let directions = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]

  /// For each orientation and number of a histogram: which number it becomes when the orientation is applied.
  static let places: [Orientation: [Int]] = Dictionary(
    uniqueKeysWithValues: Orientation.allCases.map { orientation in
      (orientation, (0..<Int(SS_VISION_GRADIENT_COUNT)).map { place(of: $0, after: orientation) })
    })

  private static func place(of number: Int, after orientation: Orientation) -> Int {
    let (cell, bin) = (number / directions.count, number % directions.count)
    let most = cellsPerSide - 1
    // Twice the distance of the cell's centre from the picture's, in cells.
    let (x, y) = orientation.moved(2 * (cell % cellsPerSide) - most, 2 * (cell / cellsPerSide) - most)
    let (dx, dy) = orientation.moved(directions[bin].0, directions[bin].1)
    let moved = (y + most) / 2 * cellsPerSide + (x + most) / 2
    guard let movedBin = directions.firstIndex(where: { $0 == (dx, dy) }) else {
      preconditionFailure("orientations map multiples of 45 degrees to such")
    }
    return moved * directions.count + movedBin
  }
}

extension Orientation {
  /// The linear map of the plane, x to the right, y down, about the centre of the picture: two rows.
  var matrix: [[Int]] {
    switch self {
    case .identity: [[1, 0], [0, 1]]
    case .mirror: [[-1, 0], [0, 1]]
    case .turn180: [[-1, 0], [0, -1]]
    case .flip: [[1, 0], [0, -1]]
    case .transpose: [[0, 1], [1, 0]]
    case .turn90: [[0, -1], [1, 0]]
    case .transverse: [[0, -1], [-1, 0]]
    case .turn270: [[0, 1], [-1, 0]]
    }
  }

  fileprivate func moved(_ x: Int, _ y: Int) -> (x: Int, y: Int) {
    (matrix[0][0] * x + matrix[0][1] * y, matrix[1][0] * x + matrix[1][1] * y)
  }
}
