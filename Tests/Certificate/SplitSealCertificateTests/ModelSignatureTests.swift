import SplitSealBase
@testable import SplitSealKeys
@testable import SplitSealCertifying
import Crypto
import Foundation
import SplitSealFingerprint
import SplitSealJSON
import SplitSealManifest
import Testing

@testable import SplitSealCertificate

/// The signature over a directory; `Tests/interop.sh` lets model_signing judge the same files.
@Suite final class ModelSignatureTests {
  /// Real path of a fresh folder.
  let root: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    root = try #require(unsafe realpath(folder.path, nil).map { unsafe String(cString: $0) })
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func write(_ name: String, _ text: String) throws {
    let file = URL(filePath: "\(root)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func `files are sorted component by component, and the root is the digest of the digests`() throws {
    for (name, text) in [("a-b", "2"), ("a/b", "1"), ("a/.hidden", "0"), ("é", "3")] { try write(name, text) }
    let folder = try FolderDigest(of: root)
    // Python: sorted(paths, key=lambda p: PurePosixPath(p)) gives the same order.
    #expect(folder.resources.map(\.name) == ["a/.hidden", "a/b", "a-b", "é"])
    var digests: [UInt8] = []
    for text in ["0", "1", "2", "3"] { digests += Array(SHA256.hash(data: Array(text.utf8))) }
    #expect(folder.rootDigest == Fixture.digest(bytes: digests))
    #expect(folder.fileCount == 4)
  }

  @Test func `what model_signing leaves out is left out at the top alone, and so are the files about to be written`()
    throws
  {
    for name in [
      ".git/x", ".gitignore", ".gitattributes", ".github/x", ".splitseal/records.jsonl", "out.sig", "sub/.git/x",
    ] {
      try write(name, "x")
    }
    try write("a", "x")
    let folder = try FolderDigest(of: root, leavingOut: ["\(root)/out.sig", "/tmp/elsewhere.sig"])
    #expect(folder.resources.map(\.name) == ["a", "sub/.git/x"])
    #expect(folder.ignoredPaths == [".git", ".gitattributes", ".github", ".gitignore", ".splitseal", "out.sig"])
  }

  @Test func `a file larger than a piece is hashed whole`() throws {
    let bytes = [UInt8](repeating: 7, count: (1 << 21) + 1)
    try Data(bytes).write(to: URL(filePath: "\(root)/big"))
    #expect(try FolderDigest(of: root).resources.map(\.sha256) == [Fixture.digest(bytes: bytes)])
  }

  @Test func `links, pipes and an empty folder are refused`() throws {
    let empty = #expect(throws: CertificateError.self) { try FolderDigest(of: root) }
    #expect(empty?.message == "the folder has no files to sign")
    try write("a/b", "x")
    try FileManager.default.createSymbolicLink(atPath: "\(root)/a/link", withDestinationPath: "b")
    let link = #expect(throws: ManifestError.self) { try FolderDigest(of: root) }
    #expect(link?.file == "\(root)/a/link" && link?.message == "it is a link")
    try FileManager.default.removeItem(atPath: "\(root)/a/link")
    let isMade = unsafe mkfifo("\(root)/pipe", 0o600) == 0
    try #require(isMade)
    let pipe = #expect(throws: ManifestError.self) { try FolderDigest(of: root) }
    #expect(pipe?.message == "it is neither a file nor a folder")
  }

  @Test func `the bundle has the form that the reference implementation writes`() throws {
    try write("a b/\"q\".png", "x")
    let key = try #require(Fixture.key)
    let bundle = try JSONParser.parse(ModelSignature(of: FolderDigest(of: root), with: key).bundle)
    // SHA-256 of the PEM text of RFC 6979's key as OpenSSL writes it.
    let hint = Fixture.digest(key.verificationKey.pem).description
    #expect(bundle["verificationMaterial"]?["publicKey"]?["hint"]?.string == hint)
    let envelope = try #require(bundle["dsseEnvelope"])
    #expect(envelope["payloadType"]?.string == "application/vnd.in-toto+json")
    let payload = try #require(envelope["payload"]?.string.flatMap { Base64.decode($0) })
    let digest = Fixture.digest("x").description
    let name = try #require(root.split(separator: "/").last)
    let rootDigest = Fixture.digest(bytes: Fixture.digest("x").bytes).description
    #expect(
      String(decoding: payload, as: UTF8.self)
        == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"resources":[{"algorithm":"sha256","digest":"\#(digest)","#
        + #""name":"a b/\"q\".png"}],"serialization":{"allow_symlinks":false,"hash_type":"sha256","ignore_paths":[".git","#
        + #"".gitattributes",".github",".gitignore",".splitseal"],"method":"files"}},"#
        + #""predicateType":"https://model_signing/signature/v1.0","subject":[{"digest":{"sha256":"\#(rootDigest)"},"#
        + #""name":"\#(name)"}]}"#)
  }

  @Test func `the root digest is a subject of a certificate that still verifies`() throws {
    let fixture = Fixture()
    var options = fixture.options
    options.modelSignature = NamedDigest(name: "tiny-pets", sha256: Fixture.digest("root"))
    let records = try fixture.records
    let signed = try SignedCertificate(
      signing: CertificateStatement(fixture.result, records: records, options: options), records: records,
      with: #require(Fixture.key))
    #expect(signed.claims.subjects.map(\.name) == ["records.jsonl", "metadata.csv", "oms:tiny-pets"])
    #expect(try Fixture.verify(signed.bundle, records: signed.records).status == .verified)
  }
}
