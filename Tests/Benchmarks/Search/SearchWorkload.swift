internal import CDotProduct
internal import SplitSealTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Descriptors of no image: directions drawn at random with a fixed seed, quantised as descriptors are.
struct SearchWorkload {
  private let vectors: [Int8]
  private let queries: [Int8]
  private let thresholds: [Int32]
  /// The packed vectors; the element's alignment of 64 bytes is that of the product's tables.
  private let packed: [SIMD64<UInt8>]
  private let vectorCount: Int

  /// What a vector of length 1 is multiplied by before it is rounded.
  private static let scale: Float = 254
  private static let dimension = Int(SS_DOT_DIMENSION)

  init(vectorCount: Int, queryCount: Int, cosine: Double) {
    var random = SplitMix64(seed: 1)
    let vectors = Self.directions(vectorCount, using: &random)
    self.vectors = vectors
    queries = Self.directions(queryCount, using: &random)
    let product = (cosine * Double(Self.scale * Self.scale)).rounded(.up)
    thresholds = Array(repeating: Int32(product), count: queryCount)
    self.vectorCount = vectorCount
    let blockLength = Int(SS_DOT_BLOCK_LENGTH)
    let blockCount = (vectorCount + blockLength - 1) / blockLength
    var packed = [SIMD64<UInt8>](repeating: SIMD64(), count: blockCount * blockLength)
    unsafe packed.withUnsafeMutableBytes { packed in
      unsafe ss_dot_pack(vectors, vectorCount, 0, packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
    self.packed = packed
  }

  /// Searches once, and returns the number of hits; those of the queries' mirror images are found and not counted.
  func search(with kernel: ss_dot_kernel) -> Int {
    var hits = [ss_dot_hit](repeating: ss_dot_hit(), count: 1 << 21)
    let count = unsafe packed.withUnsafeBytes { packed in
      unsafe ss_dot_search(
        kernel, queries, thresholds.count, thresholds, packed.baseAddress?.assumingMemoryBound(to: UInt8.self), 0,
        vectorCount, &hits, hits.count)
    }
    precondition(count <= hits.count, "the hits fit")
    return hits.prefix(Int(count)).count { $0.is_mirrored == 0 }
  }

  /// Writes the vectors, then the queries.
  func write(to path: String) throws {
    let bytes = (vectors + queries).map { UInt8(bitPattern: $0) }
    try Data(bytes).write(to: URL(filePath: path))
  }

  /// Vectors of equal length that point anywhere: normal components, by the sum of 12 uniform ones, normalised.
  private static func directions(_ count: Int, using random: inout SplitMix64) -> [Int8] {
    var components = [Int8]()
    components.reserveCapacity(count * dimension)
    for _ in 0..<count {
      let normal = (0..<dimension).map { _ in
        (0..<3).reduce(Float(-6)) { sum, _ in
          let bits = random.next()
          return (0..<4).reduce(sum) { $0 + Float((bits >> UInt64(16 * $1)) & 0xFFFF) / 65536 }
        }
      }
      let length = normal.reduce(0) { $0 + $1 * $1 }.squareRoot()
      components += normal.map { Int8(max(-127, min(127, ($0 / length * scale).rounded()))) }
    }
    return components
  }
}
