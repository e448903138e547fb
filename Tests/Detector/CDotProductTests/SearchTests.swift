import CDotProduct
import SplitSealTestSupport
import Testing

@Suite struct SearchTests {
  @Test(
    arguments: availableKernels,
    [(0, 3), (3, 0), (1, 1), (2, 15), (3, 16), (5, 17), (6, 127), (7, 128), (13, 129), (4, 300)])
  func `random vectors have the products of the definition`(kernel: ss_dot_kernel, counts: (Int, Int)) {
    var random = SplitMix64(seed: 1)
    let queries = randomVectors(counts.0, using: &random)
    let base = randomVectors(counts.1, using: &random)
    let thresholds = queries.map { _ in Int32.random(in: -40_000...40_000, using: &random) }
    let expected = expectedHits(queries: queries, thresholds: thresholds, base: base)
    let result = search(kernel, queries: queries, thresholds: thresholds, base: base)
    #expect(result == SearchResult(count: expected.count, hits: expected, overran: false))
  }

  @Test(arguments: availableKernels)
  func `runs, tiles and their remainders come in the promised order`(kernel: ss_dot_kernel) {
    var random = SplitMix64(seed: 2)
    let queries = randomVectors(517, using: &random)
    let base = randomVectors(4095, using: &random)
    // Few hits, and one query in a hundred with many.
    let thresholds = queries.indices.map { $0 % 100 == 11 ? Int32(20_000) : Int32(130_000) }
    let reference = search(SS_DOT_PLAIN, queries: queries, thresholds: thresholds, base: base)
    #expect(reference.count > 2000)
    #expect(search(kernel, queries: queries, thresholds: thresholds, base: base) == reference)
    let order = reference.hits.map { [$0.query / 512, $0.base / 128, $0.query, $0.base, $0.isMirrored ? 1 : 0] }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect(
      reference.hits.allSatisfy { hit in
        let query = hit.isMirrored ? mirrored(queries[hit.query]) : queries[hit.query]
        return hit.product == product(query, base[hit.base])
      })
  }

  @Test(arguments: availableKernels, [Int32.min, -1_032_257, -1_032_256, 0, 1, 16129, 1_032_256, 1_032_257, .max])
  func `extreme vectors have the products of the definition`(kernel: ss_dot_kernel, threshold: Int32) {
    var random = SplitMix64(seed: 3)
    let vectors = extremeVectors(using: &random)
    let thresholds = vectors.map { _ in threshold }
    let expected = expectedHits(queries: vectors, thresholds: thresholds, base: vectors)
    let result = search(kernel, queries: vectors, thresholds: thresholds, base: vectors)
    #expect(result == SearchResult(count: expected.count, hits: expected, overran: false))
  }

  @Test(arguments: availableKernels)
  func `a product that equals the threshold is a hit, one below is none`(kernel: ss_dot_kernel) {
    var random = SplitMix64(seed: 4)
    let queries = randomVectors(40, using: &random)
    let base = randomVectors(40, using: &random)
    for isMirrored in [false, true] {
      check(kernel, queries, base, isMirrored)
    }
  }

  private func check(_ kernel: ss_dot_kernel, _ queries: [Vector], _ base: [Vector], _ isMirrored: Bool) {
    let products = zip(queries, base).map { Int32(product(isMirrored ? mirrored($0) : $0, $1)) }
    let equal = Set(search(kernel, queries: queries, thresholds: products, base: base).hits)
    let above = Set(search(kernel, queries: queries, thresholds: products.map { $0 + 1 }, base: base).hits)
    for index in queries.indices {
      let hit = Hit(query: index, base: index, product: Int(products[index]), isMirrored: isMirrored)
      #expect(equal.contains(hit))
      #expect(!above.contains(hit))
    }
  }

  @Test(arguments: availableKernels)
  func `queries and base may be exchanged`(kernel: ss_dot_kernel) {
    var random = SplitMix64(seed: 5)
    let first = randomVectors(21, using: &random) + extremeVectors(using: &random)
    let second = randomVectors(34, using: &random)
    let forward = search(kernel, queries: first, thresholds: first.map { _ in 5000 }, base: second)
    let backward = search(kernel, queries: second, thresholds: second.map { _ in 5000 }, base: first)
    let exchanged = backward.hits.map {
      Hit(query: $0.base, base: $0.query, product: $0.product, isMirrored: $0.isMirrored)
    }
    #expect(!forward.hits.isEmpty)
    #expect(forward.hits.sorted() == exchanged.sorted())
  }

  @Test(arguments: availableKernels, [0, 1, 7, 99, 5120])
  func `hits beyond the capacity are counted and not written`(kernel: ss_dot_kernel, capacity: Int) {
    var random = SplitMix64(seed: 6)
    let queries = randomVectors(16, using: &random)
    let base = randomVectors(160, using: &random)
    let thresholds = queries.map { _ in Int32.min }
    let all = expectedHits(queries: queries, thresholds: thresholds, base: base)
    let result = search(kernel, queries: queries, thresholds: thresholds, base: base, capacity: capacity)
    #expect(result == SearchResult(count: 5120, hits: Array(all.prefix(capacity)), overran: false))
  }

  @Test(arguments: availableKernels, [0..<0, 0..<16, 16..<17, 32..<400, 48..<333, 384..<400, 400..<400])
  func `a range is searched as if it were all`(kernel: ss_dot_kernel, range: Range<Int>) {
    var random = SplitMix64(seed: 7)
    let queries = randomVectors(9, using: &random)
    let base = randomVectors(400, using: &random)
    let thresholds = queries.map { _ in Int32(10_000) }
    let expected = expectedHits(queries: queries, thresholds: thresholds, base: base, range: range)
    let result = search(kernel, queries: queries, thresholds: thresholds, base: base, range: range)
    #expect(result == SearchResult(count: expected.count, hits: expected, overran: false))
  }

  @Test(arguments: availableKernels, [1, 3, 32, 63])
  func `buffers need no alignment`(kernel: ss_dot_kernel, misalignment: Int) {
    var random = SplitMix64(seed: 8)
    let queries = randomVectors(8, using: &random)
    let base = randomVectors(70, using: &random)
    let thresholds = queries.map { _ in Int32(0) }
    let result = search(
      kernel, queries: queries, thresholds: thresholds, base: base, misalignment: misalignment)
    #expect(result.hits == expectedHits(queries: queries, thresholds: thresholds, base: base))
  }
}
