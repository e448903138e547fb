internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

extension HTMLReport {
  /// The answer, and what it rests on.
  var banner: HTMLText {
    let lines = Array(words.verdictLines.dropFirst())
    var html: HTMLText = """
      <header class="\(result.verdict.rawValue)">
      <p class="product">SplitSeal report</p>
      <h1>\(VerdictSentence(result).text)</h1>

      """
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
    for line in lines.prefix(20) { html += "<p>\(String(line.drop { $0 == " " }))</p>\n" }
    html += more(lines.count - 20, of: "reason")
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
    let rows = LeakTable(result).rows
    // A pair of splits has one or two rows.
    for row in rows.prefix(2 * Self.rowCount) {
      table.add(
        [words.name(of: row.split), words.name(of: row.other), row.affected, row.share]
          + (row.pairs.isEmpty ? ["", "", ""] : row.pairs))
    }
    return table.html + more(rows.count - 2 * Self.rowCount, of: "row") + chart(.scores)
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
