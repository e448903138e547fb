import Foundation
import Testing

@testable import SplitSealCLI

/// Help, version, completions, and flags that cannot be understood.
@Suite struct HelpTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `help lists the commands and every exit status`() throws {
    let help = try bench.run("--help")
    #expect(help.status == 0)
    #expect(help.errors == "")
    for line in [
      "OVERVIEW: Checks whether the splits of an image dataset can be trusted.",
      "  scan                    Check splits for leaks, label conflicts and class\n                          ratios.",
      "  verify                  Check a certificate against the files of the dataset.",
      "  keygen                  Create a key pair for signing certificates.",
    ] {
      #expect(help.output.contains("\n\(line)\n") || help.output.hasPrefix("\(line)\n"))
    }
    #expect(help.output.contains("\n  certify "))
    for status in ["0 nothing found", "1 findings", "2 could not run", "trusted, 4 malformed", "ends with 130"] {
      #expect(help.output.contains(status))
    }
    #expect(try bench.run().output == help.output)
  }

  @Test(arguments: [
    (
      "scan", "splitseal scan [<options>] <input> ...",
      [
        "--path-column", "--split-column", "--label-column", "--group-column", "--root", "--role", "--exclude",
        "--max-pixels",
        "--max-bytes", "-j, --jobs", "-q, --quiet", "--fail-on", "--allow-unreadable", "--allow-unsettled",
        "--class-ratio",
        "--ratio-tolerance", "--test-later", "--group-pattern", "--time-column", "--method", "--threshold",
        "--probe/--no-probe", "--probe-seed", "--min-score", "--json", "--html", "--format", "--show", "--show-count",
        "--pairs", "--fingerprints", "--reported-accuracy", "--predictions",
        "--pairs", "--fingerprints", "--policy", "--no-policy", "--waivers", "--no-waivers", "--decisions",
        "--no-decisions", "--baseline",
        "-v, --verbose",
      ]
    ),
    (
      "certify", "splitseal certify [<options>] <input> ... --key <file>",
      [
        "--key", "--name", "--dataset-version", "--supersedes", "-o, --output", "--fail-on", "--method", "--threshold",
        "--probe/--no-probe", "--root",
      ]
    ),
    (
      "hash", "splitseal hash [<options>] <input> ... --output <file>",
      ["-o, --output", "--part", "--pdq", "--root", "--role", "--cache", "--no-cache", "-j, --jobs", "-q, --quiet"]
    ),
    (
      "match", "splitseal match [<options>] <shard> ...",
      [
        "--root", "--fail-on", "--method", "--threshold", "--min-score", "--format", "--json", "--html",
        "--pairs", "--fingerprints",
        "--cache", "-j, --jobs", "-q, --quiet",
      ]
    ),
    (
      "verify", "splitseal verify [<options>] <input> ...",
      [
        "--public-key", "--fingerprint", "--allowed-signers", "--identity", "--trusted", "--revoked",
        "--timestamp-roots", "--allow-extra", "--json", "--root", "--signature-only", "--sample", "--seed", "--audit",
        "--probe-seed", "--newer", "-v, --verbose",
      ]
    ),
    (
      "review", "splitseal review [<options>] <input> ...",
      [
        "--min-score", "--by", "--decisions", "--port", "--open/--no-open", "--method", "--threshold", "--root",
        "--policy",
        "--cache", "-j, --jobs", "-q, --quiet",
      ]
    ),
    (
      "diff",
      "splitseal diff <old> <new> [--public-key <file> ...] [--fingerprint <SHA256:...>]"
        + " [--allowed-signers <file>] [--trusted] [--identity <name>] [--revoked <file> ...] [--json <file>] [--quiet]",
      ["--public-key", "--fingerprint", "--allowed-signers", "--json", "-q, --quiet"]
    ),
    (
      "prove",
      "splitseal prove <image> ... [--certificate <file>] [--absent] [--split <name> ...] [--private-folder <folder>]"
        + " [--salt-key <file>] [--output <file>]",
      ["--certificate", "--absent", "--split", "--private-folder", "--salt-key", "-o, --output"]
    ),
    (
      "verify-proof",
      "splitseal verify-proof <proof> <certificate> [<image>] [--public-key <file> ...] [--fingerprint <SHA256:...>]"
        + " [--allowed-signers <file>] [--trusted] [--identity <name>] [--revoked <file> ...] [--json <file>] [--quiet]",
      ["--public-key", "--fingerprint", "--trusted", "--json", "-q, --quiet"]
    ),
    (
      "keygen", "splitseal keygen --output <name> [--ed25519] [--ask-passphrase] [--passphrase-file <file>]",
      ["-o, --output", "--ed25519", "--ask-passphrase", "--passphrase-file"]
    ),
    (
      "timestamp",
      "splitseal timestamp <certificate> [--request <file>] [--timestamp-token <file>] [--timestamp-url <url>]"
        + " [--timestamp-roots <file>]",
      ["--request", "--timestamp-token", "--timestamp-url", "--timestamp-roots"]
    ),
    ("trust", "splitseal trust <subcommand>", []),
    (
      "plot", "splitseal plot [<options>] <input> ... --output <path>",
      [
        "--what", "-o, --output", "--width", "--height", "--force", "--min-score", "--policy", "--method",
        "--threshold",
        "--probe/--no-probe", "--probe-seed", "--cache", "--no-cache", "--root", "-q, --quiet",
      ]
    ),
  ])
  func `every command explains its flags`(command: String, usage: String, flags: [String]) throws {
    let help = try bench.run(command, "--help")
    #expect(help.status == 0)
    #expect(help.errors == "")
    let lines = help.output.split(separator: "\n")
    #expect(lines.contains { $0 == "USAGE: \(usage)" })
    for flag in flags { #expect(lines.contains { $0.hasPrefix("  \(flag) ") }, "\(flag)") }
  }

  /// The sections of a command's help: title and, for each option, the lines about it.
  private func sections(ofHelpFor command: [String]) throws -> [(title: String, options: [[Substring]])] {
    let help = try bench.run(command + ["--help"])
    #expect(help.status == 0)
    var sections: [(title: String, options: [[Substring]])] = []
    for line in help.output.split(separator: "\n") {
      if line.hasPrefix("USAGE: ") { sections = [] }
      if line.wholeMatch(of: /[A-Z, -]+:/) != nil {
        sections.append((String(line.dropLast()), []))
      } else if line.hasPrefix("  -"), let last = sections.indices.last {
        sections[last].options.append([line])
      } else if line.hasPrefix("   "), let last = sections.indices.last, !sections[last].options.isEmpty {
        sections[last].options[sections[last].options.count - 1].append(line)
      }
    }
    return sections
  }

  @Test(arguments: [
    ["scan"], ["certify"], ["verify"], ["repair"], ["compare"], ["hash"], ["match"], ["review"], ["pack"], ["split"],
    ["plot"], ["export", "oms"], ["policy", "show"],
  ])
  func `help begins with the most used options, and describes every option once`(command: [String]) throws {
    let sections = try sections(ofHelpFor: command)
    #expect(sections.first?.title == "ARGUMENTS")
    try #require(sections.count >= 3)
    #expect(sections[1].title == "OPTIONS")
    #expect((4...12).contains(sections[1].options.count))
    #expect(sections[1].options.last?.first?.hasPrefix("  -h, --help ") == true)
    #expect(sections.dropFirst(2).allSatisfy { !$0.options.isEmpty })
    let options = sections.flatMap(\.options)
    for option in options {
      let words = option.joined(separator: " ").split(separator: " ").drop { $0.hasPrefix("-") || $0.hasPrefix("<") }
      #expect(words.count >= 3, "\(option)")
    }
    // The parser's own list of what the command takes.
    let dump = try bench.run(command + ["--experimental-dump-help"]).document()
    let arguments = try #require((dump["command"] as? [String: Any])?["arguments"] as? [[String: Any]])
    let names = arguments.filter { $0["kind"] as? String != "positional" }
      .compactMap { ($0["preferredName"] as? [String: Any])?["name"] as? String }
    #expect(names.count >= 10)
    for name in names {
      let listed = options.count { option in
        option[0].split { " ,/".contains($0) }.prefix { $0.hasPrefix("-") }.contains { $0 == "--\(name)" }
      }
      #expect(listed == 1, "--\(name)")
    }
  }

  @Test func `the version is a number on a line of its own`() throws {
    let version = try bench.run("--version")
    #expect(version.status == 0)
    #expect(version.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are offered for each shell`(shell: String) throws {
    let completion = try bench.run("--generate-completion-script", shell)
    #expect(completion.status == 0)
    #expect(completion.output.contains("splitseal"))
    #expect(completion.output.contains("certify"))
    guard Workbench.has(shell) else { return }
    try bench.write("completion", completion.output)
    let checked = try bench.shell("\(shell) -n completion")
    #expect(checked.status == 0)
    #expect(checked.errors == "")
  }

  @Test(arguments: [
    (["scan"], "missing expected argument '<input> ...'"),
    (["scan", "a.csv", "--frobnicate"], "unknown option '--frobnicate'"),
    (["frobnicate"], "unexpected argument 'frobnicate'"),
    (["scan", "a.csv", "--root"], "missing value for '--root <folder>'"),
    (["scan", "a.csv", "--jobs", "many"], "the value 'many' is invalid for '--jobs <count>'"),
    (["scan", "a.csv", "--jobs", "0"], "--jobs must be 1 to 1024"),
    (["scan", "a.csv", "--max-pixels", "0"], "--max-pixels must be 1 or more"),
    (["scan", "a.csv", "--max-bytes", "0"], "--max-bytes must be 1 or more"),
    (["scan", "a.csv", "--min-score", "1.5"], "--min-score must be 0 to 1"),
    (["scan", "a.csv", "--allow-unreadable", "nan"], "--allow-unreadable must be 0 to 1"),
    (["scan", "a.csv", "--allow-unsettled", "1.1"], "--allow-unsettled must be 0 to 1"),
    (["scan", "a.csv", "--method", "phash"], "the value 'phash' is invalid for '--method <method>'"),
    (["scan", "a.csv", "--fail-on", "fatal"], "the value 'fatal' is invalid for '--fail-on <severity>'"),
    (
      ["scan", "a.csv", "--role", "holdout=exam"],
      "--role holdout=exam: expected SPLIT=training, SPLIT=validation, SPLIT=test or SPLIT=other"
    ),
    (["scan", "a.csv", "--class-ratio", "a=1"], "--class-ratio a=1: expected at least two classes"),
    (["scan", "a.csv", "--class-ratio", "a=1,a=2"], "--class-ratio a=1,a=2: 'a' is given twice"),
    (
      ["scan", "a.csv", "--class-ratio", "a=0,b=1"],
      "--class-ratio a=0,b=1: expected LABEL=PART,LABEL=PART with numbers above 0"
    ),
    (["scan", "a.csv", "--json", "-", "--pairs", "-"], "only one output can go to standard output"),
    (["scan", "a.csv", "--html", "-", "--json", "-"], "only one output can go to standard output"),
    (["scan", "a.csv", "--fingerprints=-", "--pairs=-"], "only one output can go to standard output"),
    (["certify", "a.csv"], "missing expected argument '--key <file>'"),
    (["verify", "a.csv", "--fingerprint", "abc"], "--fingerprint abc: expected SHA256: and 43 characters of base64"),
    (
      ["verify", "a.csv", "--fingerprint", "abc", "--public-key", "k.pub"],
      "give --public-key or --fingerprint, not both"
    ),
    (["review", "a.csv", "--port", "70000"], "--port must be 0 to 65535"),
    (["review", "a.csv", "--min-score", "1.5"], "--min-score must be 0 to 1"),
    (["review", "a.csv", "--by", ""], "--by must be a name of 1 to 200 bytes"),
    (
      ["scan", "a.csv", "--show", "--format", "json"], "--show works only with the text report, not with --format json"
    ),
    (["scan", "a.csv", "--show-count", "0"], "--show-count must be 1 to 100"),
    (
      ["plot", "a.csv", "-o", "-"], "only one chart can go to standard output: choose it with --what, or give a folder"
    ),
    (["plot", "a.csv", "-o", "a", "--width", "59"], "--width must be 60 to 1000 millimetres"),
    (["plot", "a.csv", "-o", "a", "--height", "nan"], "--height must be 30 to 2000 millimetres"),
    (["plot", "a.csv", "-o", "a", "--what", "pie"], "the value 'pie' is invalid for '--what <chart>'"),
    (["plot", "a.csv", "-o", "a", "--what", "power", "--no-probe"], "--what power needs the probe: remove --no-probe"),
    (["keygen"], "missing expected argument '--output <name>'"),
    (["keygen", "-o", ""], "--output needs a name for the key, for example author"),
    (["keygen", "-o", "keys/"], "--output needs a name for the key, for example author"),
    (["--generate-completion-script", "tcsh"], "can't generate completion scripts for 'tcsh'"),
  ])
  func `flags that cannot be understood end with 2, an error and a hint`(arguments: [String], message: String) throws {
    let outcome = try bench.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    let lines = outcome.errors.split(separator: "\n")
    try #require(lines.count == 2)
    #expect(lines[0] == "splitseal: error: \(message)")
    #expect(lines[1].hasPrefix("splitseal: hint: "))
    #expect(!lines[1].hasSuffix("."))
    #expect(try bench.names() == [])
  }

  @Test func `only errors of usage lead to the help`() throws {
    struct Surprise: Error {}
    #expect(Console.explanation(of: Surprise()).hint == nil)
    let usage = try bench.run("scan", "leak.csv", "--jobs", "0")
    #expect(usage.complaints.last?.contains("splitseal COMMAND --help") == true)
  }

  @Test func `what the parser advises becomes the hint`() throws {
    #expect(try bench.run("scan", "a.csv", "--job", "2").complaints.last == "hint: did you mean '--jobs'?")
  }
}
