import SplitSealBase
import Crypto
import SplitSealFingerprint
import Testing

@testable import SplitSealCertificate
@testable import SplitSealKeys

/// Audit paths as RFC 6962, section 2.1.1, defines them.
@Suite struct MerklePathTests {
  // The leaves and paths that implementations of Certificate Transparency test with (google/certificate-transparency,
  // transparency-dev/merkle), recomputed from the RFC's definition by a script of its own.
  private static let vectors: [(index: Int, size: Int, hashes: [String])] = [
    (0, 1, []),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
      1, 5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
    (4, 5, ["d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (
      6, 7,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
  ]

  @Test(arguments: vectors)
  func `paths are those of RFC 6962`(index: Int, size: Int, hashes: [String]) {
    let levels = MerkleLevels(leaves: MerkleTreeTests.leaves.prefix(size))
    #expect(levels.path(ofLeafAt: index).hashes.map(\.description) == hashes)
  }

  /// RFC 6962, section 2.1.1, word by word.
  private func definition(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [Digest256] {
    guard leaves.count > 1 else { return [] }
    var half = 1
    while half * 2 < leaves.count { half *= 2 }
    let (left, right) = (leaves.prefix(half), leaves.dropFirst(half))
    return index < half
      ? definition(index, left) + [root(right)] : definition(index - half, right) + [root(left)]
  }

  private func root(_ leaves: ArraySlice<[UInt8]>) -> Digest256 {
    var tree = MerkleTree()
    for leaf in leaves { tree.append(leaf) }
    return tree.root
  }

  @Test func `every path of every tree to 40 leaves is the definition's, and leads to the root`() {
    let leaves = (0..<40).map { [UInt8($0), 7] }
    for size in 1...40 {
      let some = leaves.prefix(size)
      let levels = MerkleLevels(leaves: some)
      #expect(levels.root == root(some))
      for index in 0..<size {
        let path = levels.path(ofLeafAt: index)
        #expect(path.hashes == definition(index, some))
        #expect(path.root(ofLeaf: leaves[index], at: index, of: size) == levels.root)
      }
    }
  }

  @Test func `no other index, size, leaf or number of hashes leads to the root`() {
    let leaves = (0..<21).map { [UInt8($0), 7] }
    for size in 1...21 {
      let levels = MerkleLevels(leaves: leaves.prefix(size))
      for index in 0..<size {
        let path = levels.path(ofLeafAt: index)
        let root = levels.root
        for other in -1...size where other != index {
          #expect(path.root(ofLeaf: leaves[index], at: other, of: size) != root)
        }
        #expect(path.root(ofLeaf: leaves[index] + [0], at: index, of: size) != root)
        #expect(path.root(ofLeaf: leaves[index], at: index, of: 0) == nil)
        let more = MerklePath(hashes: path.hashes + [root])
        #expect(more.root(ofLeaf: leaves[index], at: index, of: size) == nil)
        guard !path.hashes.isEmpty else { continue }
        #expect(MerklePath(hashes: path.hashes.dropLast()).root(ofLeaf: leaves[index], at: index, of: size) == nil)
        for changed in path.hashes.indices {
          var hashes = path.hashes
          hashes[changed] = Fixture.digest("x")
          #expect(MerklePath(hashes: hashes).root(ofLeaf: leaves[index], at: index, of: size) != root)
        }
      }
    }
  }

  @Test func `a tree of more leaves has paths of more hashes`() {
    let path = MerkleLevels(leaves: MerkleTreeTests.leaves).path(ofLeafAt: 3)
    #expect(path.root(ofLeaf: MerkleTreeTests.leaves[3], at: 3, of: 16) == nil)
    #expect(path.root(ofLeaf: MerkleTreeTests.leaves[3], at: 3, of: 4) == nil)
    #expect(path.root(ofLeaf: MerkleTreeTests.leaves[3], at: 3, of: .max) == nil)
  }

  @Test func `a node does not pass for a leaf`() {
    // The bytes of the left half's node, as if they were a leaf of a tree of two.
    let levels = MerkleLevels(leaves: MerkleTreeTests.leaves)
    let left = MerkleLevels(leaves: MerkleTreeTests.leaves.prefix(4))
    let halves = MerkleTreeTests.leaves.prefix(2).map(MerkleNode.leaf)
    let right = MerkleLevels(leaves: MerkleTreeTests.leaves.suffix(4))
    let preimage = left.root.bytes + right.root.bytes
    #expect(MerkleNode.parent(left.root, right.root) == levels.root)
    #expect(MerklePath(hashes: []).root(ofLeaf: preimage, at: 0, of: 1) != levels.root)
    #expect(
      MerklePath(hashes: [right.root]).root(ofLeaf: halves[0].bytes + halves[1].bytes, at: 0, of: 2) != levels.root)
  }
}
