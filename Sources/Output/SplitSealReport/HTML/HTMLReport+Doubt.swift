internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealMatch

extension HTMLReport {
  /// The pairs that the detector cannot tell, the surest with their pictures.
  var doubt: HTMLText {
    let pairs = result.input.doubt
    guard pairs.pairCount > 0 else { return HTMLText() }
    var html = list(words.doubtSentences)
    var written = 0
    for match in shown.doubtful where html.byteCount < Self.sectionByteCount {
      let (evaluated, other) = SplitPairOrder.evaluatedFirst(match, in: manifest)
      let pictures = strip([evaluated, other])
      html += "<h3>\(fixed(match.score, digits: 3)) <small>\(words.how(match, evaluated))</small></h3>\n"
      html += pictures.isEmpty ? list([words.place(evaluated), words.place(other)]) : pictures
      written += 1
    }
    let hidden = pairs.pairCount - written
    if hidden > 0 {
      html +=
        "<p class=\"more\">\(counted(hidden, "pair")) more: <code>--pairs FILE.csv</code> lists them.</p>\n"
    }
    return html
  }
}
