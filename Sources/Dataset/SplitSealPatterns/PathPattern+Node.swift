extension PathPattern {
  /// A part of a pattern's syntax tree.
  struct Node: Sendable {
    indirect enum Kind: Sendable {
      case empty
      case scalars(ScalarSet)
      case start
      case end
      case wordBoundary
      case group(Int, Node)
      case sequence([Node])
      case choice([Node])
      /// Without a maximum: as often as you like.
      case loop(Node, minimum: Int, maximum: Int?, isGreedy: Bool)
    }

    let kind: Kind
    /// Instructions that it compiles to.
    let size: Int
    /// Whether it can match nothing.
    let isNullable: Bool

    static let empty = Node(kind: .empty, size: 0, isNullable: true)
    static let start = Node(kind: .start, size: 1, isNullable: true)
    static let end = Node(kind: .end, size: 1, isNullable: true)
    static let wordBoundary = Node(kind: .wordBoundary, size: 1, isNullable: true)

    static func scalars(_ set: ScalarSet) -> Node { Node(kind: .scalars(set), size: 1, isNullable: false) }

    static func group(_ index: Int, _ content: Node) -> Node {
      Node(kind: .group(index, content), size: content.size + 2, isNullable: content.isNullable)
    }

    /// One after another; without parts that say nothing, so that no loop can repeat them.
    static func sequence(_ parts: [Node]) -> Node {
      let parts = parts.filter { $0.size > 0 }
      guard let first = parts.first else { return .empty }
      guard parts.count > 1 else { return first }
      return Node(
        kind: .sequence(parts), size: parts.reduce(0) { $0 + $1.size }, isNullable: parts.allSatisfy(\.isNullable))
    }

    /// One of several.
    static func choice(_ parts: [Node]) -> Node {
      guard parts.count > 1 else { return parts.first ?? .empty }
      // A split and a jump for each but the last.
      return Node(
        kind: .choice(parts), size: parts.reduce(0) { $0 + $1.size } + 2 * (parts.count - 1),
        isNullable: parts.contains(where: \.isNullable))
    }

    /// Several times.
    static func loop(_ content: Node, minimum: Int, maximum: Int?, isGreedy: Bool) -> Node {
      guard content.size > 0, maximum != 0 else { return .empty }
      let size: Int
      if let maximum {
        size = minimum * content.size + (maximum - minimum) * (content.size + 1)
      } else {
        size = minimum == 0 ? content.size + 2 : minimum * content.size + 1
      }
      return Node(
        kind: .loop(content, minimum: minimum, maximum: maximum, isGreedy: isGreedy), size: size,
        isNullable: minimum == 0 || content.isNullable)
    }
  }
}
