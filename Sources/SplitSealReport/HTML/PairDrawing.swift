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
  init(
    _ tile: PictureTile, _ sample: Int, _ other: Int, _ otherTile: PictureTile?, _ match: Match, _ warp: PairWarp?
  ) {
    let fill: HTMLText = "<rect width=\"\(tile.width)\" height=\"\(tile.height)\" fill=\"url(#p\(sample))\"/>"
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
      inside += "<path class=\"line\" d=\"M\(corners.joined(separator: "L"))Z\"/>"
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

extension HTMLReport {
  /// The pictures, at the end of the page: what is read first is there first.
  ///
  /// A pattern shows a part of a sheet, and a rectangle is filled with it wherever the picture is to be seen: browsers open each
  /// file once, and only those that are looked at.
  var pictureSheets: HTMLText {
    guard !pictures.sheets.isEmpty else { return HTMLText() }
    var html: HTMLText = "<svg class=\"sheets\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
    html += """
      <marker id="dot" viewBox="-4 -4 8 8" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" overflow="visible">\
      <circle r="4" class="dot"/></marker>

      """
    for (index, sheet) in pictures.sheets.enumerated() {
      html += """
        <pattern id="s\(index)" width="1" height="1"><image width="\(sheet.width)" height="\(sheet.height)" \
        href="data:image/jpeg;base64,\(base64: sheet.jpeg)"/></pattern>

        """
    }
    for (sample, tile) in pictures.tiles.sorted(by: { $0.key < $1.key }) {
      html += """
        <pattern id="p\(sample)" href="#s\(tile.sheet)" viewBox="\(tile.left) \(tile.top) \(tile.width) \(tile.height)"/>

        """
    }
    html += "</defs></svg>\n"
    return html
  }
}
