@testable import SplitSealCertifying
import SplitSealJSON
import SplitSealProbe
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

/// What a certificate claims of the probe.
@Suite struct PowerClaimTests {
  static func power(chanceScoreCount: Int = 40) -> DetectionPower {
    DetectionPower(
      seed: 1, imageCount: 6, threshold: 0.5,
      edits: [
        DetectionPower.Edit(name: "jpeg85", foundCount: 6, madeCount: 6),
        DetectionPower.Edit(name: "crop50", foundCount: 2, madeCount: 6),
      ],
      expectedChanceMatches: 0.25, chanceMatchesBound: 1.5, chanceScoreCount: chanceScoreCount, proposedThreshold: nil)
  }

  static func signed(_ power: DetectionPower? = power()) throws -> SignedCertificate {
    var fixture = Fixture()
    fixture.power = power
    return try fixture.signed()
  }

  @Test func `recalls survive signing and verifying`() throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records)
    #expect(verification.status == .verified)
    let power = try #require(verification.claims).power
    #expect(power.map(\.edit) == ["jpeg85", "crop50"])
    #expect(power.map(\.foundCount) == [6, 2])
    #expect(power.map(\.madeCount) == [6, 6])
  }

  @Test func `decimals are texts, and a bound stands alone where scores are few`() throws {
    func chance(_ count: Int) throws -> JSONValue? {
      var fixture = Fixture()
      fixture.power = Self.power(chanceScoreCount: count)
      let statement = try CertificateStatement(fixture.result, records: fixture.records, options: fixture.options)
      return statement.json["predicate"]?["chanceMatches"]
    }
    #expect(try chance(40)?["expected"]?.string == "0.2500")
    #expect(try chance(40)?["atMost"]?.string == "1.5000")
    #expect(try chance(40)?["scores"]?.integer == 40)
    #expect(try chance(3)?["expected"] == nil)
    #expect(try chance(3)?["atMost"]?.string == "1.5000")
  }

  @Test func `a certificate without a probe claims nothing of it`() throws {
    let signed = try Self.signed(nil)
    let verification = try Fixture.verify(signed.bundle, records: signed.records)
    #expect(verification.status == .verified)
    #expect(try #require(verification.claims).power.isEmpty)
  }

  @Test(arguments: [
    (#""found":2,"tried":6"#, #""found":7,"tried":6"#, "more copies are claimed found than made by the edit 'crop50'"),
    (#""edit":"crop50""#, #""edit":"jpeg85""#, "two edits of the probe have one name"),
  ])
  func `claims that contradict one another are a mismatch`(_ text: String, _ other: String, _ problem: String) throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(try Fixture.lie(signed, text, other), records: signed.records)
    #expect(verification.status == .mismatch)
    #expect(verification.problems.contains { $0.message == problem })
  }

  @Test(arguments: [
    (#""found":2"#, #""found":-2"#), (#""edit":"crop50""#, #""edit":5"#), (#","tried":6"#, ""),
  ])
  func `claims of the wrong kind are malformed`(_ text: String, _ other: String) throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(try Fixture.lie(signed, text, other), records: signed.records)
    #expect(verification.status == .malformed)
  }
}
