internal import SplitSealBase
public import SplitSealImage

/// Two pictures beside each other.
public enum PairPicture {
  /// Pixels between the two.
  static let gap = 8

  /// Joins two pictures on white, each scaled to one height.
  ///
  /// - Parameters:
  ///   - first: The left one.
  ///   - second: The right one.
  ///   - height: Rows of the outcome, 1 or more.
  /// - Returns: The picture, no wider than 7 times its height.
  public static func joined(_ first: Preview, _ second: Preview, height: Int) -> Preview {
    let parts = [first, second].map { scaled($0, height: height) }
    let width = parts[0].width + gap + parts[1].width
    var pixels = Array(repeating: UInt8(255), count: width * height * 3)
    for (part, left) in zip(parts, [0, parts[0].width + gap]) {
      // A picture that is too wide for the height stands in the middle.
      let top = (height - part.height) / 2
      for row in 0..<part.height {
        let target = ((top + row) * width + left) * 3
        let source = row * part.width * 3
        pixels.replaceSubrange(
          target..<(target + part.width * 3), with: part.pixels[source..<(source + part.width * 3)])
      }
    }
    return Preview(width: width, height: height, pixels: pixels)
  }

  /// A picture of a given height, or of three times that in width: each pixel is the mean of those it covers, or the one
  /// that covers it.
  private static func scaled(_ picture: Preview, height: Int) -> Preview {
    let wide = max(1, picture.width * height / picture.height)
    let width = min(wide, 3 * height)
    let rows = wide > width ? max(1, picture.height * width / picture.width) : height
    func range(_ index: Int, _ count: Int, _ length: Int) -> Range<Int> {
      let start = index * length / count
      return start..<max(start + 1, (index + 1) * length / count)
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * rows * 3)
    for y in 0..<rows {
      let ys = range(y, rows, picture.height)
      for x in 0..<width {
        let xs = range(x, width, picture.width)
        for channel in 0..<3 {
          var sum = 0
          for row in ys {
            for column in xs { sum += Int(picture.pixels[(row * picture.width + column) * 3 + channel]) }
          }
          pixels.append(UInt8((sum + ys.count * xs.count / 2) / (ys.count * xs.count)))
        }
      }
    }
    return Preview(width: width, height: rows, pixels: pixels)
  }
}
