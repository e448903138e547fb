public import SplitSealBase
internal import Crypto

/// The root of an RFC 6962 Merkle tree with SHA-256, grown leaf by leaf.
///
/// A leaf hashes as SHA-256(00 || bytes), an inner node as SHA-256(01 || left || right), the empty tree as SHA-256 of
/// nothing. The leading byte keeps a node from passing for a leaf.
///
/// - Complexity: O(1) a leaf, amortised; memory O(log *n*).
/// - Source: RFC 6962, section 2.1.
public struct MerkleTree: Sendable {
  /// Number of leaves so far.
  public private(set) var leafCount = 0
  /// Roots of the complete subtrees, largest first: one for each bit that is set in ``leafCount``.
  private var subtrees: [Digest256] = []
  /// Reused for what is hashed, so that a million leaves are not a million allocations.
  private var scratch: [UInt8] = []

  /// An empty tree.
  public init() {}

  /// Appends the leaf that holds `bytes`.
  public mutating func append(_ bytes: some Sequence<UInt8>) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0)
    scratch.append(contentsOf: bytes)
    append(leafHash: Digest256(SHA256.hash(data: scratch)))
  }

  /// Appends the leaf that holds the 32 bytes of a digest.
  public mutating func append(_ digest: Digest256) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0)
    digest.appendBytes(to: &scratch)
    append(leafHash: Digest256(SHA256.hash(data: scratch)))
  }

  private mutating func append(leafHash: Digest256) {
    var node = leafHash
    // Every trailing 1 of the count is a complete subtree of the same size as the one that just became complete.
    var trailing = leafCount
    while trailing & 1 == 1, let left = subtrees.popLast() {
      node = Self.node(left, node, &scratch)
      trailing >>= 1
    }
    subtrees.append(node)
    leafCount += 1
  }

  /// The root of the leaves so far.
  public var root: Digest256 {
    var scratch: [UInt8] = []
    guard var node = subtrees.last else { return Digest256(SHA256.hash(data: scratch)) }
    for left in subtrees.dropLast().reversed() { node = Self.node(left, node, &scratch) }
    return node
  }

  private static func node(_ left: Digest256, _ right: Digest256, _ scratch: inout [UInt8]) -> Digest256 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(1)
    left.appendBytes(to: &scratch)
    right.appendBytes(to: &scratch)
    return Digest256(SHA256.hash(data: scratch))
  }
}
