import Foundation
import Testing

/// What the program makes of a terminal's width, and of what it can show.
@Suite(.enabled(if: PseudoTerminal.isPresent, "there is no python3"))
struct TerminalWidthTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeLeakingDataset()
    // Names that have no room beside each other on 80 columns.
    let folder = "a folder with a long name/and one more below it/images"
    try bench.write("\(folder)/0001.png", Picture(seed: 7).png)
    try bench.write("\(folder)/0002.png", Picture(seed: 7).png)
    try bench.write(
      "long.csv",
      "path,split\n\(folder)/0001.png,train\n\(folder)/0002.png,test\nimages/1.png,train\nimages/3.png,test\n")
  }

  /// The report as it stands on the terminal, without colours.
  private func report(_ width: Int, _ arguments: String..., environment: [String: String] = [:]) throws -> [String] {
    let outcome = try PseudoTerminal.run(
      bench, width: width, environment: environment, "scan", "long.csv", arguments.joined(separator: " "))
    #expect(outcome.status == 1)
    let shown = outcome.output.split(separator: "\u{1B}[K").last ?? ""
    return shown.replacing(/\x1B\[[0-9;]*m/, with: "").split(separator: "\n").map(String.init)
  }

  @Test(arguments: [60, 80, 120]) func `lines are as wide as the terminal at most`(width: Int) throws {
    let lines = try report(width)
    #expect(lines.contains { $0.hasPrefix("FAIL") })
    for line in lines { #expect(line.count <= width, "\(line)") }
    // The ends that tell the names apart are there.
    #expect(lines.contains { $0.contains("0002.png") })
    #expect(lines.contains { $0.contains("0001.png") })
  }

  @Test func `a width that is not known is COLUMNS, or else 80`() throws {
    let known = try report(0, environment: ["COLUMNS": "50"])
    #expect(known.allSatisfy { $0.count <= 50 })
    let usual = try report(0)
    #expect(usual.allSatisfy { $0.count <= 80 })
    #expect(usual.contains { $0.count > 50 })
  }

  @Test func `a pipe gets whole lines`() throws {
    let outcome = try bench.run(["scan", "long.csv"], environment: ["COLUMNS": "50"])
    #expect(outcome.output.contains("= train: a folder with a long name/and one more below it/images/0001.png"))
    #expect(!outcome.output.contains("…"))
  }

  /// Runs `scan --show` on a terminal.
  private func show(_ environment: [String: String], answer: String = "", _ flags: String = "--show") throws -> String {
    let cleared = ["KITTY_WINDOW_ID", "TERM_PROGRAM", "LC_TERMINAL", "TMUX", "STY"].map { ($0, "") }
    return try PseudoTerminal.run(
      bench, width: 100, answer: answer, environment: Dictionary(cleared) { $1 }.merging(environment) { $1 },
      "scan", "leak.csv", flags
    ).output
  }

  private static let note =
    "splitseal: note: --show draws nothing, because this terminal shows no pictures: use one with kitty, iTerm2 or sixel graphics"

  @Test func `pictures stand below their pair, in the protocol of the terminal`() throws {
    let kitty = try show(["KITTY_WINDOW_ID": "1"])
    // The two are joined, 160 pixels high.
    #expect(kitty.contains(/= train: images\/0.png[^\n]*\n\x1B_Ga=T,q=2,f=24,s=[0-9]+,v=160,m=1;/))
    #expect(try show(["TERM_PROGRAM": "WezTerm"]).contains("]\u{1B}[0m\n\u{1B}]1337;File=size="))
    #expect(try show(["TERM": "foot"]).contains("]\u{1B}[0m\n\u{1B}P0;1;0q\"1;1;"))
    #expect(!kitty.contains(Self.note))
  }

  @Test func `a terminal that says so is given sixels, one that does not is given none`() throws {
    let able = try show([:], answer: "\u{1B}[?62;4;22c")
    #expect(able.contains("\u{1B}P0;1;0q"))
    let unable = try show([:], answer: "\u{1B}[?62;22c")
    #expect(!unable.contains("\u{1B}P"))
    #expect(unable.contains(Self.note))
    #expect(try show([:]).contains(Self.note))
    // A multiplexer is not asked.
    let multiplexed = try show(["TMUX": "/tmp/x,1,0"], answer: "\u{1B}[?62;4;22c")
    #expect(!multiplexed.contains("\u{1B}[c"))
    #expect(multiplexed.contains(Self.note))
  }

  @Test func `a pipe gets the same report, and a note beside it`() throws {
    let plain = try bench.run("scan", "leak.csv")
    let shown = try bench.run(["scan", "leak.csv", "--show"], environment: ["KITTY_WINDOW_ID": "1"])
    #expect(shown.output == plain.output)
    #expect(shown.errors == Self.note + "\n")
  }
}
