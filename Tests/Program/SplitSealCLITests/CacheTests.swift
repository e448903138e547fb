import Foundation
import Testing

/// `--cache`, `--no-cache` and `splitseal cache`.
@Suite struct CacheTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `a second scan says the same, and so does one without a cache`() throws {
    try bench.makeLeakingDataset()
    let cold = try bench.run("scan", "leak.csv", "--cache", "c.sqlite", "--json", "cold.json")
    let warm = try bench.run("scan", "leak.csv", "--cache", "c.sqlite", "--json", "warm.json", "--jobs", "1")
    let without = try bench.run("scan", "leak.csv", "--no-cache", "--json", "without.json")
    #expect(cold.status == 1 && warm.status == 1 && without.status == 1)
    #expect(cold.output == warm.output && cold.output == without.output)
    #expect(try bench.bytes("cold.json") == bench.bytes("warm.json"))
    #expect(try bench.bytes("cold.json") == bench.bytes("without.json"))
    let info = try bench.run("cache", "info", "--cache", "c.sqlite", "--json")
    #expect(info.output.contains(#""results":1,"#) || info.output.contains(#""results":1}"#))
  }

  @Test func `an image that changed is read again`() throws {
    try bench.makeLeakingDataset()
    #expect(try bench.run("scan", "leak.csv", "--cache", "c.sqlite").status == 1)
    try bench.write("images/copy.png", "not a picture")
    let changed = try bench.run("scan", "leak.csv", "--cache", "c.sqlite")
    #expect(changed.status == 3)
    #expect(changed.output.contains("images/copy.png"))
  }

  @Test func `a limit holds for images that are remembered`() throws {
    try bench.makeCleanDataset()
    #expect(try bench.run("scan", "clean.csv", "--cache", "c.sqlite").status == 0)
    #expect(try bench.run("scan", "clean.csv", "--cache", "c.sqlite", "--max-pixels", "10").status == 3)
  }

  @Test func `hashes that are asked for later are computed later`() throws {
    try bench.makeCleanDataset()
    #expect(try bench.run("scan", "clean.csv", "--cache", "c.sqlite").status == 0)
    let later = try bench.run("scan", "clean.csv", "--cache", "c.sqlite", "--fingerprints", "-")
    #expect(later.output.contains(#""pdq":""#))
    let fresh = try bench.run("scan", "clean.csv", "--no-cache", "--fingerprints", "-")
    #expect(later.output == fresh.output)
  }

  @Test func `a damaged cache is a warning, and the scan is as without it`() throws {
    try bench.makeCleanDataset()
    _ = try bench.run("scan", "clean.csv", "--cache", "c.sqlite")
    // Without side files, where there are any: they might mend it.
    for name in try bench.names() where name.hasPrefix("c.sqlite-") { try bench.remove(name) }
    let damaged = try bench.bytes("c.sqlite").prefix(100) + Array(repeating: 0xFF, count: 5_000)
    try bench.write("c.sqlite", Array(damaged))
    let scan = try bench.run("scan", "clean.csv", "--cache", "c.sqlite")
    #expect(scan.status == 0)
    #expect(scan.errors.hasPrefix("splitseal: warning: the cache c.sqlite is damaged: it is now "))
    #expect(try bench.bytes("c.sqlite.damaged-1") == Array(damaged))
    #expect(try bench.run("scan", "clean.csv", "--cache", "c.sqlite").errors == "")
  }

  @Test func `a file that is no cache is refused before anything is read, and stays as it is`() throws {
    try bench.makeCleanDataset()
    try bench.write("notes.txt", "remember the milk")
    let before = try bench.names()
    for command in [
      ["scan", "clean.csv"], ["hash", "clean.csv", "-o", "a.fp"], ["cache", "info"], ["cache", "prune"],
    ] {
      let refused = try bench.run(command + ["--cache", "notes.txt"])
      #expect(refused.status == 2 && refused.output == "")
      #expect(
        refused.errors == """
          splitseal: error: notes.txt is not a cache of splitseal; it was left as it is
          splitseal: hint: give --cache the name of a file that does not exist yet

          """)
    }
    // Nobody named it on the command line: the command runs.
    let scan = try bench.run("scan", "clean.csv", environment: ["SPLITSEAL_CACHE": "notes.txt"])
    #expect(scan.status == 0)
    #expect(scan.errors.contains("splitseal: warning: notes.txt is not a cache of splitseal; it was left as it is: "))
    #expect(try bench.text("notes.txt") == "remember the milk")
    #expect(try bench.names() == before)
  }

  @Test func `no cache is written where none is wanted, and none can be made is a warning`() throws {
    try bench.makeCleanDataset()
    _ = try bench.run("scan", "clean.csv", "--no-cache", environment: ["SPLITSEAL_CACHE": bench.path("e.sqlite")])
    #expect(!FileManager.default.fileExists(atPath: bench.path("e.sqlite")))
    let scan = try bench.run("scan", "clean.csv", environment: ["SPLITSEAL_CACHE": "/dev/null/c.sqlite"])
    #expect(scan.status == 0)
    #expect(scan.errors.contains("going on without it"))
    #expect(try bench.run("scan", "clean.csv", "--cache", "a", "--no-cache").status == 2)
  }

  @Test func `a certificate is of bytes that were read`() throws {
    try bench.makeCleanDataset()
    try bench.makeKey()
    let first = try bench.run("certify", "clean.csv", "--key", "signer.key", "--cache", "c.sqlite")
    #expect(first.status == 0)
    let again = try bench.run("certify", "clean.csv", "--key", "signer.key", "--cache", "c.sqlite")
    #expect(again.status == 0)
    #expect(try bench.run("verify", "clean.csv", "--public-key", "signer.pub").status == 0)
  }

  @Test func `the cache says what it holds, and forgets it`() throws {
    try bench.makeCleanDataset()
    let none = try bench.run("cache", "info", "--cache", "c.sqlite")
    #expect(none.status == 0 && none.output == "c.sqlite: no cache yet\n")
    #expect(!FileManager.default.fileExists(atPath: bench.path("c.sqlite")))
    _ = try bench.run("scan", "clean.csv", "--cache", "c.sqlite")
    #expect(try bench.run("cache", "info", "--cache", "c.sqlite").output.contains("fingerprints  4"))
    #expect(try bench.run("cache", "prune", "--cache", "c.sqlite", "--older-than", "0").status == 0)
    #expect(try bench.run("cache", "info", "--cache", "c.sqlite").output.contains("fingerprints  0"))
    #expect(try bench.run("cache", "prune", "--older-than", "-1").status == 2)
  }
}
