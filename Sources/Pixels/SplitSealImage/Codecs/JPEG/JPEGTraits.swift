/// How a JPEG was written, told by its header: what changes when a file is saved again.
public struct JPEGTraits: Hashable, Sendable {
  /// The quality, 1...100, at which libjpeg would have written the nearest table of luma.
  public let quality: Int
  /// The quantisers of every component in the frame's order, 64 each in zigzag order, 2 bytes each, high byte first.
  public let quantisers: [UInt8]
  /// How many samples of colour there are.
  public let subsampling: ChromaSubsampling
  /// Whether the picture comes in scans that refine it.
  public let isProgressive: Bool

  /// Reads the header of a JPEG; `nil` where it has no frame, or not all tables before the first scan.
  init?(_ bytes: [UInt8], _ markers: JPEGMarkers) {
    guard let frame = markers.frame, let header = markers.frameHeader, header.count >= 6 else { return nil }
    let count = Int(bytes[header.lowerBound + 5])
    guard (1...4).contains(count), header.count >= 6 + 3 * count else { return nil }
    let tables = Self.tables(bytes, markers.quantisers)
    var quantisers: [UInt8] = []
    quantisers.reserveCapacity(128 * count)
    var factors: [(across: Int, down: Int)] = []
    var quality: Int?
    for component in 0..<count {
      let start = header.lowerBound + 6 + 3 * component
      factors.append((Int(bytes[start + 1] >> 4), Int(bytes[start + 1] & 15)))
      let number = Int(bytes[start + 2])
      guard number < tables.count, let table = tables[number] else { return nil }
      let isWide = table.count == 128
      let values = (0..<64).map {
        isWide
          ? UInt16(bytes[table.lowerBound + 2 * $0]) << 8
            | UInt16(bytes[table.lowerBound + 2 * $0 + 1]) : UInt16(bytes[table.lowerBound + $0])
      }
      if quality == nil { quality = JPEGQuality.nearest(toZigzagLuma: values) }
      for value in values {
        quantisers.append(UInt8(value >> 8))
        quantisers.append(UInt8(truncatingIfNeeded: value))
      }
    }
    self.quality = quality ?? 1
    self.quantisers = quantisers
    subsampling = ChromaSubsampling(factors: factors)
    isProgressive = frame == 2
  }

  /// Where the last table of each number stands: 64 bytes, or 128 for those of 16 bits.
  private static func tables(_ bytes: [UInt8], _ segments: [Range<Int>]) -> [Range<Int>?] {
    var tables: [Range<Int>?] = [nil, nil, nil, nil]
    for segment in segments {
      var position = segment.lowerBound
      while position < segment.upperBound {
        let length = bytes[position] >> 4 == 0 ? 64 : 128
        let number = Int(bytes[position] & 15)
        guard number < tables.count, position + 1 + length <= segment.upperBound else { break }
        tables[number] = position + 1..<position + 1 + length
        position += 1 + length
      }
    }
    return tables
  }
}
