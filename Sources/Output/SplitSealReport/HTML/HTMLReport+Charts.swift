internal import SplitSealBase
internal import SplitSealManifest

extension HTMLReport {
  /// A chart with its numbers; empty where the audit has nothing to draw.
  func chart(_ kind: ChartKind) -> HTMLText {
    guard let chart = try? kind.chart(of: result) else { return HTMLText() }
    var table = HTMLTable("\(chart.title): the numbers", chart.table.header)
    for row in chart.table.rows.prefix(Self.rowCount) { table.add(row.map(Self.cell)) }
    return """
      <figure class="chart"><div class="scroll" role="region" tabindex="0" aria-label="\(chart.title)">\(chart: chart)</div>
      <figcaption>\(chart.title).</figcaption></figure>
      <details><summary>Numbers of the chart<span class="v">: \(chart.title)</span></summary>
      \(table.html)\(more(chart.table.rows.count - Self.rowCount, of: "row"))</details>

      """
  }

  private static func cell(_ text: String) -> String { printable(text) }
}
