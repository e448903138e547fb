/// What the fuzzers of this package reach beyond the public interface.
package func pemText(label: String, bytes: [UInt8]) -> [UInt8] { Array(PEM(label: label, bytes: bytes).text.utf8) }

/// Reads a timestamp and checks its signature over whatever it stamps.
package func readTimestampWithoutImprint(_ bytes: [UInt8]) {
  guard let token = try? TimestampToken(parsing: bytes) else { return }
  _ = try? token.checkedSigner()
}
