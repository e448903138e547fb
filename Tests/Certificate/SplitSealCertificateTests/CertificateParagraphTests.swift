@testable import SplitSealKeys
@testable import SplitSealCertifying
import SplitSealFingerprint
import SplitSealProbe
import Testing

@testable import SplitSealCertificate

/// What a paper may say of a certificate.
@Suite struct CertificateParagraphTests {
  private func paragraph(
    _ certificate: [UInt8], records: [UInt8], _ markup: CertificateParagraph.Markup = .markdown
  ) throws -> String {
    let verification = try Fixture.verify(certificate, records: records)
    return try CertificateParagraph(of: certificate, verified: verification).text(markup)
  }

  @Test func `every number is the certificate's, and the limits are told`() throws {
    let signed = try Fixture().signed()
    let text = try paragraph(signed.bundle, records: signed.records)
    // Counted by hand from Fixture.rows; pixel and near pairs are those of Fixture.result.
    #expect(
      text
        == "We audited the splits of tiny-pets (version 1.0.0) with splitseal 0.1.0: 6 images (test 2, train 3, val 1). "
        + "Of them 5 could be decoded and were compared, 1 could not. Pairs of images in two splits that the search "
        + "(pdq from 0.50 on) found: between test and train 1 of equal files, 3 more of equal pixels and 4 of "
        + "near-duplicates; between test and val 0 of equal files, 3 more of equal pixels and 4 of near-duplicates; between "
        + "train and val 0 of equal files, 3 more of equal pixels and 4 of near-duplicates. Groups in two splits: 1 in both "
        + "test and train. How much the search finds was not measured. Under policy splitseal:default, which fails at "
        + "errors, the verdict is pass (0 errors, 0 warnings, 0 notes). The result is certified: certificate id "
        + "`\(signed.id)`, signed by `\(MinimalVector.p256Fingerprint)`. The audit is self-declared, and a match that the "
        + "search does not report may exist all the same.\n")
  }

  @Test func `measured recall is told with what was missed`() throws {
    let signed = try Fixture().signed()
    let certificate = try Fixture.lie(
      signed, #","schemaVersion""#,
      #","power":[{"edit":"jpeg10","found":12,"tried":12},{"edit":"crop_50","found":2,"tried":12}],"schemaVersion""#)
    let text = try paragraph(certificate, records: signed.records, .latex)
    // 14 of 24 is 58.33 %.
    #expect(
      text.contains(
        "Of 24 copies of its own images, made by 2 edits to measure it, the search found 14 (58.3 \\%), "
          + "which is 48.6 \\% of copies of all images, since 1 of 6 cannot be compared, and fewer than half of those made by "
          + "crop\\_50 (2 of 12)."))
  }

  @Test(arguments: [
    (
      #"\input{x}_$&#%~^<>|"'`--"#, CertificateParagraph.Markup.latex,
      ##"\textbackslash{}input\{x\}\_\$\&\#\%\textasciitilde{}\textasciicircum{}\textless{}\textgreater{}\textbar{}"##
        + #"\textquotedbl{}\textquotesingle{}\textasciigrave{}-{}-"#
    ),
    ("a---b", .latex, "a-{}-{}-b"), ("näme", .latex, "näme"),
    ("[x](y) <b> *_~`$ @a #1 ^!", .markdown, ##"\[x\]\(y\) \<b\> \*\_\~\`\$ \@a \#1 \^\!"##),
    ("a\u{1B}[2J\nb", .markdown, #"a\\u\{1b\}\[2J\\u\{a\}b"#),
  ])
  func `no text of the dataset is markup`(name: String, markup: CertificateParagraph.Markup, escaped: String) {
    #expect(ParagraphPart.name(name).text(markup) == escaped)
  }

  @Test func `nothing is told of a certificate that does not hold or was not checked`() throws {
    let signed = try Fixture().signed()
    let wrong = try Fixture.lie(signed, #""count":3"#, #""count":4"#)
    #expect(throws: CertificateError.self) { try paragraph(wrong, records: signed.records) }
    var records = signed.records
    records[20] ^= 1
    #expect(throws: CertificateError.self) { try paragraph(signed.bundle, records: records) }
    let unchecked = CertificateVerifier(trust: .nobody(keyBeside: signed.publicKey)).verify(
      certificate: signed.bundle, records: nil, dataset: Fixture().state)
    let error = #expect(throws: CertificateError.self) {
      try CertificateParagraph(of: signed.bundle, verified: unchecked)
    }
    #expect(error?.code == .unverified)
  }

  @Test func `a signer whom nobody trusts is named all the same`() throws {
    let signed = try Fixture().signed()
    let verification = CertificateVerifier(trust: .nobody(keyBeside: signed.publicKey)).verify(
      certificate: signed.bundle, records: signed.records, dataset: nil)
    #expect(verification.status == .signerNotTrusted)
    #expect(
      try CertificateParagraph(of: signed.bundle, verified: verification).text(.markdown)
        .contains("signed by `\(MinimalVector.p256Fingerprint)`"))
  }

  @Test func `hidden records are told as such`() throws {
    let signed = try Fixture().hidden()
    let verifier = CertificateVerifier(trust: .keys([signed.publicKey]))
    let (verification, _) = verifier.verifyStatement(certificate: signed.bundle, records: nil)
    let text = try CertificateParagraph(of: signed.bundle, verified: verification).text(.markdown)
    #expect(text.contains(": 6 images (test 2, train 3, val 1)."))
    #expect(text.contains("The records are hidden, so that nobody without their secret can recompute these counts."))
    #expect(!text.contains("Groups in two splits") && !text.contains("No group is in two splits"))
  }
}
