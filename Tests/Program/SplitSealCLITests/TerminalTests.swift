import Foundation
import Testing

/// Colours, progress and Ctrl-C.
@Suite struct TerminalTests {
  static let escape = "\u{1B}"
  /// util-linux has the flags that BSD's program of the same name lacks.
  static let hasPseudoTerminal =
    Workbench.has("script")
    && (try? Workbench().shell("script --version").output.contains("util-linux")) == true

  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
  }

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["CLICOLOR_FORCE": "1"]] as [[String: String]])
  func `a pipe gets neither colours nor progress`(environment: [String: String]) throws {
    let outcome = try bench.run(["scan", "leak.csv"], environment: environment)
    #expect(!outcome.output.contains(Self.escape))
    #expect(!outcome.output.contains("\r"))
    #expect(outcome.errors == "")
  }

  @Test(.enabled(if: hasPseudoTerminal, "needs script of util-linux"))
  func `a terminal gets both`() throws {
    let outcome = try bench.shell("script -qec '\"$SPLITSEAL\" scan leak.csv' /dev/null")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\(Self.escape)[1;31mFAIL\(Self.escape)[0m"))
    #expect(outcome.output.contains("\r\(Self.escape)[Kreading the manifest"))
    // The line is gone when the report comes.
    #expect(outcome.output.contains("\r\(Self.escape)[K\(Self.escape)[1;31mFAIL"))
  }

  @Test(
    .enabled(if: hasPseudoTerminal, "needs script of util-linux"),
    arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]] as [[String: String]])
  func `a terminal without colours gets none`(environment: [String: String]) throws {
    let outcome = try bench.shell("script -qec '\"$SPLITSEAL\" scan leak.csv' /dev/null", environment: environment)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("FAIL: 1 of 3 test images"))
    #expect(!outcome.output.contains("\(Self.escape)[1;31m"))
    #expect(!outcome.output.contains("\(Self.escape)[0m"))
  }

  @Test(.enabled(if: hasPseudoTerminal, "needs script of util-linux"))
  func `an empty NO_COLOR is none, and quiet is quiet on a terminal`() throws {
    let coloured = try bench.shell(
      "script -qec '\"$SPLITSEAL\" scan leak.csv' /dev/null", environment: ["NO_COLOR": ""])
    #expect(coloured.output.contains("\(Self.escape)[1;31mFAIL"))
    let quiet = try bench.shell("script -qec '\"$SPLITSEAL\" scan leak.csv --quiet' /dev/null")
    #expect(quiet.status == 1)
    #expect(quiet.output == "")
  }

  /// Makes folders `fold` whose walk takes minutes and does not check for an interruption.
  private func makeEndlessFolders() throws {
    for folder in 0..<40 {
      for file in 0..<250 { try bench.write("fold/train/\(folder)/\(file).png", "") }
      try bench.link("fold/train/link\(folder)", to: "../val")
    }
    try bench.makeFolder("fold/val")
    for folder in 0..<40 { try bench.link("fold/val/\(folder)", to: "../train/\(folder)") }
  }

  /// Waits until a file is in the folder whose name begins with a prefix, or the program has ended.
  private func waitForFile(_ prefix: String, of program: RunningProgram) throws {
    while program.isRunning {
      if try bench.names().contains(where: { $0.hasPrefix(prefix) }) { return }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  @Test(.timeLimit(.minutes(1))) func `Ctrl-C ends a walk through folders that would take minutes`() throws {
    try makeEndlessFolders()
    let program = try RunningProgram(
      named: "splitseal", arguments: ["scan", "fold", "--no-cache"], currentDirectory: bench.url)
    program.waitUntilListening()
    program.interrupt()
    let outcome = Outcome(program)
    #expect(outcome.status == 130)
    #expect(outcome.errors == "splitseal: interrupted\n")
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1, 2])
  func `Ctrl-C, once or twice, removes the partial file of work that cannot be cancelled`(count: Int) throws {
    try makeEndlessFolders()
    let program = try RunningProgram(
      named: "splitseal", arguments: ["hash", "fold", "-o", "out.shard", "--no-cache"], currentDirectory: bench.url)
    try waitForFile("out.shard.partial", of: program)
    #expect(program.isRunning)
    for _ in 0..<count {
      program.interrupt()
      // Two signals at the same moment would arrive as one.
      Thread.sleep(forTimeInterval: 0.1)
    }
    let outcome = Outcome(program)
    #expect(outcome.status == 130)
    #expect(outcome.errors == "splitseal: interrupted\n")
    #expect(try bench.names().filter { $0.hasPrefix("out.shard") } == [])
  }

  /// The program waits for a reader of the pipe: by then the audit is done and its report is written.
  @Test(.timeLimit(.minutes(1))) func `Ctrl-C after the audit stops the outputs that are left`() throws {
    try bench.makePipe("pipe")
    let program = try RunningProgram(
      named: "splitseal",
      arguments: [
        "scan", "leak.csv", "--no-cache", "--json", "a.json", "--pairs", "pipe", "--fingerprints", "a.jsonl",
      ],
      currentDirectory: bench.url)
    try waitForFile("a.json", of: program)
    while program.isRunning, try bench.names().contains(where: { $0.contains(".partial") }) {
      Thread.sleep(forTimeInterval: 0.005)
    }
    #expect(program.isRunning)
    program.interrupt()
    Thread.sleep(forTimeInterval: 0.2)
    let pipe = unsafe open(bench.path("pipe"), O_RDONLY | O_NONBLOCK)
    defer { close(pipe) }
    let outcome = Outcome(program)
    #expect(outcome.status == 130)
    #expect(outcome.output == "")
    #expect(outcome.errors == "splitseal: interrupted\n")
    #expect(try bench.names() == ["a.json", "clean.csv", "images", "leak.csv", "pipe"])
  }

  @Test func `Ctrl-C ends with 130 and leaves nothing half-written`() throws {
    // Work for many seconds that takes no disk: one picture under many names.
    try bench.write("many/0.png", Picture(seed: 0).png)
    var rows = "path,split\n"
    for index in 0..<4_000 { rows += "many/\(index).png,\(index.isMultiple(of: 2) ? "train" : "test")\n" }
    for index in 1..<4_000 {
      try FileManager.default.linkItem(atPath: bench.path("many/0.png"), toPath: bench.path("many/\(index).png"))
    }
    try bench.write("many.csv", rows)
    let program = try RunningProgram(
      named: "splitseal",
      arguments: [
        "scan", "many.csv", "--jobs", "1", "--json", "a.json", "--pairs", "a.csv", "--fingerprints", "a.jsonl",
      ],
      currentDirectory: bench.url)
    // Linux tells which signals a program waits for; before that, Ctrl-C would end it as it ends any program.
    program.waitUntilListening()
    #expect(program.isRunning)
    program.interrupt()
    let outcome = Outcome(program)
    #expect(outcome.status == 130)
    #expect(outcome.output == "")
    #expect(outcome.errors == "splitseal: interrupted\n")
    #expect(try bench.names() == ["clean.csv", "images", "leak.csv", "many", "many.csv"])
  }
}
