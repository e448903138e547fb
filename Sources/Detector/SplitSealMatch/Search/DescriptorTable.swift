internal import CDotProduct
internal import SplitSealFingerprint

/// Descriptors packed for exact search by dot product.
///
/// A descriptor is 64 components in -127...127: a vector of length 1, times ``scale``, rounded and clipped. The dot
/// product of two is their cosine times ``unitProduct``, but for that rounding.
///
/// Mirroring a picture changes the sign of the first components of its descriptor and leaves the others, so that one pass
/// finds what is close to a query and what is close to its mirror image.
public struct DescriptorTable: Sendable {
  /// Components of a descriptor.
  public static let dimension = GradientDescriptors.length
  /// What a descriptor of length 1 is multiplied by before it is rounded.
  public static let scale = 254
  /// The dot product that stands for a cosine of 1.
  public static let unitProduct = scale * scale
  /// A range that is searched begins at a multiple of this.
  public static let blockLength = Int(SS_DOT_BLOCK_LENGTH)

  /// A query and a descriptor of the table that are alike.
  public struct Hit: Hashable, Sendable {
    /// Index of the query.
    public let query: UInt32
    /// Index of the descriptor in the table.
    public let base: UInt32
    /// Whether it is the query's mirror image that is alike.
    public let isMirrored: Bool
    /// The dot product, -1,032,256...1,032,256.
    public let product: Int32

    /// Their cosine, from ``product``.
    public var cosine: Double { Double(product) / Double(DescriptorTable.unitProduct) }
  }

  /// Descriptors in the table.
  public private(set) var count = 0

  /// The packed blocks, 16 elements each.
  ///
  /// The element's alignment of 64 bytes is what the search reads fastest.
  private var packed: [SIMD64<UInt8>] = []

  /// Makes an empty table.
  public init() {}

  /// Packs descriptors.
  ///
  /// - Parameter descriptors: *n* x 64 components, row-major, each in -127...127.
  public init(_ descriptors: [Int8]) { append(descriptors) }

  /// Makes room for so many descriptors in all.
  public mutating func reserveCapacity(_ count: Int) {
    packed.reserveCapacity(Self.blockCount(of: count) * Self.blockLength)
  }

  /// Packs more descriptors behind those that are there.
  ///
  /// - Parameter descriptors: *n* x 64 components, row-major, each in -127...127.
  public mutating func append(_ descriptors: [Int8]) {
    let added = Self.count(of: descriptors)
    precondition(count + added <= UInt32.max, "indices are 32 bits")
    precondition(!descriptors.contains(.min), "components are in -127...127")
    let missing = Self.blockCount(of: count + added) * Self.blockLength - packed.count
    packed.append(contentsOf: repeatElement(SIMD64(repeating: UInt8(SS_DOT_PACKED_ZERO)), count: missing))
    unsafe packed.withUnsafeMutableBytes { packed in
      unsafe descriptors.withUnsafeBufferPointer { descriptors in
        unsafe ss_dot_pack(
          descriptors.baseAddress, added, count, packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
      }
    }
    count += added
  }

  /// Packs descriptors in place of those that are there.
  ///
  /// - Parameter rows: Addresses of 64 components each, in -127...127; `nil` for a descriptor that nothing is like.
  @unsafe mutating func replace(with rows: UnsafeBufferPointer<UnsafePointer<Int8>?>) {
    count = rows.count
    let missing = Self.blockCount(of: count) * Self.blockLength - packed.count
    if missing > 0 { packed.append(contentsOf: repeatElement(SIMD64(), count: missing)) }
    unsafe packed.withUnsafeMutableBytes { packed in
      unsafe ss_dot_pack_rows(
        rows.baseAddress, rows.count, packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Finds every query and descriptor whose dot product is at least the query's threshold, and every query whose mirror
  /// image reaches it.
  ///
  /// Exact and complete, and the same on every machine: hits are appended in runs of 512 queries; within a run in tiles
  /// of 128 descriptors from the start of the range; within a tile by query, then by descriptor, then the query before
  /// its mirror image.
  /// - Parameters:
  ///   - queries: *n* x 64 components, row-major, each in -127...127.
  ///   - thresholds: The least product that is a hit, one a query; any value. See ``leastProduct(cosine:)``.
  ///   - range: The descriptors to search, all of them where absent. Begins at a multiple of ``blockLength``.
  ///   - hits: What is found is appended; what it holds stays.
  ///   - limit: How many hits are appended at most, the first in that order; the rest is counted.
  /// - Returns: The number of hits, those beyond the limit included.
  /// - Complexity: O(*n* x *m*) for a range of *m*; once more for a run of 512 queries whose hits are many more than
  ///   those of the runs before it.
  @discardableResult
  public func search(
    queries: [Int8], thresholds: [Int32], range: Range<Int>? = nil, into hits: inout [Hit], limit: Int = .max
  ) -> Int {
    let range = range ?? 0..<count
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range lies in the table")
    precondition(range.lowerBound.isMultiple(of: Self.blockLength), "the range begins with a block")
    precondition(Self.count(of: queries) == thresholds.count, "one threshold a query")
    precondition(thresholds.count <= UInt32.max, "indices are 32 bits")
    precondition(!queries.contains(.min), "components are in -127...127")
    precondition(limit >= 0, "a limit is a count")
    let kernel = ss_dot_best_kernel()
    var buffer = [ss_dot_hit](repeating: ss_dot_hit(), count: min(Self.initialCapacity, limit))
    var total = 0
    var kept = 0
    for start in stride(from: 0, to: thresholds.count, by: Self.runLength) {
      let run = start..<min(start + Self.runLength, thresholds.count)
      var found = search(queries, thresholds, run: run, range: range, kernel: kernel, into: &buffer)
      let wanted = min(found, limit - kept)
      if wanted > buffer.count {
        // Room for twice as many, so that runs with ever more hits are searched again only now and then.
        buffer = Array(repeating: ss_dot_hit(), count: min(max(wanted, 2 * buffer.count), limit - kept))
        found = search(queries, thresholds, run: run, range: range, kernel: kernel, into: &buffer)
      }
      for hit in buffer.prefix(wanted) {
        hits.append(
          Hit(
            query: UInt32(start) + hit.query, base: hit.base, isMirrored: hit.is_mirrored != 0, product: hit.product))
      }
      total += found
      kept += wanted
    }
    return total
  }

  /// Returns the least dot product whose ``Hit/cosine`` is `cosine` or more.
  ///
  /// - Parameter cosine: -1...1.
  /// - Returns: -64,516...64,516.
  public static func leastProduct(cosine: Double) -> Int32 {
    // The multiplication rounds: the product next to its result may be the one.
    var product = (cosine * Double(unitProduct)).rounded() - 1
    while product / Double(unitProduct) < cosine { product += 1 }
    return Int32(product)
  }

  /// Queries that are searched for by one call; a multiple of what the kernel takes at once keeps the order of hits.
  static let runLength = Int(SS_DOT_RUN_LENGTH)
  private static let initialCapacity = 4096

  /// Searches for one run of queries; returns the number of hits, the first of which are in `buffer`.
  private func search(
    _ queries: [Int8], _ thresholds: [Int32], run: Range<Int>, range: Range<Int>, kernel: ss_dot_kernel,
    into buffer: inout [ss_dot_hit]
  ) -> Int {
    unsafe queries.withUnsafeBufferPointer { queries in
      unsafe thresholds.withUnsafeBufferPointer { thresholds in
        unsafe packed.withUnsafeBytes { packed in
          unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            let runQueries = unsafe UnsafeBufferPointer(
              rebasing: queries[run.lowerBound * Self.dimension..<run.upperBound * Self.dimension])
            let runThresholds = unsafe UnsafeBufferPointer(rebasing: thresholds[run])
            return unsafe Int(
              ss_dot_search(
                kernel, runQueries.baseAddress, run.count, runThresholds.baseAddress,
                packed.baseAddress?.assumingMemoryBound(to: UInt8.self), range.lowerBound, range.upperBound,
                buffer.baseAddress, buffer.count))
          }
        }
      }
    }
  }

  private static func count(of descriptors: [Int8]) -> Int {
    precondition(descriptors.count.isMultiple(of: dimension), "descriptors have 64 components")
    return descriptors.count / dimension
  }

  private static func blockCount(of count: Int) -> Int { (count + blockLength - 1) / blockLength }
}
