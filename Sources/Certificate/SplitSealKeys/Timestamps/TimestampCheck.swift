/// What became of a certificate's timestamps.
public struct TimestampCheck: Hashable, Sendable {
  /// The earliest timestamp that holds and whose authority is trusted; `nil` when none is.
  public let timestamp: Timestamp?
  /// Why each of the others does not count.
  package let faults: [TimestampFault]

  /// Checks timestamps of one signature.
  ///
  /// - Parameters:
  ///   - timestamps: Each a TimeStampResp, or the token by itself.
  ///   - signature: What they stamp.
  ///   - roots: Whose timestamps are trusted.
  public init(of timestamps: [[UInt8]], over signature: [UInt8], roots: TimestampRoots) async {
    var faults: [TimestampFault] = []
    var earliest: Timestamp?
    for bytes in timestamps {
      do throws(TimestampFault) {
        let token = try TimestampToken(parsing: bytes)
        let leaf = try token.checkedSigner(over: signature)
        try await roots.vouch(for: leaf, of: token)
        let timestamp = token.timestamp(by: leaf)
        if timestamp.unixSeconds < earliest?.unixSeconds ?? .max { earliest = timestamp }
      } catch {
        faults.append(error)
      }
    }
    timestamp = earliest
    self.faults = faults
  }
}
