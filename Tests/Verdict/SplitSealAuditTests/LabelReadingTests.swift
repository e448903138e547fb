import SplitSealRules
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealAudit

@Suite struct LabelReadingTests {
  private func policy(_ kind: ClassLimits.Kind) -> Policy {
    var policy = Policy()
    policy.classes.kind = kind
    return policy
  }

  private func numbers(_ split: String, _ range: Range<Int>, digits: String = ".5") -> [String] {
    range.map { "\(split)/\($0)\(digits) *1" }
  }

  @Test func `digits and ages are classes, broken numbers and ever new ones are targets`() {
    let digits = (0..<10).map { "train/\($0) *40\ntest/\($0) *40" }.joined(separator: "\n")
    #expect(DatasetBuilder(digits).input().reading.meaning == .classes)
    let ages = (1..<90).map { "train/\($0) *3" }.joined(separator: "\n")
    #expect(DatasetBuilder(ages).input().reading.meaning == .classes)
    #expect(DatasetBuilder(numbers("train", 0..<40).joined(separator: "\n")).input().reading.meaning == .numbers)
    let whole = numbers("train", 0..<40, digits: "").joined(separator: "\n")
    #expect(DatasetBuilder(whole).input().reading.meaning == .numbers)
    #expect(DatasetBuilder(whole, policy: policy(.single)).input().reading.meaning == .classes)
    #expect(DatasetBuilder(digits, policy: policy(.number)).input().reading.meaning == .numbers)
  }

  @Test func `numbers of two splits are compared by their distributions and not as classes`() {
    let same = DatasetBuilder((numbers("train", 0..<100) + numbers("test", 20..<80)).joined(separator: "\n")).audit()
    #expect(same.findings(of: .classMissing).isEmpty && same.findings(of: .classSkew).isEmpty)
    #expect(
      same.skippedChecks.contains(
        "labels are numbers: class-missing does not apply, class-skew compares their distributions"))
    // 20 of 100 values below all of the 60, 20 above: D = 0.2.
    #expect(
      same.passedChecks.contains {
        $0.hasPrefix(
          "labels are numbers and not classes: Kolmogorov-Smirnov distance 0.200 between train and test, medians")
      })
    let moved = DatasetBuilder((numbers("train", 0..<100) + numbers("test", 60..<160)).joined(separator: "\n")).audit()
    let found = moved.findings(of: .classSkew)
    #expect(found.map(\.severity) == [.error])
    // 60 of 100 are below all others, and values move by 60 on average.
    #expect(
      found.first?.message.hasPrefix(
        "labels are numbers, and their distributions differ: Kolmogorov-Smirnov distance 0.600 between train and test, "
          + "medians 50 and 110, Wasserstein distance 60; p = 0.00010, ") == true)
  }

  @Test func `labels that are nearly all different are refused in words`() {
    let text = (0..<60).map { "train/name\($0) *1\ntest/name\($0) *1" }.joined(separator: "\n")
    let half = DatasetBuilder(text + "\ntest/name0 *20").audit()
    #expect(!half.skippedChecks.contains { $0.contains("different labels") })
    let distinct = (0..<60).map { "\($0 < 30 ? "train" : "test")/name\($0) *1" }.joined(separator: "\n")
    let result = DatasetBuilder(distinct).audit()
    #expect(
      result.skippedChecks.contains(
        "60 different labels of 60 images are no classes that could be compared: the class rules were not run; the"
          + " policy's kind of labels says what they are"))
    #expect(result.findings(of: .classMissing).isEmpty)
  }

  @Test func `labels that the policy takes for numbers and that are none keep the verdict from being a pass`() {
    let result = DatasetBuilder("train/cat *40\ntest/cat *40", policy: policy(.number)).audit()
    #expect(
      result.inconclusive == ["the policy says that labels are numbers, and 'cat' is none: they were not compared"])
    #expect(result.verdict == .inconclusive)
  }

  @Test func `several classes of one label are each present or absent`() {
    let result = DatasetBuilder(
      "train/cat|dog *400\ntrain/dog *400\ntest/dog|cat *80\ntest/dog *320", policy: policy(.multiple)
    ).audit()
    // Fisher of 400 of 800 and 80 of 400; every image shows a dog.
    let found = result.findings(of: .classSkew).filter { $0.message.hasPrefix("'") }
    #expect(found.map(\.severity) == [.error])
    #expect(found.first?.message.hasPrefix("'cat' is 50.00 % of train and 20.00 % of test: 0.40 times") == true)
    #expect(result.passedChecks.contains("all 2 classes are in train and test"))
  }

  @Test func `labels whose parts are labels of other images name several classes`() {
    let apart = DatasetBuilder("train/cat|dog *40\ntrain/dog *40\ntrain/cat *40\ntest/dog *40\ntest/cat *40").audit()
    #expect(apart.input.reading.isMultiple)
    #expect(apart.input.reading.classNames == ["cat", "dog"])
    #expect(
      apart.skippedChecks.contains(
        "labels like 'cat|dog' are read as several classes, because each of their parts is also a label by itself; "
          + "labels.kind 'single' in the policy keeps them whole"))
    #expect(apart.findings(of: .classMissing).isEmpty)
    let text = "train/cat|dog *40\ntrain/dog *40\ntrain/cat *40\ntest/dog *40"
    #expect(!DatasetBuilder(text, policy: policy(.single)).input().reading.isMultiple)
  }

  @Test(arguments: ["cat|dog", "dog|", "|", "dog||dog", "dog|Dog"])
  func `labels of which a part stands nowhere else are taken as they are, and that is told`(label: String) {
    let result = DatasetBuilder("train/\(label) *40\ntrain/dog *40\ntest/\(label) *40\ntest/dog *40").audit()
    #expect(result.input.reading.classNames == [label, "dog"].sorted())
    #expect(
      result.skippedChecks.contains(
        "1 label with '|', like '\(label)', is taken for one class; labels.kind 'multiple' in the policy takes them apart"
      ))
  }

  @Test func `lists of labels are several classes, whatever else there is`() {
    let input = DatasetBuilder("train/cat|dog *40\ntrain/dog *40\ntest/cat|dog *40\ntest/dog *40").input()
    let manifest = Manifest(
      root: "/", splits: input.manifest.splits, labels: input.manifest.labels, samples: input.manifest.samples,
      inputs: [ManifestInput(path: "a.jsonl", format: .jsonLines, hasLabelLists: true)])
    let result = Audit.run(
      AuditInput(manifest: manifest, outcomes: input.outcomes, matches: input.matches, policy: input.policy))
    #expect(result.input.reading.classNames == ["cat", "dog"])
    #expect(result.input.reading.isMultiple)
    #expect(!result.skippedChecks.contains { $0.contains("'|'") })
  }

  @Test func `rows of one path with different labels are one image of several classes where there are many`() {
    let rows = (0..<80).flatMap { number in
      let split = number < 40 ? "train" : "test"
      return ["\(split)/cat p\(number) path=\(number).png", "\(split)/dog p\(number) path=\(number).png"]
    }
    let result = DatasetBuilder(rows.joined(separator: "\n")).audit()
    #expect(result.findings(of: .labelConflict).isEmpty)
    #expect(result.findings(of: .classSkew).isEmpty)
    #expect(result.findings(of: .duplicateRow).isEmpty)
    #expect(
      result.passedChecks.contains("0 of 80 paths are named twice, but for 80 with a row for each of several classes"))
    #expect(result.inconclusive.isEmpty)
    // Few such rows are mistakes.
    let few = DatasetBuilder(
      (rows.prefix(4) + ["train/cat *50", "test/cat *50", "test/dog *50"]).joined(separator: "\n"))
    #expect(few.audit().findings(of: .labelConflict).count == 2)
  }

  @Test func `an image in two splits with other classes is a conflict, the order of its classes is none`() {
    let conflict = "train/a|b x\ntest/a|c x\ntrain/a|b *40\ntest/a|b *40\ntest/a|c *40\ntrain/a|c *40"
    #expect(
      DatasetBuilder(conflict, policy: policy(.multiple)).audit().findings(of: .labelConflict).map(\.severity) == [
        .error
      ])
    let same = "train/a|b x\ntest/b|a x\ntrain/a|b *40\ntest/a|b *40"
    #expect(DatasetBuilder(same, policy: policy(.multiple)).audit().findings(of: .labelConflict).isEmpty)
  }
}
