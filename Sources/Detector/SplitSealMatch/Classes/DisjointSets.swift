/// Elements that fall into ever fewer sets.
///
/// - Source: Galler and Fischer, An Improved Equivalence Algorithm, Communications of the ACM 7 (1964); halved paths by
///   van Leeuwen and van der Weide (1977).
package struct DisjointSets {
  private var parents: [Int]
  private var sizes: [Int]

  /// Puts each of `0..<count` into a set of its own.
  package init(count: Int) {
    parents = Array(0..<count)
    sizes = Array(repeating: 1, count: count)
  }

  /// The element that stands for the set of `element`.
  package mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  /// Elements in the set that `root` stands for.
  package func size(ofRoot root: Int) -> Int { sizes[root] }

  /// Makes two sets one.
  ///
  /// - Returns: Whether they were two.
  @discardableResult
  package mutating func join(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (root(of: a), root(of: b))
    guard a != b else { return false }
    if sizes[a] < sizes[b] { attach(a, to: b) } else { attach(b, to: a) }
    return true
  }

  /// Makes the set of one root part of that of another, which stays the root.
  package mutating func attach(_ root: Int, to kept: Int) {
    parents[root] = kept
    sizes[kept] += sizes[root]
  }
}
