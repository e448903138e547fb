internal import SplitSealImage

/// Writes a picture as sixel graphics in 216 colours, six levels of each primary, with dithering.
///
/// - Source: VT330/VT340 Programmer Reference Manual, chapter 14; R. W. Floyd and L. Steinberg, An Adaptive Algorithm for
///   Spatial Greyscale, 1976.
enum SixelEncoder {
  private static let levels = 6

  /// The device control string.
  static func sequence(_ picture: Preview) -> String {
    let colors = dithered(picture)
    // Square pixels; what is not drawn stays as it is, but all is.
    var text = "\u{1B}P0;1;0q\"1;1;\(picture.width);\(picture.height)"
    for color in Array(Set(colors)).sorted() {
      let parts = [color / 36, color / 6 % 6, color % 6].map { "\($0 * 100 / (levels - 1))" }
      text += "#\(color);2;\(parts.joined(separator: ";"))"
    }
    for top in stride(from: 0, to: picture.height, by: 6) {
      text += band(colors, picture.width, rows: top..<min(top + 6, picture.height)) + "-"
    }
    return text + "\u{1B}\\"
  }

  /// Six rows: each colour of theirs over the ones before.
  private static func band(_ colors: [Int], _ width: Int, rows: Range<Int>) -> String {
    let part = colors[(rows.lowerBound * width)..<(rows.upperBound * width)]
    return Array(Set(part)).sorted().map { color in
      var text = "#\(color)"
      var (last, count) = (UInt8(0), 0)
      func flush() {
        let character = String(Unicode.Scalar(last + 0x3F))
        text += count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
      }
      for column in 0..<width {
        var bits: UInt8 = 0
        for row in rows where colors[row * width + column] == color { bits |= 1 << UInt8(row - rows.lowerBound) }
        if bits != last, count > 0 {
          flush()
          count = 0
        }
        last = bits
        count += 1
      }
      // Nothing of the colour is left in the rest of the line.
      if last != 0 { flush() }
      return text
    }.joined(separator: "$")
  }

  /// The colour of each pixel, 0...215, the error of each handed on to its neighbours.
  private static func dithered(_ picture: Preview) -> [Int] {
    let (width, height) = (picture.width, picture.height)
    var values = picture.pixels.map { Int($0) * 16 }
    var colors = Array(repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 {
          let place = (y * width + x) * 3 + channel
          let wanted = min(max(values[place], 0), 255 * 16)
          let level = (wanted * (levels - 1) + 255 * 8) / (255 * 16)
          colors[y * width + x] = colors[y * width + x] * levels + level
          let error = wanted - level * 255 * 16 / (levels - 1)
          for (dx, dy, share) in [(1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)] {
            guard (0..<width).contains(x + dx), y + dy < height else { continue }
            values[place + (dy * width + dx) * 3] += error * share / 16
          }
        }
      }
    }
    return colors
  }
}
