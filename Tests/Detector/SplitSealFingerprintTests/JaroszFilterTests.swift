import SplitSealImage
import Testing

@testable import SplitSealFingerprint

@Suite struct JaroszFilterTests {
  @Test(arguments: [(5, 5), (7, 300), (64, 65), (130, 129), (257, 100), (301, 203), (640, 480)])
  func `the filter adds in the same order as the plain loops`(width: Int, height: Int) {
    let plane = pattern(width: width, height: height)
    var filter = JaroszFilter()
    #expect(filter.thumbnail(of: plane) == plainThumbnail(of: plane))
  }

  @Test func `64 x 64 pixels are taken as they are`() {
    let plane = pattern(width: 64, height: 64)
    var filter = JaroszFilter()
    #expect(filter.thumbnail(of: plane) == plane.samples)
  }

  /// The definition, one running sum after the other: rows, columns, rows, columns, then every 64th.
  private func plainThumbnail(of plane: LumaPlane) -> [Float] {
    var samples = plane.samples
    for _ in 0..<2 {
      for row in 0..<plane.height {
        let line = (0..<plane.width).map { samples[row * plane.width + $0] }
        for (column, value) in boxed(line).enumerated() { samples[row * plane.width + column] = value }
      }
      for column in 0..<plane.width {
        let line = (0..<plane.height).map { samples[$0 * plane.width + column] }
        for (row, value) in boxed(line).enumerated() { samples[row * plane.width + column] = value }
      }
    }
    return (0..<64).flatMap { row in
      (0..<64).map { column in
        samples[(2 * row + 1) * plane.height / 128 * plane.width + (2 * column + 1) * plane.width / 128]
      }
    }
  }

  private func boxed(_ line: [Float]) -> [Float] {
    let window = (line.count + 127) / 128
    let ahead = window / 2
    var sum: Float = 0
    var count = 0
    var entered = 0
    var left = 0
    return line.indices.map { index in
      while entered < line.count, entered <= index + ahead {
        sum += line[entered]
        entered += 1
        count += 1
      }
      while left < index + ahead + 1 - window {
        sum -= line[left]
        left += 1
        count -= 1
      }
      return sum / Float(count)
    }
  }
}
