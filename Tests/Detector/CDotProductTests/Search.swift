import CDotProduct
import SplitSealTestSupport

/// A hit that can be compared.
struct Hit: Hashable, Comparable, CustomStringConvertible {
  let query: Int
  let base: Int
  let product: Int
  var isMirrored = false

  var description: String { "(\(query)\(isMirrored ? " mirrored" : ""), \(base)): \(product)" }

  static func < (left: Hit, right: Hit) -> Bool { left.order.lexicographicallyPrecedes(right.order) }

  private var order: [Int] { [query, base, isMirrored ? 1 : 0] }
}

/// A vector of 64 components.
typealias Vector = [Int8]

/// The kernels that this machine can run.
let availableKernels = (0..<UInt32(SS_DOT_KERNEL_COUNT)).map { ss_dot_kernel(rawValue: $0) }.filter {
  ss_dot_kernel_is_available($0)
}

/// The dot product, by its definition.
func product(_ first: Vector, _ second: Vector) -> Int {
  zip(first, second).reduce(0) { $0 + Int($1.0) * Int($1.1) }
}

/// The vector with the sign of its odd components changed.
func mirrored(_ vector: Vector) -> Vector {
  vector.enumerated().map { $0.offset < Int(SS_DOT_ODD_COUNT) ? -$0.element : $0.element }
}

/// Packs vectors, the first of them at `start`, into bytes that begin `misalignment` behind a multiple of 64.
func pack(_ vectors: [Vector], start: Int = 0, misalignment: Int = 0) -> [SIMD64<UInt8>] {
  let count = start + vectors.count
  var packed = [SIMD64<UInt8>](repeating: SIMD64(repeating: 0xFF), count: (count + 15) / 16 * 16 + 1)
  unsafe packed.withUnsafeMutableBytes { bytes in
    unsafe ss_dot_pack(
      vectors.flatMap(\.self), vectors.count, start,
      bytes.baseAddress?.advanced(by: misalignment).assumingMemoryBound(to: UInt8.self))
  }
  return packed
}

/// What a search returned.
struct SearchResult: Equatable {
  /// The number of hits that the search counted.
  let count: Int
  /// Those that it wrote, in its order.
  let hits: [Hit]
  /// Whether it wrote behind the capacity.
  let overran: Bool
}

/// Searches; all buffers begin `misalignment` bytes (the hits and thresholds, 4 times as many) behind their alignment.
func search(
  _ kernel: ss_dot_kernel, queries: [Vector], thresholds: [Int32], base: [Vector], range: Range<Int>? = nil,
  capacity: Int? = nil, misalignment: Int = 0
) -> SearchResult {
  let range = range ?? 0..<base.count
  let capacity = capacity ?? 2 * queries.count * range.count
  let untouched = UInt32.max
  var found = [ss_dot_hit](
    repeating: ss_dot_hit(query: untouched, base: untouched, product: 0, is_mirrored: 0),
    count: capacity + misalignment + 1)
  let components = Vector(repeating: 0, count: misalignment) + queries.flatMap(\.self)
  let limits = [Int32](repeating: 0, count: misalignment) + thresholds
  let packed = pack(base, misalignment: misalignment)
  let count = unsafe packed.withUnsafeBytes { packed in
    unsafe components.withUnsafeBufferPointer { components in
      unsafe limits.withUnsafeBufferPointer { limits in
        unsafe found.withUnsafeMutableBufferPointer { found in
          unsafe ss_dot_search(
            kernel, components.baseAddress?.advanced(by: misalignment), queries.count,
            limits.baseAddress?.advanced(by: misalignment),
            packed.baseAddress?.advanced(by: misalignment).assumingMemoryBound(to: UInt8.self), range.lowerBound,
            range.upperBound, found.baseAddress?.advanced(by: misalignment), capacity)
        }
      }
    }
  }
  let written = found.dropFirst(misalignment).prefix { $0.query != untouched }
  let hits = written.map {
    Hit(query: Int($0.query), base: Int($0.base), product: Int($0.product), isMirrored: $0.is_mirrored == 1)
  }
  return SearchResult(count: Int(count), hits: hits, overran: found[found.count - 1].query != untouched)
}

/// All hits by the definition, in the order that the search promises.
func expectedHits(
  queries: [Vector], thresholds: [Int32], base: [Vector], range: Range<Int>? = nil
) -> [Hit] {
  let range = range ?? 0..<base.count
  var hits: [Hit] = []
  for run in stride(from: 0, to: queries.count, by: Int(SS_DOT_RUN_LENGTH)) {
    for tile in stride(from: range.lowerBound, to: range.upperBound, by: Int(SS_DOT_TILE_LENGTH)) {
      for query in run..<min(run + Int(SS_DOT_RUN_LENGTH), queries.count) {
        for index in tile..<min(tile + Int(SS_DOT_TILE_LENGTH), range.upperBound) {
          for isMirrored in [false, true] {
            let product = product(isMirrored ? mirrored(queries[query]) : queries[query], base[index])
            guard product >= Int(thresholds[query]) else { continue }
            hits.append(Hit(query: query, base: index, product: product, isMirrored: isMirrored))
          }
        }
      }
    }
  }
  return hits
}

/// Vectors of random components.
func randomVectors(_ count: Int, using random: inout SplitMix64) -> [Vector] {
  (0..<count).map { _ in (0..<64).map { _ in Int8.random(in: -127...127, using: &random) } }
}

/// The vectors whose products are the largest, or nearest to what could overflow or saturate.
func extremeVectors(using random: inout SplitMix64) -> [Vector] {
  let signs: [(Int) -> Bool] = [
    { _ in true }, { _ in false }, { $0 % 2 == 0 }, { $0 % 2 == 1 }, { $0 % 4 < 2 }, { $0 % 4 == 3 }, { $0 < 32 },
    { $0 < SS_DOT_ODD_COUNT }, { $0 >= SS_DOT_ODD_COUNT },
  ]
  let constant = signs.map { sign in (0..<64).map { sign($0) ? Int8(127) : Int8(-127) } }
  let oneHot = (0..<64).map { index in (0..<64).map { $0 == index ? (index % 2 == 0 ? Int8(127) : Int8(-127)) : 0 } }
  let halves = [true, false].map { isOdd in
    (0..<64).map { ($0 < SS_DOT_ODD_COUNT) == isOdd ? Int8(127) : 0 }
  }
  let mixed = (0..<20).map { _ in (0..<64).map { _ in Bool.random(using: &random) ? Int8(127) : Int8(-127) } }
  return constant + halves + oneHot + mixed + [Vector(repeating: 0, count: 64), Vector(repeating: 1, count: 64)]
}
