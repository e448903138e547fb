import SplitSealBase
import Foundation
import Testing

/// What is known of a model: the flags, and what the report makes of them.
@Suite struct ImpactTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
    let rows = try bench.text("leak.csv").split(separator: "\n").dropFirst()
    let labels = ["real", "spoof", "real", "spoof", "real"]
    let labelled = zip(rows, labels).map { "\($0),\($1)\n" }
    try bench.write("list.csv", "path,split,label\n" + labelled.joined())
  }

  /// Three test images, one of them a copy of a training image.
  @Test func `a reported accuracy is bounded`() throws {
    let outcome = try bench.run("scan", "list.csv", "--reported-accuracy", "0.75")
    #expect(
      outcome.output.contains(
        "reported accuracy 0.750 on 3 images of test, 1 of them with a match in a training split: on the other 2 it is "
          + "0.6250 to 1.0000, whatever the model"))
    #expect(outcome.output.contains("--reported-accuracy 0.75"))
  }

  @Test func `predictions are counted with and without the leaks`() throws {
    try bench.write(
      "predictions.csv",
      "path,prediction\nimages/2.png,real\nimages/3.png,real\nimages/copy.png,real\n")
    let report = try bench.run("scan", "list.csv", "--predictions", "predictions.csv", "--json", "-").document()
    let impact = try #require(report["impact"] as? [String: Any])
    let predictions = try #require(impact["predictions"] as? [String: Any])
    let split = try #require((predictions["splits"] as? [[String: Any]])?.first)
    for (part, images, correct) in [("all", 3, 2), ("clean", 2, 1), ("leaked", 1, 1)] {
      let numbers = try #require(split[part] as? [String: Any])
      #expect(numbers["images"] as? Int == images)
      #expect(numbers["correct"] as? Int == correct)
    }
  }

  @Test func `shards give the report that a scan gives`() throws {
    try bench.write("images/predictions.csv", "path,prediction\n2.png,real\ncopy.png,spoof\n")
    let flags = ["--reported-accuracy", "test=0.5", "--predictions", "images/predictions.csv", "--json", "-"]
    let scan = try bench.run(["scan", "list.csv"] + flags)
    #expect(try bench.run("hash", "list.csv", "-o", "all.shard").status == 0)
    let match = try bench.run(["match", "all.shard", "--root", "."] + flags)
    #expect(match.status == 1)
    #expect(try impact(match) == impact(scan))
  }

  private func impact(_ outcome: Outcome) throws -> NSDictionary {
    try #require(try outcome.document()["impact"] as? NSDictionary)
  }

  /// A flag's value, what is wrong with it, and what is advised.
  private static let faults: [[String]] = [
    ["95.7", "expected a share from 0 to 1", "please write 0.9570"],
    ["95.7%", "expected a share from 0 to 1", "please write 0.9570"],
    ["test=95.7 %", "expected a share from 0 to 1", "please write test=0.9570"],
    ["high", "expected a share from 0 to 1", "please write 0.957 or SPLIT=0.957"],
    ["-1", "expected a share from 0 to 1", "please write 0.957 or SPLIT=0.957"],
    ["=0.9", "expected a share from 0 to 1", "please write 0.957 or SPLIT=0.957"],
  ]

  @Test(arguments: faults) func `an accuracy that is none is refused`(_ fault: [String]) throws {
    let outcome = try bench.run("scan", "list.csv", "--reported-accuracy=\(fault[0])")
    #expect(outcome.status == 2)
    #expect(outcome.complaints == ["error: --reported-accuracy \(fault[0]): \(fault[1])", "hint: \(fault[2])"])
  }

  @Test func `an accuracy of a split that is not there is refused`() throws {
    let outcome = try bench.run("scan", "list.csv", "--reported-accuracy", "tset=0.9")
    #expect(outcome.status == 2)
    #expect(
      outcome.complaints == [
        "error: command line: an accuracy is reported for 'tset', which is no split",
        "hint: the splits are 'train', 'test'",
      ])
  }

  @Test func `a fault of the predictions shows before images are read`() throws {
    try bench.remove("images")
    try bench.write("predictions.csv", "path,prediction\nimages/9.png,real\n")
    let outcome = try bench.run("scan", "list.csv", "--predictions", "predictions.csv")
    #expect(outcome.status == 2)
    #expect(outcome.complaints.first == "error: predictions.csv:2: no image 'images/9.png' in the manifest")
  }
}
