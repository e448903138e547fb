import SplitSealRules
import SplitSealAudit
import SplitSealJSON
import SplitSealManifest
import SplitSealPolicy
import SplitSealTestSupport
import Testing

@testable import SplitSealReport

/// The sentence that every report leads with.
@Suite struct VerdictSentenceTests {
  private func sentence(_ dataset: String, policy: Policy = Policy(), alikeness: Double? = nil) -> String {
    VerdictSentence(DatasetBuilder(dataset, policy: policy, alikeness: alikeness).audit()).text
  }

  /// Enough images for all rules, in equal shares.
  private static let even = "train *60\ntest *40"

  @Test func `one leak is counted in images of the evaluated split`() {
    #expect(
      sentence("\(Self.even)\ntrain a\ntrain a@0.99\ntest a'\ntrain b\ntest b@0.97").hasPrefix(
        "FAIL: 2 of 42 test images (4.8 %) are copies of training images"))
    #expect(
      sentence("\(Self.even)\ntrain a\ntest a").hasPrefix(
        "FAIL: 1 of 41 test images (2.4 %) is a copy of a training image"))
  }

  @Test func `each pair of splits with a leak has its clause, test first`() {
    #expect(
      sentence("train *60\nval *20\ntest *39\ntrain a\nval a\nval b\ntest b\ntest b'\ntrain c\ntest c").hasPrefix(
        "FAIL: 2 of 42 test images (4.8 %) are copies of validation images; "
          + "1 of 42 test images (2.4 %) is a copy of a training image; "
          + "1 of 22 validation images (4.5 %) is a copy of a training image"))
  }

  @Test func `splits of one role are named, and so are splits of none`() {
    #expect(
      sentence("train *60\ntraining *60\ntest *40\ntraining a\ntest a").contains(
        "1 of 41 test images (2.4 %) is a copy of an image of training"))
    #expect(
      sentence("one *60\ntwo *60\none a\ntwo a").contains("1 of 61 images of two (1.6 %) is a copy of an image of one"))
  }

  @Test func `leaks between many splits are counted from the fourth on`() {
    let lines = (0..<4).flatMap { first in
      (0..<4).filter { $0 > first }.flatMap { second in
        ["part\(first) p\(first)\(second)", "part\(second) p\(first)\(second)"]
      }
    }
    let text = sentence((lines + (0..<4).map { "part\($0) *40" }).joined(separator: "\n"))
    #expect(text.ranges(of: "is a copy of").count == 3)
    #expect(text.contains("; 3 more pairs of splits have matches"))
  }

  @Test func `other findings are said in a few words, and the rest is counted`() {
    var policy = Policy()
    policy.classRatio = [DeclaredShare(label: "a", part: 1), DeclaredShare(label: "b", part: 1)]
    let text = sentence("train/a *60\ntrain/b *60\ntest/a *30\ntest/b *90\ntrain/a x\ntest/a x", policy: policy)
    #expect(
      text.hasPrefix(
        "FAIL: 1 of 121 test images (0.83 %) is a copy of a training image; "
          + "test holds 2.90 'b' for each 'a' where 1.00 is declared; "))
    // Nothing in parentheses, and nothing that explains.
    #expect(!text.contains("interval"))
    #expect(
      sentence("train/a *60\ntrain/b *60\ntrain/c *60\ntest/d *30\ntest/e *30\ntest/f *30").contains(
        "more of class-missing)"))
  }

  @Test func `a match that may be a look-alike is no copy`() {
    let text = sentence(
      "train *60\ntest *20\n" + (0..<10).map { "train c\($0)\ntest c\($0)@0.93" }.joined(separator: "\n"),
      alikeness: 0.3)
    #expect(text.hasPrefix("FAIL: 10 of 30 test images (33 %) match training images and may be look-alikes"))
    #expect(!text.contains("cop"))
  }

  @Test func `what descriptors alone tell is no copy`() {
    let text = sentence("\(Self.even)\ntrain a\ntest a@0.93?\ntrain b\ntest b@0.95?")
    #expect(text.hasPrefix("FAIL: 2 of 42 test images (4.8 %) match training images"))
  }

  @Test func `a pass says among which images nothing was found`() {
    #expect(
      sentence("train *600\nval *60\ntest *40").hasPrefix(
        "PASS: no copies between splits were found among 600 images of train, 60 of val and 40 of test; "))
    var policy = Policy()
    policy.allowedUnsettledShare = 0.5
    #expect(
      sentence("train *60\ntest *40\ntest a plain\ntrain b\ntest b@0.3", policy: policy).hasPrefix(
        "PASS: no copies between splits were found among 60 of 61 images of train and 40 of 42 of test; "))
  }

  @Test func `a pass does not speak of what was not looked for`() {
    var policy = Policy()
    policy.severities = [SeverityOverride(rule: .nearDuplicate, severity: nil)]
    #expect(
      sentence("train *60\ntest *40", policy: policy).hasPrefix(
        "PASS: no exact copies between splits were found among 60 images of train and 40 of test"
          + " (near-duplicates were not looked for, as the policy says)"))
    policy.severities.append(SeverityOverride(rule: .exactDuplicate, severity: nil))
    #expect(
      sentence("train *60\ntest *40", policy: policy).hasPrefix("PASS: copies between splits were not looked for"))
  }

  @Test func `a pass counts the copies that are accepted, and says why`() {
    var policy = Policy()
    policy.severities = [SeverityOverride(rule: .exactDuplicate, severity: .warning)]
    #expect(
      sentence("train *60\ntest *40\ntrain a\ntest a", policy: policy).hasPrefix(
        "PASS: 1 pair of copies between splits is below what fails, and no other copies were found among 61 images"))
    policy = Policy()
    policy.allowedOverlaps = [AllowedOverlap("train", "test", reason: "meant")]
    #expect(
      sentence("train *60\ntest *40\ntrain a\ntest a\ntrain b\ntest b", policy: policy).hasPrefix(
        "PASS: 2 pairs of copies between splits are set aside by the policy, and no other copies were found among"))
  }

  @Test func `a finding about one image names it, and the baseline is named`() {
    #expect(
      VerdictSentence(ReportedDataset.compared.result).text
        == "FAIL against the baseline old.json (fail without it): test/5.png was in train of old.json; and 1 more finding"
    )
  }

  @Test func `where chance alone gives as many matches, none is called a copy`() {
    #expect(
      VerdictSentence(ReportedDataset.probed.result).text
        == "FAIL: 1 of 2 test images (50 %) matches training images, perhaps by chance")
  }

  @Test func `inconclusive says why, and how many more reasons there are`() {
    #expect(sentence("train *60") == "INCONCLUSIVE: only one split, train: there is nothing to compare it with")
    let unread = sentence("train *60\ntest *20\ntest !truncated")
    #expect(
      unread
        == "INCONCLUSIVE: 1 of 21 images of test could not be read (4.76 %); what could be checked has 1 warning"
    )
    #expect(sentence("").hasPrefix("INCONCLUSIVE: the dataset is empty: nothing was checked"))
  }

  @Test func `a split of which nothing could be read is no part of a pass`() {
    let text = sentence("train *60\ntest !truncated\nval *20\nval !missing")
    #expect(text.hasPrefix("INCONCLUSIVE: "))
    #expect(text.contains(", and 1 more reason"))
  }

  @Test func `shares are round, and neither nothing nor all unless they are`() {
    #expect(roundShare(14, of: 93) == "15 %")
    #expect(roundShare(14, of: 240) == "5.8 %")
    #expect(roundShare(7, of: 1_204) == "0.58 %")
    #expect(roundShare(1, of: 20_000) == "<0.01 %")
    #expect(roundShare(0, of: 20) == "0.00 %")
    #expect(roundShare(20, of: 20) == "100 %")
    #expect(roundShare(999, of: 1_000) == "99.9 %")
    #expect(roundShare(9_999_999, of: 10_000_000) == ">99.99 %")
  }

  @Test func `a gist has no explanations, and names stay whole`() {
    #expect("3 of 7 images (42.86 %) are early; the first is x".gist == "3 of 7 images are early")
    #expect("'a (b): c; d' is in test (2 images): see".gist == "'a (b): c; d' is in test")
    #expect("it's here: really".gist == "it's here")
    #expect(
      "patient 'O'Neill; (x)' is in train (1 image) and test".gist == "patient 'O'Neill; (x)' is in train and test")
  }

  @Test func `a sentence that is too long ends before what explains it, and says that there is more`() {
    let long = "brightness alone tells the label (chance 50.0 %): the median is 123.8 for 'real' and 134.2 for 'spoof'"
    #expect(long.clipped(to: 200) == long)
    #expect(long.clipped(to: 60) == "brightness alone tells the label (chance 50.0 %) ...")
    #expect(long.clipped(to: 45) == "brightness alone tells the label ...")
    #expect(
      "6 of 60 images (10.00 %) match test of 'X (y)': 2 pairs".clipped(to: 50)
        == "6 of 60 images match test of 'X (y)' ...")
    #expect("a: b is labelled 'dog', and c 'cat'".clipped(to: 30) == "a: b is labelled 'dog', ...")
    #expect("one two three four five six".clipped(to: 20) == "one two three ...")
    for width in 10...100 { #expect(displayWidth(long.clipped(to: width)) <= width) }
  }

  @Test(arguments: ReportedDataset.all + [.markup])
  func `every report leads with the same sentence`(_ dataset: ReportedDataset) throws {
    let text = VerdictSentence(dataset.result).text
    func document(_ format: ReportFormat) -> String {
      format.document(of: dataset.result, context: dataset.reportContext)
    }
    // Lines of the text are broken between words.
    let words = document(.text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.hasPrefix(text.split(separator: " ").joined(separator: " ")))
    let whole = TextReport(dataset.result, context: dataset.reportContext(isVerbose: true)).text
    #expect(whole.hasPrefix(text + "\n"))
    let markdown = document(.markdown).split(separator: "\n")
    #expect(markdown.first == "## SplitSeal: \(dataset.result.verdict.rawValue.uppercased())")
    #expect(markdown.dropFirst().first.map(String.init) == MarkdownText.codeOfPrintable(text))
    #expect(document(.junit).contains("<properties>\n      <property name=\"summary\" value=\"\(xmlText(text))\"/>\n"))
    let html = String(decoding: HTMLReport(dataset.result, context: dataset.reportContext).bytes, as: UTF8.self)
    #expect(html.contains("<h1>\(String(decoding: ("\(text)" as HTMLText).bytes, as: UTF8.self))</h1>"))
    let run = try #require(JSONParser.parse(Array(document(.sarif).utf8))["runs"]?.array?.first)
    #expect(run["properties"]?["summary"]?.string == text)
    #expect(
      document(.github).hasPrefix("::notice title=SplitSeal::\(WorkflowAnnotations.escaped(text, inProperty: false))"))
  }
}
