import SplitSealAudit
import SplitSealManifest
import SplitSealReport
import SplitSealTestSupport
import Testing

/// What all charts have in common.
@Suite(.enabled(if: FormatJudge.isPresent, "there is no python3"))
struct ChartTests {
  /// Elements and attributes of SVG 1.1 and of ARIA: no script, no style, no link, no font to fetch.
  private static let tame = """
    may = {"svg": "version class role aria-labelledby width height viewBox", "title": "id", "desc": "id",
           "g": "font-family font-size fill", "rect": "x y width height fill stroke stroke-width",
           "line": "x1 y1 x2 y2 stroke stroke-width stroke-dasharray", "circle": "cx cy r fill stroke stroke-width",
           "polygon": "points fill stroke stroke-width", "text": "x y text-anchor font-size transform"}
    for e in svg.iter():
        name = e.tag.removeprefix(S)
        if name not in may or not set(e.attrib) <= set(may[name].split()): print(name, sorted(e.attrib))
    def hidden(c): return c != chr(10) and (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\\u061c\\u200e\\u200f\\u202a\\u202b\\u202c\\u202d\\u202e\\u2066\\u2067\\u2068\\u2069")
    if any(hidden(c) for t in svg.itertext() for c in t): print("hidden characters")
    if svg.get("role") != "img": print("no role")
    ids = {e.get("id"): e.text for e in svg.iter() if e.get("id")}
    if [bool(ids.get(i)) for i in svg.get("aria-labelledby").split()] != [True, True]: print("no name")

    """

  private static let charts: [(dataset: ReportedDataset, kind: ChartKind)] = [
    (.leaks, .classes), (.leaks, .scores), (.pdq, .scores), (.probed, .power), (.hostileNames, .classes),
  ]

  @Test(arguments: charts.indices) func `a chart is the one that was checked`(_ index: Int) throws {
    let (dataset, kind) = Self.charts[index]
    let chart = try kind.chart(of: dataset.result)
    try GoldenFile(name: "\(dataset.name)-\(kind.rawValue).svg").check(chart.svg(.standalone))
    try GoldenFile(name: "\(dataset.name)-\(kind.rawValue).csv").check(chart.table.csv)
  }

  @Test(arguments: charts.indices) func `a chart is plain SVG that names itself`(_ index: Int) throws {
    let (dataset, kind) = Self.charts[index]
    for variant in [SVGVariant.standalone, .embedded] {
      let svg = try kind.chart(of: dataset.result).svg(variant)
      #expect(try ChartJudge.output(of: Self.tame, chart: svg) == "")
      #expect(svg.hasPrefix("<?xml ") == (variant == .standalone))
      // Whoever sets no colours has those of the file.
      #expect(svg.contains("var(--chart-ink, #1a1a1a)") == (variant == .embedded))
    }
  }

  @Test func `the judge refuses what acts`() throws {
    let svg = try ChartKind.classes.chart(of: ReportedDataset.leaks.result).svg(.standalone)
    for part in ["<script/>", "<g onclick=\"\"/>", "<text>\u{202E}</text>", "<a/>"] {
      let changed = svg.replacing("</svg>", with: "\(part)</svg>")
      #expect(try ChartJudge.output(of: Self.tame, chart: changed) != "", "\(part)")
    }
  }

  @Test func `hostile labels are shortened and do nothing`() throws {
    let labels = [
      "<script>alert(1)</script>", "]]>&amp;\"'", "\u{1B}[31mred\u{7}", "\u{202E}gnp.exe", "\u{5D0}\u{5D1}\u{5D2} (a)",
      String(repeating: "w", count: 4000), "two\nlines\tand\u{0}nul", "\u{FFFE}\u{1F600}\u{1F600}",
    ]
    let input = DatasetBuilder(
      ["train", "test"].flatMap { split in labels.indices.map { "\(split)/l\($0) *20" } }.joined(separator: "\n")
    ).input()
    let manifest = input.manifest
    let result = Audit.run(
      AuditInput(
        manifest: Manifest(
          root: manifest.root, splits: [Split(name: "train<b>", role: .training), manifest.splits[1]], labels: labels,
          groupings: [], samples: manifest.samples, inputs: manifest.inputs),
        outcomes: input.outcomes, matches: input.matches, policy: input.policy))
    let chart = try ClassShareChart(result)
    // Programs get the very label.
    #expect(chart.table.rows.map { $0[0] } == labels.flatMap { [$0, $0] })
    for size in [60.0, 160] {
      let svg = chart.svg(.standalone, size: Self.size(size))
      #expect(try ChartJudge.output(of: Self.tame, chart: svg) == "")
      #expect(svg.utf8.count < 20_000)
      let words =
        "print(*(t for (t, x, y, e) in texts if any(w in t for w in ('(a)', 'scr', 'n<b>')) and 'images' not in t), sep='|')"
      let shown = try ChartJudge.output(of: words, chart: svg)
      #expect(
        shown
          == (size == 160
            ? "train<b>|<script>alert(1)</script>|\u{5D0}\u{5D1}\u{5D2} (a)\n"
            : "train<b>|<scrip…ript>|\u{5D0}\u{5D1}\u{5D2} (a)\n"))
    }
  }

  @Test func `a width and a height in millimetres are those of the picture, unless it needs more`() throws {
    let chart = try ClassShareChart(ReportedDataset.leaks.result)
    var size = Self.size(80)
    size.height = 120
    let script = "print(svg.get('width'), svg.get('height'), svg.get('viewBox'))"
    // 80 mm are 226.77 points of 1/72 inch, 120 mm are 340.16.
    #expect(
      try ChartJudge.output(of: script, chart: chart.svg(.standalone, size: size))
        == "80mm 120mm 0 0 226.77 340.16\n")
    size.height = 30
    let height = try ChartJudge.output(
      of: "print(float(svg.get('height')[:-2]) > 30)", chart: chart.svg(.standalone, size: size))
    #expect(height == "True\n")
  }

  @Test func `what cannot be drawn is said`() {
    func reason(_ kind: ChartKind, _ dataset: String) -> String? {
      do throws(NoChart) {
        _ = try kind.chart(of: DatasetBuilder(dataset).audit())
        return nil
      } catch {
        return error.description
      }
    }
    #expect(reason(.classes, "train a\ntest b") == "the dataset has no labels")
    #expect(
      reason(.classes, (0..<60).map { "train/\($0).5 *1" }.joined(separator: "\n"))
        == "the labels of the dataset are no classes that could be compared")
    #expect(reason(.scores, "train a\ntest b") == "no pair between two splits scores 0.50 or more")
    #expect(reason(.power, "train a\ntest b") == "the detector was not probed (--probe)")
    #expect(reason(.scores, "train a\ntest a") == nil)
  }

  static func size(_ width: Double) -> ChartSize {
    var size = ChartSize()
    size.width = width
    return size
  }
}
