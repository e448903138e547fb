internal import SplitSealKeys
internal import ArgumentParser
internal import SplitSealCertificate

/// Timestamp authorities that the user trusts.
struct TimestampOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Certificates of timestamp authorities that you trust, in PEM; the certificate must have a timestamp from one of them.",
      valueName: "file"), completion: .file())
  var timestampRoots: String?

  /// Checks the timestamps of a certificate; `nil` without roots, or if the envelope cannot be read.
  func check(of certificate: [UInt8]) async throws -> TimestampCheck? {
    guard let timestampRoots else { return nil }
    let roots = try TimestampRoots.load(from: timestampRoots)
    guard let envelope = try? Envelope(parsing: certificate) else { return nil }
    return await TimestampCheck(of: envelope, roots: roots)
  }
}
