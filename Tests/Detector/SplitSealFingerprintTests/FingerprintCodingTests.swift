import SplitSealFingerprint
import SplitSealTestSupport
import Testing

@Suite struct FingerprintCodingTests {
  @Test(arguments: [false, true])
  func `a fingerprint is read as it was written`(hasPDQ: Bool) {
    var random = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let fingerprint = randomFingerprint(using: &random, hasPDQ: hasPDQ)
      #expect(Fingerprint(coded: fingerprint.coded) == fingerprint)
    }
  }

  @Test func `fingerprints that are read into one arena keep their descriptors apart`() {
    var random = SplitMix64(seed: 5)
    let fingerprints = (0..<2_100).map { _ in randomFingerprint(using: &random, hasPDQ: false) }
    var arena = DescriptorArena()
    let read = fingerprints.map { Fingerprint(coded: $0.coded, into: &arena) }
    #expect(read == fingerprints)
  }

  @Test func `a fingerprint takes about 1 KB`() {
    var random = SplitMix64(seed: 2)
    for hasPDQ in [false, true] {
      let fingerprint = randomFingerprint(using: &random, hasPDQ: hasPDQ)
      let name = fingerprint.properties.camera?.description ?? ""
      #expect(fingerprint.coded.count == 1_071 + name.utf8.count + (hasPDQ ? 258 : 0))
    }
  }

  @Test(arguments: [false, true])
  func `what is cut off or longer is no fingerprint`(hasPDQ: Bool) {
    var random = SplitMix64(seed: 3)
    let coded = randomFingerprint(using: &random, hasPDQ: hasPDQ).coded
    for length in 0..<coded.count { #expect(Fingerprint(coded: Array(coded.prefix(length))) == nil) }
    #expect(Fingerprint(coded: coded + [0]) == nil)
  }

  @Test func `every changed byte is another fingerprint or none`() {
    var random = SplitMix64(seed: 4)
    let fingerprint = randomFingerprint(using: &random, hasPDQ: true)
    var coded = fingerprint.coded
    for index in coded.indices {
      for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] where value != coded[index] {
        let before = coded[index]
        coded[index] = value
        let read = Fingerprint(coded: coded)
        #expect(read != fingerprint)
        #expect(read?.descriptors.values.contains(.min) != true, "the search knows no -128")
        coded[index] = before
      }
    }
  }
}
