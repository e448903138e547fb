internal import ArgumentParser
internal import SplitSealManifest

/// The `splitseal` command.
struct SplitSealCommand: AsyncParsableCommand {
  /// The version that reports and certificates name.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "splitseal",
    abstract: "Checks whether the splits of an image dataset can be trusted.",
    discussion: """
      INPUT is \(ManifestLayouts.inputHelp). Give as many inputs as you need: splitseal scan train=train.csv test=heldout/

      'scan' runs 'hash' and then 'match'; run them separately to use several machines.

      Exit status of scan, match and certify:
      0 nothing found, 1 findings, 2 could not run, 3 too little could be checked.
      Of verify and verify-proof:
      0 verified and trusted, 1 does not match, 2 could not run, 3 valid but the signer is not \
      trusted, 4 malformed.
      Of diff:
      0 the same records, 1 different records, 2 could not run, 3 a signer is not trusted.
      Of compare:
      0 no match, 1 matches, 2 could not run, 3 no match, but not every image could be compared.
      Of prove:
      0 proven, 1 not true, 2 could not run.
      Of repair and split:
      0 done, 2 could not run, 3 not possible within the allowed limits.
      Of all other commands:
      0 done, 2 could not run.
      Any command that is interrupted ends with 130.
      """,
    version: version,
    subcommands: [
      ScanCommand.self, CertifyCommand.self, VerifyCommand.self, DiffCommand.self, ProveCommand.self,
      VerifyProofCommand.self, KeygenCommand.self, TrustCommand.self, TimestampCommand.self, RepairCommand.self,
      SplitCommand.self, ReviewCommand.self, PlotCommand.self, PolicyCommand.self, WaiveCommand.self,
      HashCommand.self, MatchCommand.self,
      CompareCommand.self, PackCommand.self, CacheCommand.self, ExportCommand.self,
    ])
}

@main
enum Main {
  static func main() async {
    Console.prepare()
    do {
      // Before anything that needs a thread, as it would wait for one for ever.
      try SystemThread.requireEnough()
      try await Interruption.cancelling {
        var command = try SplitSealCommand.parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
    } catch {
      Console.exit(with: error)
    }
  }
}
