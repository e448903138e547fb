@testable import SplitSealKeys
@testable import SplitSealCertifying
import SplitSealJSON
import Testing

@testable import SplitSealCertificate

/// The Croissant file that points to a certificate; `Tests/interop.sh` lets mlcroissant judge one.
@Suite struct CroissantPatchTests {
  private func patch(_ text: String) throws -> JSONValue {
    let patch = try CroissantPatch(
      of: Array(text.utf8), file: "croissant.json", pointingTo: Fixture().signed().bundle,
      at: ".splitseal/splitseal.sigstore.json")
    return try JSONParser.parse(Array(patch.text.utf8))
  }

  @Test func `members keep their order and numbers their digits`() throws {
    let patched = try patch(#"{"z":1.50,"@context":{},"@type":"sc:Dataset","name":"x","a":[1e3]}"#)
    #expect(patched.members?.map(\.key) == ["z", "@context", "@type", "name", "a", "distribution", "subjectOf"])
    #expect(patched["z"] == .decimal("1.50") && patched["a"] == .array([.decimal("1e3")]))
    let file = try #require(patched["distribution"]?.array?.first)
    #expect(file["@type"]?.string == "cr:FileObject")
    #expect(file["contentUrl"]?.string == ".splitseal/splitseal.sigstore.json")
    #expect(file["encodingFormat"]?.string == "application/vnd.dev.sigstore.bundle.v0.3+json")
    #expect(patched["subjectOf"] == .object([JSONMember("@id", .string("splitseal.sigstore.json"))]))
  }

  @Test func `others are kept, and an earlier certificate is replaced`() throws {
    let patched = try patch(
      #"{"@context":{},"@type":"sc:Dataset","subjectOf":[{"@id":"paper"},{"@id":"splitseal.sigstore.json"}],"#
        + #""distribution":[{"@id":"splitseal.sigstore.json","sha256":"old"},{"@id":"data.csv"}]}"#)
    #expect(patched["subjectOf"]?.array?.compactMap { $0["@id"]?.string } == ["paper", "splitseal.sigstore.json"])
    #expect(
      patched["distribution"]?.array?.compactMap { $0["@id"]?.string } == ["data.csv", "splitseal.sigstore.json"])
    #expect(patched["distribution"]?.array?.last?["sha256"]?.string != "old")
  }

  @Test(arguments: ["[]", "{}", #"{"@context":{},"@context":{}}"#, "{", #"{"@context":{},"name":"no type"}"#])
  func `what is no Croissant file is refused`(text: String) throws {
    let error = #expect(throws: CertificateError.self) { try patch(text) }
    #expect(error?.code == .malformed && error?.file == "croissant.json")
  }

  @Test func `what is no certificate is not pointed to`() throws {
    #expect(throws: CertificateError.self) {
      try CroissantPatch(
        of: Array(#"{"@context":{},"@type":"sc:Dataset"}"#.utf8), file: "c.json", pointingTo: Array("{}".utf8), at: "x")
    }
  }
}
