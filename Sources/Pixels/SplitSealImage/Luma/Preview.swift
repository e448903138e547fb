/// A picture for people's eyes: upright, opaque, no larger than is of use.
public struct Preview: Hashable, Sendable {
  /// Columns, 1 or more.
  public let width: Int
  /// Rows, 1 or more.
  public let height: Int
  /// `height * width * 3` bytes: R, G, B; row-major, no padding.
  public let pixels: [UInt8]

  /// Assembles a preview.
  ///
  /// - Precondition: `pixels.count == height * width * 3`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == height * width * 3, "pixels do not fill width x height")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Makes the preview of a picture as it is compared (``DecodedImage/seen()``): each pixel is the mean of the area it
  /// covers.
  ///
  /// - Parameters:
  ///   - image: The picture; its orientation is applied.
  ///   - longestSide: Pixels of the longer side at most, 1 or more. A smaller picture keeps its size.
  /// - Complexity: O(width x height) of the picture.
  public init(_ image: DecodedImage, longestSide: Int) {
    self.init(seen: image.seen().upright(), longestSide: longestSide)
  }

  /// Makes the preview of a picture that is upright, opaque and of 8 bits a channel, whose levels stay as they are.
  package init(seen image: DecodedImage, longestSide: Int) {
    precondition(longestSide > 0, "a preview has pixels")
    precondition(image.bitsPerChannel == 8 && image.orientation == .identity, "a picture as it is seen")
    let (columns, rows) = (Self.lengths(image.width, image.height, longestSide))
    let across = AreaShares(from: image.width, to: columns)
    let down = AreaShares(from: image.height, to: rows)
    var pixels = Array(repeating: UInt8(0), count: columns * rows * 3)
    var line = Array(repeating: Float(0), count: columns * 3)
    var sums = Array(repeating: Float(0), count: columns * rows * 3)
    for row in 0..<image.height {
      for i in line.indices { line[i] = 0 }
      image.addRow(row, to: &line, across)
      for (target, share) in down.targets(of: row) where share > 0 {
        let start = target * columns * 3
        for i in line.indices { sums[start + i] += share * line[i] }
      }
    }
    for i in sums.indices { pixels[i] = UInt8(min(max(sums[i].rounded(), 0), 255)) }
    self.init(width: columns, height: rows, pixels: pixels)
  }

  /// The sides of a preview.
  private static func lengths(_ width: Int, _ height: Int, _ longestSide: Int) -> (Int, Int) {
    let longest = max(width, height)
    guard longest > longestSide else { return (width, height) }
    // To the nearest pixel, and one at least.
    return (
      max(1, (2 * width * longestSide + longest) / (2 * longest)),
      max(1, (2 * height * longestSide + longest) / (2 * longest))
    )
  }

  /// The preview as a baseline JPEG, 4:2:0.
  ///
  /// - Parameter quality: libjpeg's quality, 1...100.
  /// - Returns: The bytes of the file.
  /// - Throws: `ImageFault` when a side is longer than JPEG allows, or memory does not suffice.
  public func jpeg(quality: Int) throws(ImageFault) -> [UInt8] {
    try JPEGEncoder.encode(pixels, width: width, height: height, quality: quality)
  }
}

/// Which pixels of a shorter line those of a longer one go into, and with which shares: those of one target add up to 1.
private struct AreaShares {
  /// For each pixel of the longer line, the first pixel of the shorter it goes into, and its share of that and of the next.
  let first: [Int]
  let shares: [(Float, Float)]

  init(from length: Int, to shorter: Int) {
    var first: [Int] = []
    var shares: [(Float, Float)] = []
    for i in 0..<length {
      // The pixel covers [start, end) of the shorter line, in units of 1 / length.
      let (start, end) = (i * shorter, (i + 1) * shorter)
      let target = start / length
      let border = min(end, (target + 1) * length)
      first.append(target)
      shares.append((Float(border - start) / Float(length), Float(end - border) / Float(length)))
    }
    (self.first, self.shares) = (first, shares)
  }

  func targets(of i: Int) -> [(Int, Float)] { [(first[i], shares[i].0), (first[i] + 1, shares[i].1)] }
}

extension DecodedImage {
  /// Adds a row of 8 bits a channel to a line of R, G, B, each pixel with its shares.
  fileprivate func addRow(_ row: Int, to line: inout [Float], _ across: AreaShares) {
    unsafe pixels.withUnsafeBufferPointer { pixels in
      unsafe line.withUnsafeMutableBufferPointer { line in
        for column in 0..<width {
          let place = (row * width + column) * 4
          let (near, far) = across.shares[column]
          let target = across.first[column] * 3
          for channel in 0..<3 {
            let level = unsafe Float(pixels[place + channel])
            unsafe line[target + channel] += near * level
            if far > 0 { unsafe line[target + 3 + channel] += far * level }
          }
        }
      }
    }
  }
}
