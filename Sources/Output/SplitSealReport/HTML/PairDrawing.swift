internal import SplitSealImage
internal import SplitSealMatch

/// A picture of a pair with the outline of the other one, and the other one laid on it for whoever asks for the difference.
struct PairDrawing {
  let html: HTMLText

  /// Draws one picture of a pair.
  ///
  /// - Parameters:
  ///   - tile: The picture.
  ///   - sample: Its sample.
  ///   - other: The other sample.
  ///   - otherTile: The other picture; `nil` where it is not there.
  ///   - match: The match of the two.
  ///   - warp: How they lie on each other; `nil` where that is not known.
  ///   - isPrinted: Whether the pair is among those that are printed.
  init(
    _ tile: PictureTile, _ sample: Int, _ other: Int, _ otherTile: PictureTile?, _ match: Match, _ warp: PairWarp?,
    isPrinted: Bool
  ) {
    let fill = tile.html(sample, isPrinted: isPrinted)
    guard let warp, let here = sample == match.first ? warp.secondInFirst : warp.secondInFirst.inverse else {
      html = fill
      return
    }
    let (width, height) = (Double(tile.width), Double(tile.height))
    var inside = HTMLText()
    if let otherTile {
      // From pixels of the other picture by way of shares to pixels of this one.
      let (columns, rows) = (Double(otherTile.width), Double(otherTile.height))
      let matrix = [
        here.xx * width / columns, here.yx * height / columns, here.xy * width / rows, here.yy * height / rows,
        here.x * width, here.y * height,
      ]
      inside += """
        <rect class="over" width="\(otherTile.width)" height="\(otherTile.height)" fill="url(#p\(other))" \
        transform="matrix(\(matrix.map { Self.number($0, thousandths: true) }.joined(separator: " ")))"/>
        """
    }
    if match.kind.isNear || match.orientation != .identity {
      let corners = here.corners.map {
        "\(Self.number($0.x * width, thousandths: false)) \(Self.number($0.y * height, thousandths: false))"
      }
      // A line without length and with round ends is a dot of one size, however large the picture is shown.
      inside +=
        "<path class=\"line\" d=\"M\(corners.joined(separator: "L"))Z\"/><path class=\"dot\" d=\"M\(corners[0])h0\"/>"
    }
    // A picture in a picture cuts off what is outside.
    html = fill + "<svg width=\"\(tile.width)\" height=\"\(tile.height)\">\(inside)</svg>"
  }

  /// A number in tenths, or in ten-thousandths: fast, and without more digits than can be seen.
  private static func number(_ value: Double, thousandths: Bool) -> String {
    let unit = thousandths ? 10_000 : 10
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let whole = Int((value * Double(unit)).rounded())
    let fraction = whole.magnitude % UInt(unit)
    var text = "\(whole < 0 ? "-" : "")\(whole.magnitude / UInt(unit))"
    guard fraction > 0 else { return text }
    var digits = String(fraction)
    digits = String(repeating: "0", count: (thousandths ? 4 : 1) - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    text += ".\(digits)"
    return text
  }
}
