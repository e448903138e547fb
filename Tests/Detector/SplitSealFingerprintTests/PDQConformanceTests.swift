import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

/// PDQ's conformance images against the hashes of the reference implementation.
///
/// - Source: ThreatExchange `pdq/README.md`: through another decoder, at most 10 bits where the quality is 80 or more.
@Suite(.enabled(if: ConformanceArchive.isPresent, "there is no shared/data/pdq.tar beside the repository"))
struct PDQConformanceTests {
  @Test func `the archive holds what the reference speaks of`() {
    #expect(ConformanceArchive.rows.count == 44)
    #expect(ConformanceArchive.rows.count { $0.quality >= 80 } > 30)
  }

  @Test(arguments: ConformanceArchive.rows)
  func `the fingerprint holds the reference's hash`(_ row: ConformanceArchive.Row) throws {
    var fingerprinter = Fingerprinter(includesPDQ: true)
    let bytes = try #require(try ConformanceArchive.file(row.file))
    let fingerprint = try #require(fingerprinter.outcome(of: bytes).fingerprint)
    let turn = exifOrientation(row.file)
    let stored = (row.storedWidth, row.storedHeight)
    #expect((fingerprint.width, fingerprint.height) == (turn.swapsAxes ? (stored.1, stored.0) : stored))

    // The reference hashed the pixels as stored: the picture that is seen, with the turn undone.
    let pdq = try #require(fingerprint.pdq)
    let hash = pdq.standard[turn.inverse]
    let distance = try #require(differingBits(hash.description, row.hash))
    if turn == .identity, min(row.storedWidth, row.storedHeight) <= 1_024 {
      // Nothing is averaged and nothing is turned: the same arithmetic on the same pixels.
      #expect(distance == 0)
      #expect(pdq.quality == row.quality)
    } else if row.quality >= 80 {
      #expect(distance <= 10)
    }
  }

  /// The value of the EXIF tag: `exif-rotn-6.jpg` carries 6.
  private func exifOrientation(_ file: String) -> Orientation {
    guard file.contains("exif-rotn-"), let digit = file.dropLast(4).last?.wholeNumberValue else { return .identity }
    return Orientation(rawValue: UInt8(digit)) ?? .identity
  }

  /// The bits in which two hexadecimal numbers differ; `nil` when they are not numbers of the same length.
  private func differingBits(_ a: String, _ b: String) -> Int? {
    guard a.count == b.count else { return nil }
    var bits = 0
    for (a, b) in zip(a, b) {
      guard let a = a.hexDigitValue, let b = b.hexDigitValue else { return nil }
      bits += (a ^ b).nonzeroBitCount
    }
    return bits
  }
}
