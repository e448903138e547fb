import SplitSealBase
import SplitSealFingerprint
import SplitSealImage
import SplitSealManifest
import Testing

@testable import SplitSealShard

/// The numbers that stand for cases in coded files.
@Suite struct WireCodeTests {
  /// Every case is read back from its own number, and the next number is nobody's.
  private func expectEveryCaseIsReadBack<Case: WireCoded & Equatable>(_ cases: [Case]) {
    #expect(cases.allSatisfy { Case(wireCode: $0.wireCode) == $0 })
    #expect(cases.map(\.wireCode).sorted() == (0..<UInt8(cases.count)).map { $0 })
    #expect(Case(wireCode: UInt8(cases.count)) == nil)
    #expect(Case(wireCode: 255) == nil)
  }

  @Test func `every case of every coded type has a number of its own that reads back as that case`() {
    expectEveryCaseIsReadBack(ImageFormat.allCases)
    expectEveryCaseIsReadBack(ChromaSubsampling.allCases)
    expectEveryCaseIsReadBack(SplitRole.allCases)
    expectEveryCaseIsReadBack(SampleTimes.Unit.allCases)
    expectEveryCaseIsReadBack(ManifestInput.Format.allCases)
  }
}
