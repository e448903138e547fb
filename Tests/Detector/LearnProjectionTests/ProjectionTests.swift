import SplitSealBase
import CVision
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import learn_projection

@Suite struct ProjectionTests {
  @Test(arguments: Orientation.allCases)
  func `numbers change places as the gradients of a moved picture do`(orientation: Orientation) throws {
    var random = SplitMix64(seed: 1)
    let view = (0..<32 * 32).map { _ in Float.random(in: 0...255, using: &random) }
    var moved = view
    for y in 0..<32 {
      for x in 0..<32 {
        let (u, v) = (2 * x - 31, 2 * y - 31)
        let matrix = orientation.matrix
        let (s, t) = (matrix[0][0] * u + matrix[0][1] * v, matrix[1][0] * u + matrix[1][1] * v)
        moved[(t + 31) / 2 * 32 + (s + 31) / 2] = view[y * 32 + x]
      }
    }
    let (before, after) = (histogram(of: view), histogram(of: moved))
    let places = try #require(HistogramSymmetry.places[orientation])
    for number in 0..<128 { #expect(abs(after[places[number]] - before[number]) < 1e-5) }
  }

  @Test func `the representations' bases span all histograms`() {
    // 14 orbits of 8 numbers, which hold each once (the plane twice), and 4 of 4 numbers in cells on a diagonal that point
    // along it, which hold those that mirroring along a diagonal does not change.
    #expect(Representation.allCases.map(\.basis.count) == [18, 14, 14, 18, 32])
    let all = Representation.allCases.flatMap { part in part.basis.flatMap { part.family(of: $0) } }
    #expect(all.count == 128)
    for (i, a) in all.enumerated() {
      for (j, b) in all.enumerated() { #expect(abs(product(a, b) - (i == j ? 1 : 0)) < 1e-12) }
    }
  }

  @Test(arguments: Orientation.allCases)
  func `an orientation permutes the numbers and changes signs`(orientation: Orientation) throws {
    let histograms = randomHistograms(count: 300)
    let projection = Projection(HistogramMoments(histograms), power: 0.5)
    let places = try #require(HistogramSymmetry.places[orientation])
    let (sources, signs) = (
      projection.sources[Int(orientation.rawValue) - 1], projection.signs[Int(orientation.rawValue) - 1]
    )
    #expect(sources.sorted() == Array(0..<64))
    for start in stride(from: 0, to: 10 * 128, by: 128) {
      let histogram = Array(histograms[start..<start + 128])
      var moved = histogram
      for number in 0..<128 { moved[places[number]] = histogram[number] }
      let (before, after) = (projected(histogram, by: projection), projected(moved, by: projection))
      for i in 0..<64 { #expect(abs(after[i] - Double(signs[i]) * before[sources[i]]) < 1e-4) }
    }
  }

  @Test func `projected pictures in all orientations have variance 1 and no covariance`() {
    let histograms = randomHistograms(count: 300)
    let projection = Projection(HistogramMoments(histograms), power: 0.5)
    var covariance = [Double](repeating: 0, count: 64 * 64)
    var count = 0.0
    for start in stride(from: 0, to: histograms.count, by: 128) {
      let values = projected(Array(histograms[start..<start + 128]), by: projection)
      for (sources, signs) in zip(projection.sources, projection.signs) {
        let moved = (0..<64).map { Double(signs[$0]) * values[sources[$0]] }
        for i in 0..<64 { for j in 0..<64 { covariance[i * 64 + j] += moved[i] * moved[j] } }
        count += 1
      }
    }
    // 1e-6 is added to variances of 0.02 and more before they divide.
    for i in 0..<64 {
      for j in 0..<64 { #expect(abs(covariance[i * 64 + j] / count - (i == j ? 1 : 0)) < 1e-3) }
    }
    #expect(zip(projection.variances, projection.variances.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(projection.variances.reduce(0, +) < projection.totalVariance)
  }

  @Test func `the source holds every number, bit for bit, within 120 columns`() {
    let projection = Projection(HistogramMoments(randomHistograms(count: 40)), power: 0.4)
    let source = projection.source(origin: ["Made of noise."])
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 120 })
    #expect(lines[2] == "// Made of noise.")
    let numbers = source.split { !"0123456789.-+ef".contains($0) }.filter { $0.contains(".") && $0.hasSuffix("f") }
    #expect(numbers.compactMap { Float($0.dropLast()) } == projection.mean + projection.rows.joined())
  }

  private func histogram(of view: [Float]) -> [Float] {
    var histogram = [Float](repeating: 0, count: 128)
    unsafe ss_vision_gradient_histogram(view, &histogram)
    return histogram
  }

  private func randomHistograms(count: Int) -> [Float] {
    var random = SplitMix64(seed: 2)
    return (0..<count * 128).map { _ in Float.random(in: 0...1, using: &random) }
  }

  private func projected(_ histogram: [Float], by projection: Projection) -> [Double] {
    (0..<64).map { column in
      (0..<128).reduce(0) {
        $0 + Double(histogram[$1] - projection.mean[$1]) * Double(projection.rows[$1][column])
      }
    }
  }

  private func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
