extension PictureTile {
  /// The picture of a sample.
  ///
  /// A pattern shows a part of a sheet, and a rectangle is filled with it: browsers open each file once, however many pictures
  /// it holds and in however many places they are. Printed, a pattern becomes megabytes of pixels; there the sheet itself is
  /// used, which costs a browser more.
  func html(_ sample: Int, isPrinted: Bool) -> HTMLText {
    isPrinted
      ? """
      <svg width="\(width)" height="\(height)" viewBox="\(left) \(top) \(width) \(height)"><use href="#i\(sheet)"/></svg>
      """
      : "<rect width=\"\(width)\" height=\"\(height)\" fill=\"url(#p\(sample))\"/>"
  }
}

extension HTMLReport {
  /// A picture without another one, with its place as its name; empty where it is not there.
  func picture(_ sample: Int) -> HTMLText {
    guard let tile = pictures.tiles[sample] else { return HTMLText() }
    return """
      <svg class="pic" viewBox="0 0 \(tile.width) \(tile.height)" \
      role="img" aria-label="\(words.place(sample))">\(tile.html(sample, isPrinted: false))</svg>
      """
  }

  /// Pictures side by side, each under its place; empty where none is there.
  func strip(_ samples: [Int]) -> HTMLText {
    let figures = samples.map { sample in
      "<figure>\(picture(sample))<figcaption><code class=\"path\">\(words.place(sample))</code></figcaption></figure>\n"
        as HTMLText
    }
    return samples.contains { pictures.tiles[$0] != nil }
      ? "<div class=\"strip\">\n\(HTMLText(figures))</div>\n" : HTMLText()
  }

  /// The pictures, at the end of the page: what is read first is there first.
  var pictureSheets: HTMLText {
    guard !pictures.sheets.isEmpty else { return HTMLText() }
    var html: HTMLText =
      "<svg class=\"sheets\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
    for (index, sheet) in pictures.sheets.enumerated() {
      html += """
        <pattern id="s\(index)" width="1" height="1"><image id="i\(index)" width="\(sheet.width)" height="\(sheet.height)" \
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
