import SplitSealBase
import Crypto
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

@Suite struct MerkleTreeTests {
  /// The leaves that Certificate Transparency implementations test with.
  static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].map { Fixture.bytes(hex: $0) }

  // Roots of the first n of these leaves, as published with google/certificate-transparency's merkletree tests.
  @Test(arguments: [
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
  ])
  func `roots are those of RFC 6962`(count: Int, root: String) {
    var tree = MerkleTree()
    for leaf in Self.leaves.prefix(count) { tree.append(leaf) }
    #expect(tree.root.description == root)
    #expect(tree.leafCount == count)
  }

  /// RFC 6962, section 2.1, word by word: split at the largest power of two below the count.
  private func definition(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    switch leaves.count {
    case 0: return Array(SHA256.hash(data: [UInt8]()))
    case 1: return Array(SHA256.hash(data: [0] + (leaves.first ?? [])))
    default:
      var half = 1
      while half * 2 < leaves.count { half *= 2 }
      return Array(
        SHA256.hash(data: [1] + definition(leaves.prefix(half)) + definition(leaves.dropFirst(half))))
    }
  }

  @Test func `growing leaf by leaf gives what the definition gives for every count to 130`() {
    let leaves = (0..<130).map { [UInt8($0), 7] }
    var tree = MerkleTree()
    for count in 0...130 {
      #expect(tree.root.bytes == definition(leaves.prefix(count)))
      if count < 130 { tree.append(leaves[count]) }
    }
  }

  @Test func `a digest is a leaf of 32 bytes`() {
    let digest = Fixture.digest("x")
    var a = MerkleTree()
    a.append(digest)
    var b = MerkleTree()
    b.append(digest.bytes)
    #expect(a.root == b.root)
  }
}
