public import SplitSealBase
internal import Crypto

/// The hashes that lead from one leaf of an RFC 6962 tree to its root: with the leaf they give the root again.
///
/// - Source: RFC 6962, section 2.1.1, "Merkle Audit Paths".
public struct MerklePath: Hashable, Sendable {
  /// The nodes beside the way, from the leaf's sibling upwards; empty for a tree of one leaf.
  public let hashes: [Digest256]

  /// Takes the nodes, the leaf's sibling first.
  public init(hashes: [Digest256]) { self.hashes = hashes }

  /// The root that the leaf and this path give.
  ///
  /// - Parameters:
  ///   - bytes: What the leaf holds; it is hashed as a leaf here, so that no node can pass for one.
  ///   - index: The leaf's place, from 0.
  ///   - size: Leaves of the tree.
  /// - Returns: The root; `nil` when there is no such leaf, or when the path has not exactly as many hashes as it takes.
  /// - Complexity: O(log `size`).
  /// - Source: RFC 9162, section 2.1.3.2, which states for RFC 6962's paths how they are verified.
  public func root(ofLeaf bytes: [UInt8], at index: Int, of size: Int) -> Digest256? {
    guard index >= 0, index < size else { return nil }
    var node = MerkleNode.leaf(bytes)
    var place = index
    var last = size - 1
    var rest = hashes[...]
    while last > 0 {
      // The last node of a level has no sibling when it stands at an even place: it is its own parent.
      if place & 1 == 1 {
        guard let sibling = rest.popFirst() else { return nil }
        node = MerkleNode.parent(sibling, node)
      } else if place < last {
        guard let sibling = rest.popFirst() else { return nil }
        node = MerkleNode.parent(node, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return rest.isEmpty ? node : nil
  }
}

/// Every level of an RFC 6962 tree, for as many paths as one likes.
///
/// - Complexity: memory of two digests a leaf.
/// - Source: RFC 6962, section 2.1.
struct MerkleLevels {
  /// The hashes of the leaves, their parents, and so on to the root; no level is empty but that of an empty tree.
  private var levels: [[Digest256]]

  /// Hashes the tree over leaves that hold these bytes.
  ///
  /// - Complexity: O(*n*).
  init(leaves: some Sequence<[UInt8]>) {
    levels = [leaves.map(MerkleNode.leaf)]
    while let level = levels.last, level.count > 1 {
      levels.append(
        stride(from: 0, to: level.count, by: 2).map { index in
          index + 1 < level.count ? MerkleNode.parent(level[index], level[index + 1]) : level[index]
        })
    }
  }

  /// The root: SHA-256 of nothing for an empty tree.
  var root: Digest256 { levels.last?.first ?? Digest256(SHA256.hash(data: [UInt8]())) }

  /// The path of a leaf.
  ///
  /// - Precondition: there is a leaf of this index.
  /// - Complexity: O(log *n*).
  func path(ofLeafAt index: Int) -> MerklePath {
    precondition(levels[0].indices.contains(index), "there is no such leaf")
    var place = index
    var hashes: [Digest256] = []
    for level in levels {
      if level.indices.contains(place ^ 1) { hashes.append(level[place ^ 1]) }
      place >>= 1
    }
    return MerklePath(hashes: hashes)
  }
}

/// The two ways in which RFC 6962 hashes.
enum MerkleNode {
  /// SHA-256(00 || bytes).
  static func leaf(_ bytes: [UInt8]) -> Digest256 { Digest256(SHA256.hash(data: [0] + bytes)) }

  /// SHA-256(01 || left || right).
  static func parent(_ left: Digest256, _ right: Digest256) -> Digest256 {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(65)
    left.appendBytes(to: &bytes)
    right.appendBytes(to: &bytes)
    return Digest256(SHA256.hash(data: bytes))
  }
}
