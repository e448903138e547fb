internal import SplitSealImage

/// Where a picture is in the sheets.
struct PictureTile: Hashable, Sendable {
  /// Index of the sheet.
  let sheet: Int
  /// Pixels from the sheet's left side and from its top.
  let left: Int
  let top: Int
  /// Pixels of the picture, 1 or more.
  let width: Int
  let height: Int
}

/// Puts small pictures side by side, so that many share one file's headers and code tables and a browser has few files to
/// open.
struct SheetPacker {
  /// Pixels of a sheet's side at most: to show one picture a browser decodes its whole sheet.
  static let side = 512
  /// Blocks of a JPEG with subsampled colour: of pictures that share none no more than the colour of the outermost pixels
  /// bleeds into each other.
  private static let block = 16

  /// Sheets that are full, in order; the number of the first is ``finishedCount`` less how many these are.
  private(set) var finished: [Preview] = []
  private var finishedCount = 0
  private var open: [(picture: Preview, left: Int, top: Int)] = []
  private var (left, top, rowHeight) = (0, 0, 0)

  /// Finds a place for a picture.
  ///
  /// - Precondition: neither side is longer than a sheet's.
  mutating func place(_ picture: Preview) -> PictureTile {
    precondition(max(picture.width, picture.height) <= Self.side, "a picture fits into a sheet")
    let (width, height) = (Self.blocks(picture.width), Self.blocks(picture.height))
    if left + width > Self.side { (left, top, rowHeight) = (0, top + rowHeight, 0) }
    if top + height > Self.side { finish() }
    let tile = PictureTile(
      sheet: finishedCount, left: left, top: top, width: picture.width, height: picture.height)
    open.append((picture, left, top))
    left += width
    rowHeight = max(rowHeight, height)
    return tile
  }

  /// Takes the sheets that are full.
  mutating func takeFinished() -> [Preview] {
    defer { finished = [] }
    return finished
  }

  /// Ends the sheet that is not full yet, if there is one.
  mutating func finish() {
    guard !open.isEmpty else { return }
    let width = open.map { $0.left + Self.blocks($0.picture.width) }.max() ?? 0
    let height = open.map { $0.top + Self.blocks($0.picture.height) }.max() ?? 0
    var pixels = Array(repeating: UInt8(255), count: width * height * 3)
    for (picture, left, top) in open {
      // What is between the picture and its last block repeats the edge, which costs least and blurs nothing.
      for row in 0..<Self.blocks(picture.height) {
        let source = min(row, picture.height - 1) * picture.width * 3
        var target = ((top + row) * width + left) * 3
        for column in 0..<Self.blocks(picture.width) {
          let from = source + min(column, picture.width - 1) * 3
          for channel in 0..<3 { pixels[target + channel] = picture.pixels[from + channel] }
          target += 3
        }
      }
    }
    finished.append(Preview(width: width, height: height, pixels: pixels))
    finishedCount += 1
    open = []
    (left, top, rowHeight) = (0, 0, 0)
  }

  private static func blocks(_ length: Int) -> Int { (length + block - 1) / block * block }
}
