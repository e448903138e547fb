import SplitSealAudit
import SplitSealImage
import SplitSealMatch
import SplitSealReport
import SplitSealTestSupport
import Testing

/// That marks and columns stand where the numbers say, read back from the pictures by their axes.
@Suite(.enabled(if: FormatJudge.isPresent, "there is no python3"))
struct ChartGeometryTests {
  @Test func `recalls and their intervals stand at their places on the axis`() throws {
    let svg = try PowerChart(ReportedDataset.probed.result).svg(.standalone)
    // Wilson's interval as the root of (p - x)^2 = z^2 x (1 - x) / n, by bisection and not by the formula.
    let script = """
      zero, hundred = places(["0", "100"])
      def share(x): return (x - zero) / (hundred - zero)
      def end(p, n, low, high):
          f = lambda x: (p - x) ** 2 - 1.959963984540054 ** 2 * x * (1 - x) / n
          inside = p
          for _ in range(200):
              middle = (low + high) / 2
              if (f(middle) > 0) == (low < p): low = middle
              else: high = middle
          return middle
      for title, g in groups:
          found = int(title.split("found ")[1].split(" of")[0])
          disc, line = shapes(g, "circle")[0], shapes(g, "line")[0]
          want = [found / 200, end(found / 200, 200, 0, found / 200) if found else 0, end(found / 200, 200, found / 200, 1) if found < 200 else 1]
          have = [share(number(disc, "cx")), share(number(line, "x1")), share(number(line, "x2"))]
          good = all(abs(a - b) < 0.001 for a, b in zip(want, have))
          print(title.split(":")[0], good)
      """
    // The edits found most come first.
    #expect(
      try ChartJudge.output(of: script, chart: svg)
        == "jpeg85 True\ncrop80 True\ncrop50 True\ncaption True\nbeside True\n")
  }

  @Test func `the numbers beside a chart are shares with Wilson's intervals`() throws {
    let table = try PowerChart(ReportedDataset.probed.result).table
    #expect(table.header == ["edit", "found", "made", "recall", "lower end (95 %)", "upper end (95 %)"])
    // The ends solve (p - x)^2 = z^2 x (1 - x) / n, found by bisection.
    #expect(table.rows[3] == ["caption", "61", "200", "0.305000", "0.245364", "0.371986"])
    let classes = try ClassShareChart(DatasetBuilder("train/a *3\ntrain/b *1\ntest/a *1\ntest/b *1").audit()).table
    #expect(
      classes.rows.map { $0.prefix(5).joined(separator: " ") } == [
        "a train 3 4 0.750000", "a test 1 2 0.500000", "b train 1 4 0.250000", "b test 1 2 0.500000",
      ])
  }

  @Test func `every split has a mark of its own form`() throws {
    let splits = ["train", "val", "test", "extra", "p", "q", "r", "s", "t"]
    let svg = try ClassShareChart(
      DatasetBuilder(splits.map { "\($0)/a *2\n\($0)/b *2" }.joined(separator: "\n")).audit()
    ).svg(.standalone)
    let script = """
      def form(g):
          e = (shapes(g, "polygon") + shapes(g, "circle"))[0]
          points = [tuple(map(float, p.split(","))) for p in e.get("points", "").split()]
          return (tuple((round(x - points[0][0], 1), round(y - points[0][1], 1)) for x, y in points), e.get("fill") == "#ffffff")
      forms = [form(g) for title, g in groups]
      print(len(forms), len(set(forms)))
      print(*(t for (t, x, y, e) in texts if "splits" in t))
      """
    #expect(try ChartJudge.output(of: script, chart: svg) == "16 8\nThe first 8 of 9 splits.\n")
  }

  @Test func `a thousand classes are the largest and the rest`() throws {
    // Class 7 is the largest, then 500; of each other class there are 3 images.
    let rows = (0..<1000).map { "train/c\($0) *\($0 == 7 ? 9 : $0 == 500 ? 6 : 3)" }
    let chart = try ClassShareChart(DatasetBuilder(rows.joined(separator: "\n")).audit())
    #expect(chart.table.rows.count == 1000)
    let script = """
      names = [t for (t, x, y, e) in texts if t.startswith(("c", "("))]
      print(len(names), names[0], names[1], names[2], names[-1])
      print([title for title, g in groups][-1].split(" (")[0])
      """
    // 3,009 images less 9, 6 and 37 times 3.
    let shown = try ChartJudge.output(of: script, chart: chart.svg(.standalone))
    #expect(
      shown
        == "40 c7 c500 c0 (961 other classes)\n(961 other classes): 2,883 of 3,009\n")
  }

  /// A result with pairs of given scores, below the threshold too, and pairs of equal bytes.
  private func result(scores: [Double], equalCount: Int, listing: Double, reporting: Double = 0.5) -> AuditResult {
    let count = scores.count + equalCount
    let input = DatasetBuilder("train *\(count)\ntest *\(count)").input()
    let pairs = (0..<count).map { index in
      Match(
        first: index, second: index + count, kind: index < scores.count ? .aligned : .bytes,
        score: index < scores.count ? scores[index] : 1, orientation: .identity, distance: nil)
    }
    var options = MatchOptions()
    (options.listingThreshold, options.reportingThreshold) = (listing, reporting)
    let reported = pairs.filter { $0.score >= reporting }
    return Audit.run(
      AuditInput(
        manifest: input.manifest, outcomes: input.outcomes,
        matches: MatchResult(
          matches: reported, belowThreshold: pairs.filter { $0.score < reporting },
          counts: [
            SplitPairCount(
              first: 0, second: 1, bytePairs: equalCount, nearPairs: reported.count - equalCount,
              affectedInFirst: reported.count, affectedInSecond: reported.count)
          ]),
        policy: input.policy, matchOptions: options))
  }

  /// Prints each column: where it begins and ends on the axis of scores, how many pairs it is high, whether it is filled.
  private static func columns(_ ticks: String, _ count: String) -> String {
    """
    left, right = places([\(ticks)])
    a, b = float(\(ticks.split(separator: ",")[0])), float(\(ticks.split(separator: ",")[1]))
    bottom = max(number(r, "y") + number(r, "height") for t, g in groups for r in shapes(g, "rect"))
    marks = [(int(t.replace(",", "")), y - 2.8) for (t, x, y, e) in texts if e.get("text-anchor") == "end" and t.replace(",", "").isdigit()]
    for title, g in groups:
        for r in shapes(g, "rect"):
            x = [a + (v - left) / (right - left) * (b - a) for v in (number(r, "x"), number(r, "x") + number(r, "width"))]
            print(*(round(v, 2) for v in x), round(\(count), 2), r.get("fill") != "#ffffff")
    """
  }

  @Test func `columns count scores from their lower end on, apart at the threshold`() throws {
    let scores = [0.02, 0.0499, 0.05, 0.31, 0.3399, 0.34, 0.9, 0.9999]
    let svg = try ScoreChart(result(scores: scores, equalCount: 2, listing: 0.02, reporting: 0.34)).svg(.standalone)
    let script = Self.columns(
      "'0.2', '0.8'", "(bottom - number(r, 'y')) / (bottom - dict(marks)[1])")
    // 0.30 to 0.34 and 0.34 to 0.35 are parted; a gap is left between columns.
    #expect(
      try ChartJudge.output(of: script, chart: svg).split(separator: "\n").map {
        $0.split(separator: " ").suffix(2).joined(separator: " ")
      }
        == ["2.0 False", "1.0 False", "2.0 False", "1.0 True", "1.0 True", "1.0 True", "2.0 True"])
    let table = try ScoreChart(result(scores: scores, equalCount: 2, listing: 0.02, reporting: 0.34)).table
    #expect(
      table.rows.filter { $0[4] != "0" } == [
        ["aligned", "0.0000", "0.0500", "no", "2"], ["aligned", "0.0500", "0.1000", "no", "1"],
        ["aligned", "0.3000", "0.3400", "no", "2"], ["aligned", "0.3400", "0.3500", "yes", "1"],
        ["aligned", "0.9000", "0.9500", "yes", "1"], ["aligned", "0.9500", "", "yes", "1"],
        ["same bytes", "1.0000", "", "yes", "2"],
      ])
  }

  @Test func `the axis is logarithmic, and says so, where counts are far apart`() throws {
    let svg = try ScoreChart(result(scores: [0.6, 0.7, 0.7], equalCount: 300, listing: 0.5)).svg(.standalone)
    // A column's height in powers of ten, by the ticks of 1 and 1,000.
    let script =
      Self.columns(
        "'0.6', '0.9'",
        "10 ** (3 * (dict(marks)[1] - number(r, 'y')) / (dict(marks)[1] - dict(marks)[1000]))")
      + "\nprint(*(t for (t, x, y, e) in texts if 'logarithmic' in t))"
    let lines = try ChartJudge.output(of: script, chart: svg).split(separator: "\n")
    try #require(lines.count == 4)
    let heights = lines.prefix(3).compactMap { line in Double(line.split(separator: " ")[2]) }
    for (height, count) in zip(heights, [1.0, 2, 300]) { #expect(abs(height / count - 1) < 0.02) }
    #expect(lines[3] == "pairs (logarithmic scale)")
  }
}
