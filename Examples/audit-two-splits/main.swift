// The library in a few lines: audits what its arguments name, as `splitseal scan` does, and prints the leaks.
//
// usage: swift run audit-two-splits train=FOLDER test=FOLDER
import SplitSeal

var configuration = AuditConfiguration(inputs: Array(CommandLine.arguments.dropFirst()))
configuration.workerCount = 2
configuration.policy.failOn = .warning

do {
  let result = try await AuditPipeline(configuration).run()
  let samples = result.input.manifest.samples
  for match in result.input.matches.matches {
    print(match.score, match.kind.rawValue, samples[match.first].path, samples[match.second].path)
  }
  for finding in result.findings { print(finding.severity.rawValue, finding.rule.rawValue, finding.message) }
  print(result.verdict.rawValue)
} catch let error as ManifestError {
  print(error)
}
