import SplitSealAudit
import SplitSealManifest
import SplitSealTestSupport

extension ReportedDataset {
  /// Names that are markup, links, mentions and orders in one format or another, and one of 4 KB.
  static let markupNames: [String] = [
    "train/<script>alert(1)</script>.png", "train/@octocat.png", "train/[x](http://example.org/a).png",
    "train/tick`<img/src=x>`.png", "train/bar|\\|<b>.png", "test/%0A::error::no.png", "test/]]><!--&lt;.png",
    "test/https://example.org/#12.png", "test/{0}${{github.token}}.png", "test/" + String(repeating: "y", count: 4000),
  ]

  /// Five pairs of copies between such names, of classes and splits with such names.
  static let markup: ReportedDataset = {
    let labels = ["cat", "<i>@octocat|`"]
    let lines = markupNames.enumerated().map { index, name in
      "\(index < 5 ? "train" : "test")/\(labels[index % 2]) picture\(index % 5)"
    }
    let input = DatasetBuilder((lines + ["out]](http://a)|`@b`/cat other"]).joined(separator: "\n")).input()
    let manifest = input.manifest
    let samples = zip(manifest.samples, markupNames + ["out/1.png"]).map { sample, path in
      Sample(path: path, split: sample.split, label: sample.label, input: sample.input, line: sample.line)
    }
    return ReportedDataset(
      name: "markup",
      result: Audit.run(
        AuditInput(
          manifest: Manifest(
            root: manifest.root, splits: manifest.splits, labels: manifest.labels, groupings: manifest.groupings,
            samples: samples, inputs: manifest.inputs),
          outcomes: input.outcomes, matches: input.matches, policy: input.policy)))
  }()
}

extension ReportedDataset {
  /// The audit of what the lines say.
  static func audited(_ lines: [String]) -> AuditResult {
    DatasetBuilder(lines.joined(separator: "\n")).audit()
  }
}
