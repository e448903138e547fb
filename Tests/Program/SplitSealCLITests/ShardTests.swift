import Foundation
import Testing

/// `splitseal hash` and `splitseal match`.
@Suite struct ShardTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Runs `scan` and then `match` with the same flags, and expects the same outputs.
  private func expectScan(of inputs: [String], is match: [String], _ flags: [String] = []) throws {
    func outputs(_ name: String) -> [String] {
      ["--json", "\(name).json", "--pairs", "\(name).csv", "--fingerprints", "\(name).jsonl"]
    }
    let scan = try bench.run(["scan"] + inputs + flags + outputs("scan"))
    let matched = try bench.run(["match"] + match + flags + outputs("match"))
    #expect(scan.status == matched.status && matched.errors == "")
    for name in ["json", "csv", "jsonl"] { #expect(try bench.text("scan.\(name)") == bench.text("match.\(name)")) }
    // The last line is the command.
    #expect(scan.output.split(separator: "\n").dropLast() == matched.output.split(separator: "\n").dropLast())
  }

  @Test func `hash and match say what scan says`() throws {
    try bench.makeLeakingDataset()
    #expect(try bench.run("hash", "leak.csv", "--pdq", "-o", "all.fp").status == 0)
    try expectScan(of: ["leak.csv"], is: ["all.fp", "--root", "."])
    try expectScan(of: ["leak.csv"], is: ["all.fp", "--root", "."], ["--method", "pdq"])
    try expectScan(of: ["leak.csv"], is: ["all.fp", "--root", "."], ["--threshold", "0.9", "--min-score", "0.1"])
  }

  @Test func `several inputs with images that cannot be read are hashed one by one and matched as scan does`() throws {
    try bench.makeFolders("set", count: 2)
    try bench.write("set/train/real/bad.png", "not a picture")
    try bench.write("set/test/real/copy.png", Picture(seed: 100).png)
    try bench.write("more/list.csv", "path,split,label,subject\nx.png,val,real,s1\ngone.png,val,spoof,s2\n")
    try bench.write("more/x.png", Picture(seed: 7).png)
    let inputs = ["train=set/train", "test=set/test", "more/list.csv"]
    for (number, input) in inputs.enumerated() {
      let hash = try bench.run("hash", input, "--pdq", "-o", "\(number).fp")
      #expect(hash.status == 0 && hash.output == "")
      #expect(hash.errors.contains("could not be read") == (number != 1))
    }
    try expectScan(of: inputs, is: ["train=0.fp", "test=1.fp", "[2].fp", "--root", "."])
  }

  @Test func `parts go through pipes`() throws {
    try bench.makeLeakingDataset()
    let piped = try bench.shell(
      """
      for k in 1 2 3; do "$SPLITSEAL" hash leak.csv --part $k/3 -o - ; done | "$SPLITSEAL" match - --root . --json -
      """)
    #expect(piped.status == 1 && piped.errors == "")
    #expect(piped.output == (try bench.run("scan", "leak.csv", "--json", "-").output))
  }

  @Test func `without the images descriptors decide alone, and the report says so`() throws {
    try bench.makeLeakingDataset()
    _ = try bench.run("hash", "leak.csv", "-o", "all.fp")
    #expect(try bench.run("match", "all.fp").output.contains("pixels: the images were not at hand"))
    let text = try bench.run("match", "all.fp", "-v")
    #expect(text.status == 1)
    #expect(text.output.contains("pixels: the images were not at hand"))
    #expect(text.output.contains("decide alone, from cosine 0.90 on: no pixels were compared"))
    let report = try bench.run("match", "all.fp", "--json", "-").document()
    #expect(report["pixelsCompared"] as? Bool == false)
    #expect(try bench.run("match", "all.fp", "--root", ".", "--json", "-").document()["pixelsCompared"] == nil)
  }

  @Test func `an image that changed after it was hashed is a finding`() throws {
    try bench.makeLeakingDataset()
    _ = try bench.run("hash", "leak.csv", "-o", "all.fp")
    // Of another length, of the same length, and gone.
    try bench.write("images/2.png", "short")
    let changed = try bench.run("match", "all.fp", "--root", ".", "--json", "-")
    #expect(changed.output.contains("the file changed after it was hashed"))
    try bench.remove("images/2.png")
    #expect(try bench.run("match", "all.fp", "--root", ".", "--json", "-").output.contains("no such file"))
    for name in ["0", "1", "3", "copy"] { try bench.remove("images/\(name).png") }
    let none = try bench.run("match", "all.fp", "--root", ".")
    #expect(none.status == 2 && none.errors.contains("none of the images is below this folder"))
  }

  @Test func `a candidate whose bytes changed and whose length did not is a finding`() throws {
    try bench.makeLeakingDataset()
    // Its pixels are near those of images/0.png, and have to be compared. What stands behind a JPEG's end is no picture.
    try bench.write("images/copy.png", Picture(seed: 0).jpeg + [1])
    _ = try bench.run("hash", "leak.csv", "-o", "all.fp")
    let cache = ["--cache", "c.sqlite"]
    #expect(try bench.run(["match", "all.fp", "--root", "."] + cache).status == 1)
    try bench.write("images/copy.png", Picture(seed: 0).jpeg + [2])
    try bench.remove("c.sqlite")
    for _ in 0..<2 {
      let changed = try bench.run(["match", "all.fp", "--root", ".", "-v"] + cache)
      #expect(changed.status == 3)
      #expect(changed.output.contains("images/copy.png: could not be read: the file changed after it was hashed"))
    }
  }

  @Test func `a shard replaces the one before when it is whole, and nothing else is left`() throws {
    try bench.makeCleanDataset()
    try bench.write("a.fp", "old")
    let failed = try bench.run("hash", "none.csv", "-o", "a.fp")
    #expect(failed.status == 2)
    #expect(try bench.text("a.fp") == "old")
    #expect(try bench.run("hash", "clean.csv", "-o", "a.fp").status == 0)
    #expect(try bench.names() == ["a.fp", "clean.csv", "images"])
    let nowhere = try bench.run("hash", "clean.csv", "-o", "nowhere/a.fp")
    #expect(nowhere.status == 2 && nowhere.complaints.first == "error: cannot write nowhere/a.fp: no such folder")
  }

  @Test func `what cannot be matched ends with 2, an error and a hint`() throws {
    try bench.makeCleanDataset()
    _ = try bench.run("hash", "clean.csv", "-o", "all.fp")
    _ = try bench.run("hash", "clean.csv", "--part", "2/2", "-o", "part.fp")
    let withoutPDQ = "all.fp: it holds no PDQ hashes, which --method pdq and --fingerprints need"
    for (arguments, message) in [
      (["clean.csv"], "clean.csv: it is not a shard (segment 1, byte 0)"),
      (["none.fp"], "none.fp: no such file"), (["*.none"], "*.none: no file fits the pattern"),
      (["part.fp"], "part.fp: part 1 of 2 of the same hashing is missing"),
      (["all.fp", "all.fp"], "all.fp: the same samples stood in a segment before (segment 1)"),
      (["all.fp", "--method", "pdq"], withoutPDQ), (["all.fp", "--fingerprints", "-"], withoutPDQ),
      (["all.fp", "--root", "none"], "none: the root cannot be read: no such file or folder"),
      (["all.fp", "--probe"], "--probe and --threshold auto need the images: give their folder with --root"),
    ] {
      let outcome = try bench.run(["match"] + arguments)
      #expect(outcome.status == 2 && outcome.output == "")
      #expect(outcome.complaints.first == "error: \(message)")
      #expect(outcome.complaints.count == 2 && outcome.complaints.last?.hasPrefix("hint: ") == true)
    }
    let part = try bench.run("hash", "clean.csv", "-o", "-", "--part", "3/2")
    #expect(part.complaints.first == "error: --part 3/2: expected K/N with K from 1 to N, and N up to 1000000")
  }

  @Test func `a result without pixels is not taken for one with them`() throws {
    try bench.makeCleanDataset()
    _ = try bench.run("hash", "clean.csv", "-o", "all.fp", "--no-cache")
    _ = try bench.run("match", "all.fp", "--cache", "c.sqlite")
    _ = try bench.run("match", "all.fp", "--cache", "c.sqlite", "--root", ".")
    _ = try bench.run("scan", "clean.csv", "--cache", "c.sqlite")
    let info = try bench.run("cache", "info", "--cache", "c.sqlite", "--json")
    #expect(info.output.contains(#""results":2"#))
  }
}
