import SplitSealRules
@testable import SplitSealKeys
@testable import SplitSealCertifying
import SplitSealAudit
import SplitSealBase
import SplitSealFingerprint
import SplitSealJSON
import SplitSealManifest
import Testing

@testable import SplitSealCertificate
import SplitSealPolicy

@Suite struct CertificateStatementTests {
  private func statement(_ fixture: Fixture = Fixture()) throws -> JSONValue {
    let records = try fixture.records
    return try CertificateStatement(fixture.result, records: records, options: fixture.options).json
  }

  private func findings() -> [Finding] {
    [
      Finding(rule: .exactDuplicate, severity: .error, message: "a", splits: [0], items: ["a"]),
      Finding(rule: .labelConflict, severity: .warning, message: "b", splits: [0], items: ["b"]),
      Finding(rule: .exactDuplicate, severity: .error, message: "c", splits: [0], items: ["c"]),
      Finding(rule: .classMissing, severity: .warning, message: "d", splits: [0], items: ["d"]),
    ]
  }

  @Test func `the statement has the members that the format lists, in canonical order`() throws {
    var fixture = Fixture()
    fixture.findings = findings()
    fixture.verdict = .fail
    let records = try fixture.records
    let summary = try RecordSummary(records)
    let statement = try CertificateStatement(fixture.result, records: records, options: fixture.options)
    func root(_ split: Int) -> String {
      #""contentRoot":"\#(summary.splits[split].contentRoot)""#
    }
    func record(_ split: Int) -> String { #""recordRoot":"\#(summary.splits[split].recordRoot)""# }
    let digest = #""digest":{"sha256":"\#(summary.recordsDigest)"}"#
    let input = #""digest":{"sha256":"\#(Fixture.digest(fixture.manifestText))"}"#
    let expected = [
      #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"certificate":{"createdAt":"2026-11-23T08:00:00Z"},"#,
      #""commitment":{"bytes":126,"fields":["group","label","path","sha256","size","split"],"ignored":2,"images":6,"#,
      #""mode":"public","order":"split-path-utf8","recordFormat":"splitseal-record/1","records":{\#(digest),"#,
      #""mediaType":"application/x-ndjson","name":"records.jsonl"},"tree":"rfc6962-sha256"},"#,
      #""coverage":{"checked":5,"compared":5,"inDoubt":0,"listed":6,"unreadable":1},"#,
      #""dataset":{"inputs":[{\#(input),"mediaType":"text/csv","name":"metadata.csv"}],"name":"tiny-pets","#,
      #""version":"1.0.0"},"environment":{"arch":"x86_64","imageDecoder":"splitseal/1","os":"linux"},"#,
      #""findings":{"byRule":[{"count":2,"rule":"exact-duplicate","severity":"error","waived":0},"#,
      #"{"count":1,"rule":"class-missing","severity":"warning","waived":0},"#,
      #"{"count":1,"rule":"label-conflict","severity":"warning","waived":0}],"#,
      #""bySeverity":{"error":2,"note":0,"warning":2},"report":{"digest":{"sha256":"\#(Fixture.digest("report"))"},"#,
      #""mediaType":"application/json","name":"splitseal.report.json"}},"#,
      #""limits":["Self-declared: it shows what the signer's tool reported, not that the tool was run honestly.","#,
      #""No match means that the detectors listed under parameters found none, not that there is none.","#,
      #""Nothing is said about label correctness, consent, or images not listed in records.jsonl."],"#,
      #""overlaps":["#,
      #"{"a":"test","b":"train","exactBytes":1,"exactPixels":3,"nearDuplicate":4,"sharedGroups":1},"#,
      #"{"a":"test","b":"val","exactBytes":0,"exactPixels":3,"nearDuplicate":4,"sharedGroups":0},"#,
      #"{"a":"train","b":"val","exactBytes":0,"exactPixels":3,"nearDuplicate":4,"sharedGroups":0}],"#,
      #""parameters":{"detectors":[{"id":"pdq","threshold":"0.50","version":"1"}]},"#,
      #""policy":{"digest":{"sha256":"\#(Fixture.digest("policy"))"},"failOn":"error","id":"splitseal:default","#,
      #""verdict":"fail","verdictWithoutWaivers":"fail","version":"1"},"schemaVersion":"1.1","splits":["#,
      #"{"bytes":42,"checked":2,"classes":[{"count":1,"label":"cat"},{"count":1,"label":"dog"}],"compared":2,"#,
      #"\#(root(0)),"count":2,"groups":1,"inDoubt":0,"#,
      #""name":"test",\#(record(0)),"role":"test"},"#,
      #"{"bytes":60,"checked":2,"classes":[{"count":2,"label":"cat"},{"count":1,"label":"dog"}],"compared":2,"#,
      #"\#(root(1)),"count":3,"groups":2,"inDoubt":0,"#,
      #""name":"train",\#(record(1)),"role":"training"},"#,
      #"{"bytes":24,"checked":1,"classes":[{"count":1,"label":"dog"}],"compared":1,\#(root(2)),"count":1,"groups":1,"inDoubt":0,"#,
      #""name":"val",\#(record(2)),"role":"validation"}],"tool":{"name":"splitseal","version":"0.1.0"}},"#,
      #""predicateType":"urn:splitseal:split-certificate:v1","#,
      #""subject":[{\#(digest),"name":"records.jsonl"},{\#(input),"name":"metadata.csv"}]}"#,
    ].joined()
    #expect(String(decoding: statement.payload, as: UTF8.self) == expected)
  }

  @Test func `a detector's parameters are texts in the order of their names`() {
    let detector = Detector(
      id: "align", version: "1", threshold: "0.50", parameters: ["views": "15", "descriptor": "d/1"])
    #expect(
      CertificateStatement.detector(detector).compactText
        == #"{"id":"align","parameters":{"descriptor":"d/1","views":"15"},"threshold":"0.50","version":"1"}"#)
    let plain = CertificateStatement.detector(Detector(id: "exact-bytes", version: "1"))
    #expect(plain.compactText == #"{"id":"exact-bytes","version":"1"}"#)
  }

  @Test func `what a dataset does not have is absent, not null`() throws {
    var fixture = Fixture()
    for index in fixture.rows.indices {
      fixture.rows[index].label = nil
      fixture.rows[index].group = nil
    }
    let json = try statement(fixture)
    #expect(!json.compactText.contains("null"))
    #expect(json["predicate"]?["splits"]?.array?.first?["classes"] == nil)
    #expect(json["predicate"]?["splits"]?.array?.first?["groups"] == nil)
    #expect(
      json["predicate"]?["commitment"]?["fields"]?.array == ["path", "sha256", "size", "split"].map(JSONValue.string))
    #expect(json["predicate"]?["waivers"] == nil)
  }

  @Test func `waived findings are counted by rule and listed with their reasons, by identity`() throws {
    var fixture = Fixture()
    fixture.findings = findings()
    fixture.verdict = .fail
    func waiver(_ finding: Finding, _ by: String?) -> Waiver {
      Waiver(
        finding: finding.id.description, rule: finding.rule, reason: "of \(finding.message)", by: by,
        date: CalendarDate("2026-11-20"), until: by == nil ? CalendarDate("2027-01-31") : nil)
    }
    fixture.statuses = [
      .waived(waiver(fixture.findings[0], "Ann")), .open, .open, .waived(waiver(fixture.findings[3], nil)),
    ]
    let json = try statement(fixture)
    let byRule = json["predicate"]?["findings"]?["byRule"]?.array ?? []
    #expect(byRule.map { $0["waived"]?.integer } == [1, 1, 0])
    #expect(json["predicate"]?["findings"]?["bySeverity"]?["error"]?.integer == 2)
    let expected = [
      (fixture.findings[0], #""by":"Ann","finding":"ID","reason":"of a","rule":"exact-duplicate"}"#),
      (fixture.findings[3], #""finding":"ID","reason":"of d","rule":"class-missing","until":"2027-01-31"}"#),
    ].sorted { $0.0.id < $1.0.id }.map { "{" + $1.replacing("ID", with: $0.id.description) }
    #expect(json["predicate"]?["waivers"]?.compactText == "[\(expected.joined(separator: ","))]")
  }

  @Test func `a certificate with waivers says both verdicts, and verifies`() throws {
    var fixture = Fixture()
    fixture.findings = [Finding(rule: .exactDuplicate, severity: .error, message: "a", splits: [0], items: ["a"])]
    fixture.statuses = [
      .waived(Waiver(finding: fixture.findings[0].id.description, rule: nil, reason: "a phantom", by: "author"))
    ]
    (fixture.verdict, fixture.verdictWithoutWaivers) = (.pass, .fail)
    let signed = try fixture.signed()
    let verification = try Fixture.verify(signed.bundle, records: signed.records)
    #expect(verification.status == .verified)
    let claims = try #require(verification.claims)
    #expect(claims.verdict == .pass && claims.verdictWithoutWaivers == .fail)
    #expect(claims.waivers.map(\.reason) == ["a phantom"] && claims.waivers.map(\.by) == ["author"])
    #expect(claims.waivers.map(\.finding) == [fixture.findings[0].id])
  }

  @Test func `up to 200 classes are listed, more are summed up`() throws {
    func classes(_ count: Int) throws -> JSONValue? {
      var fixture = Fixture()
      fixture.rows = (0..<count).map { .init("train", "\($0).png", "class \($0)", nil, "\($0)") }
      fixture.rows.append(.init("train", "more.png", "class 7", nil, "more"))
      let signed = try fixture.signed()
      let verification = try Fixture.verify(signed.bundle, records: signed.records, state: fixture.state)
      #expect(verification.status == .verified)
      return try statement(fixture)["predicate"]?["splits"]?.array?.first?["classes"]
    }
    #expect(try classes(200)?.array?.count == 200)
    let summary = try classes(201)
    #expect(summary?["classes"]?.integer == 201)
    #expect(summary?["min"]?.integer == 1)
    #expect(summary?["max"]?.integer == 2)
    // SHA-256 of the list that would stand there.
    let labels = (0..<201).map { "class \($0)" }.sorted()
    let list = labels.map { #"{"count":\#($0 == "class 7" ? 2 : 1),"label":"\#($0)"}"# }.joined(separator: ",")
    #expect(summary?["digest"]?["sha256"]?.string == Fixture.digest("[\(list)]").description)
  }

  @Test func `manifests of one name are told apart by as many folders as it takes`() {
    func input(_ path: String, _ format: ManifestInput.Format = .csv) -> ManifestInput {
      ManifestInput(path: path, format: format, sha256: format == .folder ? nil : Fixture.digest(path).bytes)
    }
    func names(_ inputs: [ManifestInput]) -> [String] { CertificateInputs.named(inputs).map(\.name) }
    #expect(names([input("/home/ann/data/a.csv"), input("b.csv"), input("c", .folder)]) == ["a.csv", "b.csv"])
    #expect(names([input("/x/train/m.csv"), input("/x/test/m.csv")]) == ["train/m.csv", "test/m.csv"])
    #expect(names([input("a/x/m.csv"), input("b/x/m.csv"), input("n.csv")]) == ["a/x/m.csv", "b/x/m.csv", "n.csv"])
    #expect(names([input("m.csv"), input("m.csv")]) == ["m.csv"])
    #expect(names([input("a/records.jsonl", .jsonLines)]) == ["a/records.jsonl"])
    #expect(names([input("records.jsonl", .jsonLines)]) == ["input-1/records.jsonl"])
    #expect(names([input("m.csv"), input("a/m.csv")]) == ["input-1/m.csv", "a/m.csv"])
  }

  @Test func `a statement has at most 64 subjects`() throws {
    func fixture(_ count: Int) -> Fixture {
      var fixture = Fixture()
      fixture.inputs = (0..<count).map {
        ManifestInput(path: "\($0).csv", format: .csv, sha256: Fixture.digest("\($0)").bytes)
      }
      return fixture
    }
    #expect(try statement(fixture(63))["subject"]?.array?.count == 64)
    #expect(throws: CertificateError.self) { try statement(fixture(64)) }
  }
}
