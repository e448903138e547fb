import SplitSealBase
import Testing

/// `splitseal split` as its users run it.
@Suite struct SplitTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Forty pictures of two classes and four copies of some of them; three images a patient.
  private func makeUnsplit() throws {
    try bench.draw(0..<40)
    for seed in 0..<4 { try bench.write("images/copy\(seed).png", Picture(seed: seed * 7).png) }
    let names = (0..<40).map { "\($0)" } + (0..<4).map { "copy\($0)" }
    try bench.write(
      "all.csv",
      "path,label,patient\n"
        + names.enumerated().map { "images/\($1).png,\($0 % 2 == 0 ? "a" : "b"),p\($0 / 3)\n" }.joined())
  }

  /// The column of a table without quotes, by row.
  private func column(_ number: Int, of name: String) throws -> [String] {
    try bench.text(name).split(separator: "\n").dropFirst().map { String($0.split(separator: ",")[number]) }
  }

  @Test func `new splits share no picture and no group and are as large as asked`() throws {
    try makeUnsplit()
    let made = try bench.run(
      "split", "all.csv", "-o", "out", "--ratio", "train=0.5,val=0.25,test=0.25", "--tolerance", "0.05")
    #expect(made.errors == "")
    #expect(made.status == 0, "\(made.output)")
    #expect(try bench.names(in: "out") == ["all.csv"])
    #expect(try bench.text("out/all.csv").hasPrefix("path,label,patient,split\nimages/0.png,a,p0,"))
    let splits = try column(3, of: "out/all.csv")
    let patients = try column(2, of: "out/all.csv")
    for patient in Set(patients) {
      #expect(Set(zip(splits, patients).filter { $0.1 == patient }.map(\.0)).count == 1)
    }
    for (split, wanted) in [("train", 22), ("val", 11), ("test", 11)] {
      #expect(abs(splits.count { $0 == split } - wanted) <= 2)
    }
    let scanned = try bench.run("scan", "out/all.csv", "--root", ".")
    // Nothing is found, and eleven images are too few to say pass.
    #expect(scanned.status == 3, "\(scanned.output)")
    #expect(!scanned.output.contains("error:"), "\(scanned.output)")
  }

  @Test func `a folder of classes becomes a table`() throws {
    for seed in 0..<20 { try bench.write("set/\(seed < 10 ? "a" : "b")/\(seed).png", Picture(seed: seed).png) }
    let made = try bench.run("split", "set", "-o", "out", "--ratio", "train=0.8,test=0.2")
    #expect(made.status == 0, "\(made.output) \(made.errors)")
    let rows = zip(try column(2, of: "out/manifest.csv"), try column(1, of: "out/manifest.csv")).map { "\($0)/\($1)" }
    for (key, count) in [("a/train", 8), ("a/test", 2), ("b/train", 8), ("b/test", 2)] {
      #expect(rows.count { $0 == key } == count)
    }
    // Nothing is found, and two images a class are too few to say pass.
    #expect(try bench.run("scan", "out/manifest.csv", "--root", "set").status == 3)
  }

  @Test func `the seed decides, and nothing else`() throws {
    try makeUnsplit()
    for (folder, flags) in [("a", ["--jobs", "1"]), ("b", ["--jobs", "3"]), ("c", ["--seed", "2"])] {
      _ = try bench.run(["split", "all.csv", "-o", folder, "--ratio", "train=0.5,test=0.5"] + flags)
    }
    #expect(try bench.bytes("a/all.csv") == bench.bytes("b/all.csv"))
    #expect(try bench.bytes("a/all.csv") != bench.bytes("c/all.csv"))
  }

  @Test func `what has to stay together and is too large is said`() throws {
    try bench.draw(0..<8)
    try bench.write("all.csv", "path,group\n" + (0..<8).map { "images/\($0).png,\($0 < 7 ? "g" : "h")\n" }.joined())
    let made = try bench.run("split", "all.csv", "-o", "out", "--ratio", "train=0.5,test=0.5")
    #expect(made.status == 3)
    #expect(made.output.hasPrefix("SPLIT, NOT AS ASKED: 8 rows into 2 splits\n"))
    #expect(Set(try column(2, of: "out/all.csv").prefix(7)).count == 1)
  }

  @Test(arguments: [
    (["all.csv", "-o", "x", "--ratio", "train=1"], "error: --ratio train=1: expected at least two splits"),
    (
      ["all.csv", "-o", "x", "--ratio", "train=1,test=0"],
      "error: --ratio train=1,test=0: expected SPLIT=PART,SPLIT=PART with numbers above 0"
    ),
    (["all.csv", "-o", "x", "--ratio", "train=1,train=1"], "error: --ratio train=1,train=1: 'train' is given twice"),
    (
      ["all.csv", "-o", "x", "--ratio", "train=1,fold=1"],
      "error: --ratio train=1,fold=1: the role of 'fold' is not known: give it with --role 'fold=ROLE'"
    ),
    (
      ["train=all.csv", "-o", "x", "--ratio", "train=1,test=1"],
      "error: train=all.csv names a split, but split needs inputs without one; write ./FILE if the file name contains '='"
    ),
    (
      ["clean.csv", "-o", "x", "--ratio", "train=1,test=1"],
      "error: clean.csv:2: the manifest already has splits"
    ),
  ]) func `what makes no sense is refused`(arguments: [String], message: String) throws {
    try makeUnsplit()
    try bench.makeCleanDataset()
    let refused = try bench.run(["split"] + arguments)
    #expect(refused.status == 2)
    #expect(refused.complaints.first == message)
    #expect(!(try bench.names().contains("x")))
  }
}
