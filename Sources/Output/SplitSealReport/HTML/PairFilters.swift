internal import SplitSealRules
internal import SplitSealBase
internal import SplitSealAudit
internal import SplitSealManifest
internal import SplitSealPolicy

/// What a reader may choose pairs by.
///
/// Hidden until the script shows it: without one it does nothing.
struct PairFilters {
  /// Classes that can be chosen.
  private static let classCount = 1_000

  let html: HTMLText

  init(_ shown: ShownPairs, manifest: Manifest) {
    let pairs = shown.pairs
    func index(_ values: some Sequence<Int>) -> [Int] { Set(values).sorted() }
    let rules = [RuleID.exactDuplicate, .nearDuplicate].filter { rule in pairs.contains { $0.finding.rule == rule } }
    let splitCount = manifest.splits.count
    let splits = index(
      pairs.map { manifest.samples[$0.evaluated].split * splitCount + manifest.samples[$0.other].split })
    let classes = index(
      pairs.flatMap { [manifest.samples[$0.evaluated].label, manifest.samples[$0.other].label].compactMap(\.self) })
    func name(_ split: Int) -> String { printable(manifest.splits[split].name) }
    html = """
      <form id="filters" role="search" aria-label="Filter the pairs" hidden>
      <label>Rule <select id="by-rule"><option value="">all</option>\
      \(HTMLText(rules.map { "<option>\($0.rawValue)</option>" as HTMLText }))</select></label>
      <label>Splits <select id="by-splits"><option value="">all</option>\
      \(HTMLText(splits.map { key in
        let (a, b) = (key / splitCount, key % splitCount)
        return "<option value=\"\(a)-\(b)\">\(name(a)) and \(name(b))</option>" as HTMLText
      }))</select></label>
      <label>Class <select id="by-class"><option value="">all</option>\
      \(HTMLText(classes.prefix(Self.classCount).map {
        "<option value=\"\($0)\">\(printable(manifest.labels[$0]))</option>" as HTMLText
      }))</select></label>
      <label>Order <select id="order"><option value="">closest first, by picture</option>\
      <option value="least">least alike first</option><option value="path">by path</option></select></label>
      <label>Find <input id="find" type="search" placeholder="a part of a path"></label>
      <label><input id="conflicts" type="checkbox"> two labels only</label>
      <output id="count" aria-live="polite"></output>
      <p class="keys">Keys: <kbd>j</kbd> and <kbd>k</kbd> next and previous pair, <kbd>d</kbd> difference, <kbd>/</kbd> find</p>
      </form>

      """
  }
}
