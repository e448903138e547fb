internal import SplitSealRules
internal import ArgumentParser
internal import SplitSealAudit

extension ExitCode {
  /// The audit ran and found something at or above `--fail-on`.
  static let findings = ExitCode(1)
  /// The command could not run: bad flags, bad manifest, unreadable key, unwritable output.
  static let couldNotRun = ExitCode(2)
  /// Too little could be checked to say pass.
  static let inconclusive = ExitCode(3)
  /// Ctrl-C: 128 + SIGINT, as shells report it.
  static let interrupted = ExitCode(130)

  /// The status of an audit.
  init(_ verdict: Verdict) {
    switch verdict {
    case .pass: self = .success
    case .fail: self = .findings
    case .inconclusive: self = .inconclusive
    }
  }
}
