internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch
internal import SplitSealPolicy

extension HTMLReport {
  /// Pairs that are printed.
  private static let printedCount = 20

  /// The pairs by picture, the most alike first, as many as there is room for.
  func pairs(byteCount: Int) -> HTMLText {
    guard shown.pairCount > 0 else { return HTMLText() }
    let filters = PairFilters(shown, manifest: manifest).html
    let byteCount = byteCount - filters.byteCount
    var body = HTMLText()
    var written = 0
    for (index, group) in shown.groups.enumerated() {
      let html = html(of: group, number: index + 1)
      guard body.byteCount + html.byteCount <= byteCount else { break }
      body += html
      written += group.pairs.count
    }
    return pairsNote(written: written) + filters + "<div id=\"list\">\n\(body)</div>\n"
  }

  /// How to read the pairs, and which are not there.
  private func pairsNote(written: Int) -> HTMLText {
    let unlisted = result.input.matches.unlistedCount
    let all = shown.pairCount + unlisted
    var html: HTMLText = """
      <p>The closest first; those of one picture stand together. The outline shows where the other picture lies, its dot where the \
      other's upper left corner is. <b>Difference</b> lays the second picture on the first: what is black is equal.</p>

      """
    if written < all {
      html += """
        <p class="more"><strong>\(grouped(written)) of \(counted(all, "pair")) are shown</strong>: \
        <code>--pairs FILE.csv</code> lists \(unlisted > 0 ? "all but \(grouped(unlisted)) that are too many for one image" : "all").</p>

        """
    }
    if let reason = missingPictures { html += "<p class=\"more\"><strong>\(reason)</strong></p>\n" }
    return html
  }

  /// Which pictures are not there, and why.
  private var missingPictures: String? {
    guard pictures.scale != nil else {
      return "There are no pictures: the report was made without the images."
    }
    var parts: [String] = []
    if pictures.omittedCount > 0 {
      parts.append("\(counted(pictures.omittedCount, "picture")) left out: the page would be larger than 25 MB")
    }
    if pictures.unreadableCount > 0 {
      parts.append(
        "\(counted(pictures.unreadableCount, "picture")) not shown: the file cannot be read or has changed since it was checked"
      )
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ") + "."
  }

  private func html(of group: PairGroup, number: Int) -> HTMLText {
    guard group.pairs.count > 1, let cluster = group.cluster else {
      return HTMLText(group.pairs.map { html(of: $0, heading: "h3") })
    }
    let splits = cluster.splits.map { split in
      "\(grouped(cluster.members.count { manifest.samples[$0].split == split })) of \(words.name(of: split))"
    }
    return """
      <section class="group\(group.pairs.allSatisfy { $0.rank > Self.printedCount } ? " later" : "")" aria-labelledby="picture-\(number)">
      <h3 id="picture-\(number)">One picture in \(counted(cluster.members.count, "image")): \
      \(splits.joined(separator: ", ")) <small>\(counted(group.pairs.count, "pair")), weakest link \
      \(fixed(cluster.weakestLink, digits: 3))</small></h3>
      \(HTMLText(group.pairs.map { html(of: $0, heading: "h4") }))</section>

      """
  }

  /// One pair; `heading` is the element of its title.
  private func html(of pair: ShownPair, heading: HTMLText) -> HTMLText {
    let samples = [pair.evaluated, pair.other].map { manifest.samples[$0] }
    let labels = samples.map(\.label)
    let isConflict = labels[0] != nil && labels[1] != nil && labels[0] != labels[1]
    let classes = labels.compactMap(\.self).map { String($0) }
    let hasDifference = pictures.tiles[pair.evaluated] != nil && pictures.tiles[pair.other] != nil
    var html: HTMLText = """
      <article class="pair\(pair.rank > Self.printedCount ? " later" : "")" id="pair-\(pair.rank)" data-rule="\(pair.finding.rule.rawValue)" \
      data-splits="\(samples[0].split)-\(samples[1].split)" data-classes="\(classes.joined(separator: " "))"\
      \(isConflict ? " data-conflict" : "")>
      <\(heading)>Pair \(grouped(pair.rank)): \(fixed(pair.match.score, digits: 3)) \
      <small>\(words.how(pair.match, pair.evaluated))</small></\(heading)>
      <div class="two">

      """
    html += figure(pair.evaluated, besides: pair.other, pair, isConflict)
    html += figure(pair.other, besides: pair.evaluated, pair, isConflict)
    html += "</div>\n<p class=\"tools\">"
    if hasDifference {
      html +=
        "<label><input type=\"checkbox\"> Difference<span class=\"v\"> of pair \(grouped(pair.rank))</span></label> "
    }
    if isConflict { html += "<strong class=\"conflict\">two labels</strong> " }
    html += "<span>\(pair.finding.severity.rawValue) \(pair.finding.rule.rawValue), finding "
    html += "<code class=\"id\">\(pair.finding.shortIdentity)</code></span></p>\n</article>\n"
    return html
  }

  /// One picture of a pair with what is known of it.
  private func figure(_ sample: Int, besides other: Int, _ pair: ShownPair, _ isConflict: Bool) -> HTMLText {
    let (split, path) = (words.name(of: manifest.samples[sample].split), printable(manifest.samples[sample].path))
    var html: HTMLText = "<figure>"
    if let tile = pictures.tiles[sample] {
      // The difference stands where the image is that the leak spoils; the other one stays to compare.
      let laidOn = sample == pair.evaluated ? pictures.tiles[other] : nil
      let drawing = PairDrawing(
        tile, sample, other, laidOn, pair.match, pictures.warps[pair.rank], isPrinted: pair.rank <= Self.printedCount)
      html += """
        <svg class="pic" viewBox="0 0 \(tile.width) \(tile.height)" role="img" \
        aria-label="\(split): \(path)">\(drawing.html)</svg>
        """
    } else {
      html += "<div class=\"pic none\">no picture</div>"
    }
    html += "\n<figcaption><b>\(split)</b> <code class=\"path\">\(path)</code>"
    if let label = manifest.samples[sample].label {
      html += isConflict ? " <span class=\"conflict\">label " : " <span>label "
      html += "\(printable(manifest.labels[label]))</span>"
    }
    html += "</figcaption></figure>\n"
    return html
  }
}
