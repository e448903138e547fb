/// The quality that a JPEG's table of luma tells.
///
/// libjpeg scales the example table of the JPEG standard by 5000 / quality percent below 50 and by 200 - 2 quality
/// percent from 50 on, rounds, and keeps the results within 1...255. The quality is the one whose table is nearest, by
/// the sum of absolute differences; of several the lowest. Programs with tables of their own (Photoshop, cameras) get
/// the number that libjpeg's users would call their quality.
/// - Source: ITU-T T.81, table K.1; `jpeg_quality_scaling` and `jpeg_add_quant_table` in libjpeg's jcparam.c.
enum JPEGQuality {
  /// Table K.1, in zigzag order.
  private static let example: [Int] = [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121,
    112, 100, 120, 92, 101, 103, 99,
  ]

  /// The table of each quality from 1 on.
  private static let tables: [[UInt16]] = (1...100).map { quality in
    let percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
    return example.map { UInt16(min(max(($0 * percent + 50) / 100, 1), 255)) }
  }

  /// Sums of the tables, which fall as the quality rises.
  private static let sums = tables.map { $0.reduce(0) { $0 + Int($1) } }

  /// The quality of the nearest table.
  ///
  /// - Parameter table: 64 quantisers in zigzag order; those above 255 count as 255.
  /// - Returns: 1...100.
  /// - Complexity: O(64) for tables that libjpeg writes, else O(6,400).
  static func nearest(toZigzagLuma table: [UInt16]) -> Int {
    let table = table.map { min($0, 255) }
    let sum = table.reduce(0) { $0 + Int($1) }
    if let index = sums.firstIndex(of: sum), tables[index] == table { return index + 1 }
    let distances = tables.map { zip($0, table).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) } }
    return (distances.indices.min { (distances[$0], $0) < (distances[$1], $1) } ?? 0) + 1
  }
}
