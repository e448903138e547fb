@testable import SplitSealKeys
import Foundation
import SplitSealFingerprint
import SplitSealFuzzTargets
import SplitSealManifest
import SplitSealPolicy
import SplitSealShard
import Testing

@testable import SplitSealCertificate

/// What Tests/fuzz.sh starts from, and what it has found, is read without a crash: whole, cut short and changed.
@Suite struct FuzzCorpusTests {
  private static func corpus(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    var tests = URL(filePath: #filePath)
    for _ in 0..<3 { tests.deleteLastPathComponent() }
    let folder = tests.appending(path: "Fuzz/Corpus/\(target.rawValue)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, Array(try Data(contentsOf: folder.appending(path: name))))
    }
  }

  @Test(arguments: FuzzTarget.allCases) func `the corpus is read`(target: FuzzTarget) throws {
    let corpus = try Self.corpus(target)
    #expect(!corpus.isEmpty)
    for (_, bytes) in corpus {
      target.read(bytes)
      // Every place of a small file, every so many of a large one.
      let step = max(1, bytes.count / 40)
      for place in stride(from: 0, to: bytes.count, by: step) {
        target.read(Array(bytes.prefix(place)))
        for difference in [0x01, 0x80, 0xFF] as [UInt8] {
          var changed = bytes
          changed[place] ^= difference
          target.read(changed)
        }
      }
    }
  }

  @Test func `the corpus has what is accepted, so that it leads below the surface`() throws {
    #expect(try Self.corpus(.bundle).contains { (try? Envelope(parsing: $0.bytes)) != nil })
    #expect(try Self.corpus(.payload).contains { (try? CertificateClaims(payload: $0.bytes)) != nil })
    #expect(try Self.corpus(.records).contains { (try? RecordSet(parsing: $0.bytes)) != nil })
    #expect(try Self.corpus(.signers).contains { (try? AllowedSigners(parsing: $0.bytes)) != nil })
    #expect(try Self.corpus(.signers).contains { (try? RevokedKeys(parsing: $0.bytes)) != nil })
    #expect(try Self.corpus(.keys).contains { (try? SigningKey(pkcs8: $0.bytes, file: nil)) != nil })
    #expect(try Self.corpus(.keys).contains { (try? SigningKey(openSSH: $0.bytes, file: nil)) != nil })
    #expect(try Self.corpus(.keys).contains { (try? PBES2(parsing: $0.bytes, file: nil)) != nil })
    #expect(try Self.corpus(.timestamp).contains { (try? TimestampToken(parsing: $0.bytes).checkedSigner()) != nil })
    #expect(try Self.corpus(.policy).contains { (try? PolicyFile($0.bytes, path: "p")) != nil })
    #expect(try Self.corpus(.waivers).contains { (try? WaiverFile.parse($0.bytes, file: "w"))?.count == 2 })
    var fingerprinter = Fingerprinter()
    #expect(try Self.corpus(.image).count { fingerprinter.outcome(of: $0.bytes).fingerprint != nil } >= 8)
  }

  @Test func `the corpus has shards, packs, decisions and tables that are accepted`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String, _ bytes: [UInt8]) throws -> String {
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      return file.path
    }
    for (_, bytes) in try Self.corpus(.shard) {
      let shard = ShardSource(path: try path("s.fp", framedShard(bytes, isPack: false)))
      #expect(try ShardReader.read([shard]).dataset.outcomes.count == 4)
    }
    for (_, bytes) in try Self.corpus(.pack) {
      let pack = try FingerprintPack(reading: path("p.pack", framedShard(bytes, isPack: true)))
      #expect(pack.info.name == "tiny")
    }
    for (_, bytes) in try Self.corpus(.decisions) {
      #expect(throws: Never.self) { try DecisionList.read(path: path("d.jsonl", bytes)) }
    }
    let names: [UInt8: String] = [0: "m.csv", 1: "m.tsv", 2: "m.jsonl", 3: "m.json"]
    for (_, bytes) in try Self.corpus(.manifest) {
      let name = try #require(bytes.first.flatMap { names[$0] })
      #expect(try Manifest.read([path(name, Array(bytes.dropFirst()))]).samples.count == 2)
    }
  }
}
