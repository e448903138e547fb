internal import SplitSealImage

/// One query of the search: a pair of views, and with it, at no cost, the pair whose query is its mirror image.
struct SearchPass: Sendable {
  /// Index of the pair.
  let pair: Int
  /// Index of the pair whose query is the mirror image of that one's; `nil` where that is not asked for.
  let mirrored: Int?
  /// The least product of either that makes a candidate.
  let leastProduct: Int32

  /// Sorts pairs into passes.
  ///
  /// - Parameters:
  ///   - pairs: All pairs; no two are equal.
  ///   - floor: The least cosine of a pair that makes a candidate, -1...1.
  /// - Returns: Passes that cover every pair once, in the order of their first pairs.
  static func passes(over pairs: [ViewPair], floor: (ViewPair) -> Double) -> [SearchPass] {
    var isCovered = Array(repeating: false, count: pairs.count)
    var passes: [SearchPass] = []
    for (index, pair) in pairs.enumerated() where !isCovered[index] {
      let mirrored = pairs.indices.dropFirst(index + 1).first { other in
        !isCovered[other] && pairs[other].query == pair.query && pairs[other].queryPart == pair.queryPart
          && pairs[other].base == pair.base && pairs[other].basePart == pair.basePart
          && pairs[other].orientation == Orientation.mirror.following(pair.orientation)
          && floor(pairs[other]) == floor(pair)
      }
      if let mirrored { isCovered[mirrored] = true }
      passes.append(
        SearchPass(
          pair: index, mirrored: mirrored, leastProduct: DescriptorTable.leastProduct(cosine: floor(pair))))
    }
    return passes
  }
}
