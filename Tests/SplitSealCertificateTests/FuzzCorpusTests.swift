import Foundation
import SplitSealFuzzTargets
import Testing

@testable import SplitSealCertificate

/// What Tests/fuzz.sh starts from, and what it has found, is read without a crash: whole, cut short and changed.
@Suite struct FuzzCorpusTests {
  private static func corpus(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    var tests = URL(filePath: #filePath)
    for _ in 0..<2 { tests.deleteLastPathComponent() }
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
  }
}
