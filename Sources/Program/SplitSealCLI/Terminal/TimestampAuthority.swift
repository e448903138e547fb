internal import Foundation
internal import SplitSealCertificate
internal import SplitSealManifest

/// An authority that is asked for a timestamp over HTTP, by way of `curl`: the only place where this program has anybody
/// contacted, and only because a flag names whom.
///
/// - Source: RFC 3161, section 3.4.
struct TimestampAuthority {
  /// Seconds that an answer may take.
  private static let patience = 60

  let url: String

  /// Takes an address; `nil` unless it is one of HTTP.
  init?(_ url: String) {
    let lower = url.lowercased()
    guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), !url.contains(where: \.isWhitespace) else {
      return nil
    }
    self.url = url
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Parameter request: A TimeStampReq, which says nothing but a hash of the signature.
  /// - Returns: What came, which has not been looked at.
  /// - Throws: `CommandError` when curl is not there, or nothing comes of it.
  func answer(to request: [UInt8]) throws -> [UInt8] {
    let program = Process()
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    program.executableURL = URL(filePath: "/usr/bin/env")
    program.arguments = [
      "curl", "--globoff", "--silent", "--show-error", "--fail", "--max-time", "\(Self.patience)", "--max-filesize",
      "\(TimestampFile.maximumByteCount)", "--proto", "=http,https", "--header",
      "Content-Type: application/timestamp-query", "--data-binary", "@-", "--url", url,
    ]
    (program.standardInput, program.standardOutput, program.standardError) = (input, output, errors)
    do {
      try program.run()
      // A request has less than a hundred bytes: a pipe takes it whole.
      try input.fileHandleForWriting.write(contentsOf: Data(request))
      try input.fileHandleForWriting.close()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      let complaint = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      program.waitUntilExit()
      guard program.terminationStatus == 0 else {
        // What follows the reason points at a place in the address.
        throw failure(complaint.split(separator: "\n").first.map(String.init) ?? "curl ended without a word")
      }
      return Array(answer)
    } catch let failure as CommandError {
      throw failure
    } catch {
      throw failure("curl cannot be run")
    }
  }

  private func failure(_ reason: String) -> CommandError {
    CommandError(
      "\(printable(url)): no timestamp came: \(printable(reason))",
      hint: "write the request with --request, send it by other means, and attach the answer with --timestamp-token")
  }
}
