internal import SplitSealKeys
internal import SplitSealBase
internal import Foundation
internal import SplitSealCertificate
internal import SplitSealManifest

/// An authority from which `curl` gets a timestamp over HTTP: the only place where this program contacts a server, and only one
/// that the user named.
///
/// - Source: RFC 3161, section 3.4.
struct TimestampAuthority {
  /// Seconds to wait for an answer.
  private static let patience = 60

  let url: String

  /// Takes an HTTP or HTTPS address; `nil` for any other text.
  init?(_ url: String) {
    let lower = url.lowercased()
    guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), !url.contains(where: \.isWhitespace) else {
      return nil
    }
    self.url = url
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Parameter request: A TimeStampReq, which contains only a hash of the signature.
  /// - Returns: The answer, not checked.
  /// - Throws: `CommandError` if curl is missing or fails.
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
      // A request has fewer than a hundred bytes, so the pipe takes it whole.
      try input.fileHandleForWriting.write(contentsOf: Data(request))
      try input.fileHandleForWriting.close()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      let complaint = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      program.waitUntilExit()
      guard program.terminationStatus == 0 else {
        // The lines after the reason only point at a place in the address.
        throw failure(complaint.split(separator: "\n").first.map(String.init) ?? "curl gave no reason")
      }
      return Array(answer)
    } catch let failure as CommandError {
      throw failure
    } catch {
      throw failure("cannot run curl")
    }
  }

  private func failure(_ reason: String) -> CommandError {
    CommandError(
      "\(printable(url)): cannot get a timestamp: \(printable(reason))",
      hint: "write the request with --request, send it by other means, and add the answer with --timestamp-token")
  }
}
