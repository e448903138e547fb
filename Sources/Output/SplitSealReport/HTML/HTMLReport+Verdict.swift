internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

extension HTMLReport {
  /// The answer, and what it rests on.
  var banner: HTMLText {
    let lines = words.verdictLines
    var html: HTMLText = """
      <header class="\(result.verdict.rawValue)">
      <p class="product">SplitSeal report</p>
      <h1>\(lines[0])</h1>

      """
    if let (evaluated, other) = MarkdownReport(result, context: context).worstPair {
      let listed = result.coverage[evaluated.split].listedCount
      let isDoubtful = result.input.alikeness.isCountDoubtful
      html += """
        <p class="headline"><strong>\(grouped(evaluated.affectedCount)) of \(grouped(listed)) images \
        (\(words.share(evaluated.affectedCount, of: listed)))</strong> of <b>\(words.name(of: evaluated.split))</b> \
        \(isDoubtful ? "match in" : "are also in") <b>\(words.name(of: other.split))</b>\
        \(isDoubtful ? ", and may be look-alikes" : "").</p>

        """
    }
    let listed = result.coverage.reduce(0) { $0 + $1.listedCount }
    let checked = result.coverage.reduce(0) { $0 + $1.checkedCount }
    let compared = result.coverage.reduce(0) { $0 + $1.comparedCount }
    let doubtful = result.coverage.reduce(0) { $0 + $1.doubtfulCount }
    html += """
      <p>\(counted(listed, "image")) in \(counted(manifest.splits.count, "split")), \
      \(checked == listed ? "all of them read" : "\(grouped(checked)) of them read (\(words.share(checked, of: listed)))"), \
      \(compared == listed ? "all of them compared" : "\(grouped(compared)) of them compared (\(words.share(compared, of: listed)))")\
      \(doubtful == 0 ? "" : ", \(grouped(doubtful)) of them in doubt").</p>

      """
    for line in lines.dropFirst().prefix(20) { html += "<p>\(String(line.drop { $0 == " " }))</p>\n" }
    html += more(lines.count - 21, of: "reason")
    html += "</header>\n"
    return html
  }

  /// How much of each split could be read and compared.
  var coverage: HTMLText {
    var table = HTMLTable(
      "Splits: images listed, read and compared",
      ["split", "role", "images#", "read#", "share read#", "compared#", "share compared#", "in doubt#"])
    for (index, coverage) in result.coverage.enumerated().prefix(Self.rowCount) {
      let (listed, checked) = (coverage.listedCount, coverage.checkedCount)
      table.add([
        words.name(of: index), manifest.splits[index].role.rawValue, grouped(listed),
        checked == listed ? "all" : grouped(checked), words.share(checked, of: listed),
        coverage.comparedCount == listed ? "all" : grouped(coverage.comparedCount),
        words.share(coverage.comparedCount, of: listed),
        coverage.doubtfulCount == 0 ? "none" : grouped(coverage.doubtfulCount),
      ])
    }
    var notes = HTMLText()
    if let sentence = manifest.ignoredSentence { notes += "<p>Not taken for images: \(sentence).</p>\n" }
    if let sentence = result.input.repairedSentence { notes += "<p>Damaged, but read: \(sentence).</p>\n" }
    return table.html + more(result.coverage.count - Self.rowCount, of: "split") + notes
  }

  /// The pairs of splits, each with the share of the evaluated split first.
  var leaks: HTMLText {
    guard !result.input.matches.counts.isEmpty else { return HTMLText() }
    var table = HTMLTable(
      "Images affected, and pairs of copies",
      ["images of", words.otherHeading, "affected#", "share#", "same bytes#", "same pixels#", "near-duplicates#"])
    for count in result.input.matches.counts.prefix(Self.rowCount) {
      let (evaluated, other) = SplitPairOrder(count, splits: manifest.splits).evaluatedFirst
      table.add(affected(evaluated, other) + [count.bytePairs, count.pixelPairs, count.nearPairs].map(grouped))
      if count.affectedInFirst > 0 { table.add(affected(other, evaluated) + ["", "", ""]) }
    }
    return table.html + more(result.input.matches.counts.count - Self.rowCount, of: "pair of splits") + chart(.scores)
  }

  private func affected(_ side: SplitPairOrder.Side, _ other: SplitPairOrder.Side) -> [String] {
    let listed = result.coverage[side.split].listedCount
    return [
      words.name(of: side.split), words.name(of: other.split), "\(grouped(side.affectedCount)) of \(grouped(listed))",
      words.share(side.affectedCount, of: listed),
    ]
  }

  /// What is in several images, within splits and across, and the pictures in most images.
  var clusters: HTMLText {
    let lines = words.clusterLines.dropFirst()
    guard !lines.isEmpty else { return HTMLText() }
    var html = list(lines.map { String($0.drop { $0 == " " }) })
    for (cluster, members) in shown.clusters where html.byteCount < Self.sectionByteCount {
      html += """
        <h3>One picture in \(counted(cluster.members.count, "image")) \
        <small>weakest link \(fixed(cluster.weakestLink, digits: 3))</small></h3>
        \(strip(members))
        """
      let hidden = cluster.members.count - members.count
      if hidden > 0 { html += "<p class=\"more\">and \(counted(hidden, "image")) more</p>\n" }
    }
    return html
  }
}
