/// What Python's XML parser reads out of a chart: written down apart from what draws it.
enum ChartJudge {
  /// Reads the picture from standard input into `svg`; `texts`, `groups` (title, group) and `shapes` find parts of it.
  private static let reader = """
    import sys, math, xml.etree.ElementTree as E
    source = sys.stdin.buffer.read().decode()
    svg = E.fromstring(source)
    S = "{http://www.w3.org/2000/svg}"
    texts = [(t.text or "", float(t.get("x", "nan")), float(t.get("y", "nan")), t) for t in svg.iter(S + "text")]
    groups = [(g.find(S + "title").text, g) for g in svg.iter(S + "g") if g.find(S + "title") is not None]
    def shapes(g, name): return list(g.iter(S + name))
    def number(e, name): return float(e.get(name))
    def places(labels): return [next(x for (t, x, y, e) in texts if t == label) for label in labels]

    """

  /// What a script prints that looks at a chart.
  static func output(of script: String, chart: String) throws -> String {
    try FormatJudge.output(of: reader + script, input: chart)
  }
}
