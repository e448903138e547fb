import Foundation
import Testing

/// What `certify` writes, checked by programs that know nothing of this one.
@Suite struct StockToolTests {
  static let hasTools = Workbench.has("openssl", "jq", "sha256sum", "base64")
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeCertifiedDataset()
  }

  /// Unpacks payload, signature and what was signed, as the DSSE specification describes it.
  private static let unpack = """
    set -e; C=set/.splitseal/splitseal.sigstore.json
    jq -rj .dsseEnvelope.payload "$C" | base64 -d > payload.json
    jq -rj '.dsseEnvelope.signatures[0].sig' "$C" | base64 -d > sig
    { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < payload.json)"; cat payload.json; } > pae

    """

  @Test(.enabled(if: hasTools, "needs openssl, jq, sha256sum and base64"))
  func `OpenSSL verifies the signature`() throws {
    let check = "openssl dgst -sha256 -verify signer.pub -signature sig"
    let outcome = try bench.shell(Self.unpack + "\(check) pae")
    #expect(outcome.status == 0)
    #expect(outcome.output == "Verified OK\n")
    #expect(try bench.shell("echo >> pae; \(check) pae").status == 1)
  }

  @Test(
    .enabled(if: hasTools, "needs openssl, jq, sha256sum and base64"),
    arguments: [
      (".", 0), (#".predicateType = "https://model_signing/signature/v1.0""#, 4),
      (#".predicateType = "urn:splitseal:split-certificate:v2""#, 4),
      (#".predicate.commitment.tree = "rfc6962-sha1""#, 4), (".predicate.splits[0].count += 1", 1),
    ])
  func `a statement signed by OpenSSL counts for what it says`(edit: String, status: Int) throws {
    let signed = try bench.shell(
      Self.unpack + """
        jq -cSj "$EDIT" payload.json > edited.json
        { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < edited.json)"; cat edited.json; } > pae
        openssl dgst -sha256 -sign signer.key -out sig pae
        jq -c --arg payload "$(base64 < edited.json | tr -d '\n')" --arg sig "$(base64 < sig | tr -d '\n')" \
          '.dsseEnvelope.payload = $payload | .dsseEnvelope.signatures[0].sig = $sig' "$C" > new
        mv new "$C"
        """, environment: ["EDIT": edit])
    #expect(signed.status == 0)
    let outcome = try bench.run("verify", "set/list.csv", "--public-key", "signer.pub")
    #expect(outcome.status == Int32(status))
    #expect(outcome.errors == "")
  }

  @Test(.enabled(if: hasTools, "needs openssl, jq, sha256sum and base64"))
  func `sha256sum checks the records and every image`() throws {
    let records = try bench.shell(
      Self.unpack + """
        cd set/.splitseal
        jq -r '.subject[0].digest.sha256+"  "+.subject[0].name' ../../payload.json | sha256sum -c --strict
        """)
    #expect(records.status == 0)
    #expect(records.output == "records.jsonl: OK\n")
    let check = #"cd set && jq -r '.sha256+"  "+.path' .splitseal/records.jsonl | sha256sum -c --strict"#
    let images = try bench.shell(check)
    #expect(images.status == 0)
    #expect(images.output.split(separator: "\n").sorted() == (0..<4).map { "images/\($0).png: OK" })
    try VerifyTests.Change.flip.apply(to: bench)
    #expect(try bench.shell(check).status != 0)
  }

  /// A reviewer's script that recomputes every root, where a checkout has it beside the package.
  static let rootScript: String? = {
    var package = URL(filePath: #filePath)
    for _ in 0..<4 { package.deleteLastPathComponent() }
    let script = package.deletingLastPathComponent().appending(path: "shared/certificate/root_from_records.py").path
    return FileManager.default.fileExists(atPath: script) && Workbench.has("python3") ? script : nil
  }()

  @Test(.enabled(if: hasTools && rootScript != nil, "needs openssl, jq, python3 and root_from_records.py"))
  func `another implementation computes the same Merkle roots`() throws {
    let script = try #require(Self.rootScript)
    let line = Self.unpack + "python3 \"$SCRIPT\" payload.json set/.splitseal/records.jsonl"
    let outcome = try bench.shell(line, environment: ["SCRIPT": script])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        test 2 recordRoot True contentRoot True
        train 2 recordRoot True contentRoot True

        """)
    try bench.replace("\"label\":\"spoof\"", with: "\"label\":\"real\"", in: "set/.splitseal/records.jsonl")
    let swapped = try bench.shell(line, environment: ["SCRIPT": script])
    #expect(swapped.status == 1)
    #expect(swapped.output.contains("test 2 recordRoot False contentRoot True"))
  }
}
