public import SplitSealKeys

extension TimestampCheck {
  /// Checks every timestamp of an envelope.
  ///
  /// - Parameters:
  ///   - envelope: The envelope, whose signature the timestamps are of.
  ///   - roots: Whose timestamps are trusted.
  public init(of envelope: Envelope, roots: TimestampRoots) async {
    await self.init(of: envelope.timestamps, over: envelope.signature, roots: roots)
  }
}

extension CertificateVerifier {
  /// Takes a timestamp that was checked, and says what is wrong with the others.
  ///
  /// One that holds is enough; whoever asks for timestamps and finds none is told so.
  func judgeTimestamps(of envelope: Envelope, _ verification: inout CertificateVerification) {
    guard let timestamps else {
      guard !envelope.timestamps.isEmpty else { return }
      verification.notes.append("a timestamp is attached and was not checked: give --timestamp-roots")
      return
    }
    verification.timestamp = timestamps.timestamp
    if timestamps.timestamp == nil, envelope.timestamps.isEmpty {
      verification.fail(.signerNotTrusted, .timestamp, "there is none, and one was asked for")
    }
    for fault in timestamps.faults {
      if timestamps.timestamp != nil {
        verification.notes.append("another timestamp does not count: \(fault.reason)")
      } else {
        verification.fail(fault.isUntrusted ? .signerNotTrusted : .mismatch, .timestamp, fault.reason)
      }
    }
  }
}
