/// Which images of different splits may not both stay.
///
/// Two images conflict when their splits are compared and they show one picture, or pictures that match, or belong to one
/// group. Images of one split with the same conflicts are one unit of the problem: of these all stay or all go.
struct ConflictGraph: Sendable {
  /// A set of images of one split that conflict with the same others.
  struct Unit: Hashable, Sendable {
    let split: Int
    /// Indices into the table's images, ascending.
    let images: [Int]
    /// The cells that it is in, ascending.
    let cells: [Int]
  }

  /// The images that conflict with any other, in units by their first images.
  let units: [Unit]
  /// The cells that each cell conflicts with.
  ///
  /// A cell holds what one split has of one picture, or of one group.
  let conflicts: [[Int]]

  /// Finds the conflicts.
  ///
  /// - Parameters:
  ///   - table: The images.
  ///   - areCompared: Whether the images of two different splits may not overlap; symmetric.
  /// - Complexity: O(*n* + *m* *s*²) for *n* images, *m* links and *s* splits.
  init(_ table: ImageTable, areCompared: (Int, Int) -> Bool = { _, _ in true }) {
    var cells = CellTable()
    // Most pictures are in one image and match nothing.
    var isLinked = table.imagesOfPicture.map { $0.count > 1 }
    for link in table.links { (isLinked[link.first], isLinked[link.second]) = (true, true) }
    let pictureCells = table.imagesOfPicture.indices.map { picture in
      isLinked[picture] ? cells.cells(of: table.imagesOfPicture[picture], in: table) : []
    }
    let groupCells = table.imagesOfGroup.map { cells.cells(of: $0, in: table) }
    var conflicts = Array(repeating: [Int](), count: cells.count)
    func connect(_ first: [CellTable.Cell], _ second: [CellTable.Cell]) {
      for a in first {
        for b in second where a.split != b.split && areCompared(a.split, b.split) {
          conflicts[a.index].append(b.index)
        }
      }
    }
    for cells in pictureCells + groupCells { connect(cells, cells) }
    for link in table.links {
      connect(pictureCells[link.first], pictureCells[link.second])
      connect(pictureCells[link.second], pictureCells[link.first])
    }
    // Only what conflicts is kept, under new numbers.
    var numberOf = Array(repeating: -1, count: conflicts.count)
    var count = 0
    for cell in conflicts.indices where !conflicts[cell].isEmpty {
      numberOf[cell] = count
      count += 1
    }
    self.conflicts = conflicts.filter { !$0.isEmpty }.map { $0.map { numberOf[$0] }.sorted() }
    var cellsOfImage = Array(repeating: [Int](), count: table.images.count)
    for (members, cells) in zip(table.imagesOfPicture + table.imagesOfGroup, pictureCells + groupCells) {
      let cellOfSplit = Dictionary(uniqueKeysWithValues: cells.map { ($0.split, numberOf[$0.index]) })
      for image in members {
        if let cell = cellOfSplit[table.images[image].split], cell >= 0 { cellsOfImage[image].append(cell) }
      }
    }
    var unitOfCells: [[Int]: Int] = [:]
    var images: [[Int]] = []
    for (image, cells) in cellsOfImage.enumerated() where !cells.isEmpty {
      let key = cells.sorted()
      let unit = unitOfCells[key] ?? images.count
      unitOfCells[key] = unit
      if unit == images.count { images.append([]) }
      images[unit].append(image)
    }
    units = images.map { images in
      Unit(split: table.images[images[0]].split, images: images, cells: cellsOfImage[images[0]].sorted())
    }
  }

  /// The problem of removing as little as possible, every image at one price.
  func problem(weights: [Int]) -> RemovalProblem {
    RemovalProblem(weights: weights, sides: units.map(\.split), cellsOf: units.map(\.cells), conflicts: conflicts)
  }

  /// Whether no two conflicting images are left when some units are removed.
  func isSolved(removing removed: [Int]) -> Bool {
    problem(weights: units.map(\.images.count)).isSolved(removing: removed)
  }
}

/// Numbers what each split has of one picture or group.
private struct CellTable {
  struct Cell {
    let index: Int
    let split: Int
  }

  private(set) var count = 0

  /// The cells of some images, by split.
  mutating func cells(of images: [Int], in table: ImageTable) -> [Cell] {
    var splits: [Int] = []
    for image in images where !splits.contains(table.images[image].split) { splits.append(table.images[image].split) }
    return splits.sorted().map { split in
      defer { count += 1 }
      return Cell(index: count, split: split)
    }
  }
}
