internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// Whose timestamps are good enough.
struct TimestampOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Certificates of timestamp authorities you trust, in PEM: the certificate must bear a timestamp of one of them.",
      valueName: "file"), completion: .file())
  var timestampRoots: String?

  /// Checks the timestamps of a certificate; `nil` without roots, or where there is no envelope to read.
  func check(of certificate: [UInt8]) async throws -> TimestampCheck? {
    guard let timestampRoots else { return nil }
    let roots = try TimestampRoots.load(from: timestampRoots)
    guard let envelope = try? Envelope(parsing: certificate) else { return nil }
    return await TimestampCheck(of: envelope, roots: roots)
  }
}
