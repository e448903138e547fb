@testable import SplitSealCertifying
import SplitSealAudit
import SplitSealJSON
import SplitSealManifest
import SplitSealMatch
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

/// What a certificate claims of the images that were compared.
@Suite struct CoverageClaimTests {
  /// All six images read, four of them compared, one in doubt.
  static func signed(
    alikeness: Double? = 0.87, power: Bool = false, near: Bool = true
  ) throws -> SignedCertificate {
    var fixture = Fixture()
    fixture.alikeness = alikeness
    if power { fixture.power = PowerClaimTests.power() }
    fixture.coverage = fixture.manifest.splits.map { split in
      let count = fixture.rows.count { $0.split == split.name }
      let plain = split.name == "val" ? 0 : 1
      return SplitCoverage(
        listedCount: count, checkedCount: count, comparedCount: count - plain,
        doubtfulCount: split.name == "train" ? 1 : 0)
    }
    return try fixture.signed()
  }

  @Test func `what was compared and what is in doubt survive signing and verifying`() throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records)
    #expect(verification.status == .verified)
    let claims = try #require(verification.claims)
    #expect(claims.coverage?.checkedCount == 6)
    #expect(claims.coverage?.comparedCount == 4 && claims.coverage?.doubtfulCount == 1)
    #expect(claims.splits.map { $0.coverage?.comparedCount } == [1, 2, 1])
    #expect(claims.splits.map { $0.coverage?.doubtfulCount } == [0, 1, 0])
    #expect(claims.alikeness == CertificateClaims.Alikeness(share: "0.8700", isByDesign: true))
    #expect(claims.unknownMembers == [])
  }

  @Test func `a statement that says nothing of it is read as ever`() throws {
    let signed = try Self.signed(alikeness: nil)
    var payload = String(decoding: try Envelope(parsing: signed.bundle).payload, as: UTF8.self)
    payload = payload.replacing(#","compared":4,"inDoubt":1"#, with: "")
    payload = payload.replacing(#/"checked":[0-9],("classes".*?)?"compared":[0-9],/#) {
      $0.output.1.map(String.init) ?? ""
    }
    payload = payload.replacing(#/,"inDoubt":[0-9]/#, with: "")
    let claims = try CertificateClaims(payload: Array(payload.utf8))
    #expect(claims.coverage == nil && claims.splits.allSatisfy { $0.coverage == nil } && claims.alikeness == nil)
    #expect(claims.contradictionsOfCoverage == [])
  }

  @Test(arguments: [
    (
      #""compared":4,"inDoubt":1,"listed""#, #""compared":5,"inDoubt":1,"listed""#,
      "the images that the splits claim read, compared and in doubt do not add up to those of the coverage"
    ),
    (
      #""compared":4,"inDoubt":1,"listed""#, #""compared":7,"inDoubt":1,"listed""#,
      "more images are claimed compared or in doubt than read"
    ),
    (#""compared":4,"inDoubt":1,"#, "", "images are claimed compared for some of the dataset alone"),
    (#""byDesign":true"#, #""byDesign":false"#, "the pictures are not claimed alike by design, at a share of 0.8700"),
  ])
  func `claims that contradict one another are a mismatch`(_ text: String, _ other: String, _ problem: String) throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(try Fixture.lie(signed, text, other), records: signed.records)
    #expect(verification.status == .mismatch)
    #expect(verification.problems.map(\.message).contains(problem))
  }

  @Test(arguments: [
    (#""compared":4"#, #""compared":-4"#), (#""compared":4,"inDoubt":1,"listed""#, #""compared":4,"listed""#),
    (#""share":"0.8700""#, #""share":"0.87""#), (#""share":"0.8700""#, #""share":"1.8700""#),
    (#""byDesign":true"#, #""byDesign":1"#),
  ])
  func `claims of the wrong kind are malformed`(_ text: String, _ other: String) throws {
    let signed = try Self.signed()
    let verification = try Fixture.verify(try Fixture.lie(signed, text, other), records: signed.records)
    #expect(verification.status == .malformed)
  }

  @Test func `the paragraph claims nothing of images that were not compared`() throws {
    let signed = try Self.signed(power: true)
    let text = try CertificateParagraph(
      of: signed.bundle, verified: Fixture.verify(signed.bundle, records: signed.records)
    ).text(.markdown)
    #expect(
      text.contains(
        "All of them could be decoded; 4 were compared, and 2 show too little, so that only equal files and equal pixels "
          + "were looked for. For 1 more the search cannot tell whether they have copies in other splits. The pictures are "
          + "alike by design, so that a match is weaker evidence than on photographs."))
    // 8 of 12 of 4 of 6 is 44.44 %.
    #expect(
      text.contains(
        "the search found 8 (66.6 %), which is 44.4 % of copies of all images, since 2 of 6 cannot be compared"))
  }

  @Test(arguments: [
    (0, 0, " reported no equal pixels; no image shows enough to be compared for near-duplicates."),
    (1, 0, " reported no equal pixels, and no near-duplicates among the 3 images that it compared."),
    (
      1, 1,
      " reported no equal pixels, and no near-duplicates among the 3 images that it compared, apart from what it cannot"
        + " tell."
    ),
  ])
  func `nothing found is said of the images that were compared`(
    _ compared: Int, _ doubtful: Int, _ words: String
  ) throws {
    var fixture = Fixture()
    (fixture.pixelPairs, fixture.nearPairs) = (0, 0)
    fixture.rows[4].content = "a picture of its own"
    fixture.coverage = fixture.manifest.splits.map { split in
      let count = fixture.rows.count { $0.split == split.name }
      return SplitCoverage(
        listedCount: count, checkedCount: count, comparedCount: compared,
        doubtfulCount: split.name == "test" ? doubtful : 0)
    }
    let signed = try fixture.signed()
    let text = try CertificateParagraph(
      of: signed.bundle, verified: Fixture.verify(signed.bundle, records: signed.records)
    ).text(.markdown)
    #expect(text.contains("Between splits, no two files are equal, and the search (pdq from 0.50 on)" + words))
  }

  // A verifier does not depend on the search, so the number stands in both.
  @Test func `alike by design means the same to the search and to certificates`() {
    #expect(StatementNames.leastAlikeness == MatchResult.leastAlikeness)
  }
}
