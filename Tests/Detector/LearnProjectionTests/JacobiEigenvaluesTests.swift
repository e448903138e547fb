import SplitSealTestSupport
import Testing

@testable import learn_projection

@Suite struct JacobiEigenvaluesTests {
  @Test(arguments: [1, 2, 3, 18, 32]) func `vectors and values make the matrix again`(side: Int) {
    let matrix = symmetricMatrix(side: side)
    let eigen = JacobiEigenvalues(of: matrix)
    for row in 0..<side {
      for column in 0..<side {
        let sum = (0..<side).reduce(0) {
          $0 + eigen.values[$1] * eigen.vectors[$1][row] * eigen.vectors[$1][column]
        }
        #expect(abs(sum - matrix[row][column]) < 1e-13)
      }
    }
  }

  @Test(arguments: [2, 18, 32]) func `vectors are orthonormal and values fall`(side: Int) {
    let eigen = JacobiEigenvalues(of: symmetricMatrix(side: side))
    for (i, a) in eigen.vectors.enumerated() {
      for (j, b) in eigen.vectors.enumerated() {
        #expect(abs(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } - (i == j ? 1 : 0)) < 1e-14)
      }
    }
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func `known values are found`() {
    // The second difference: 2 - 2 cos(k pi / 4) for k = 3, 2, 1.
    let eigen = JacobiEigenvalues(of: [[2, -1, 0], [-1, 2, -1], [0, -1, 2]])
    for (value, expected) in zip(eigen.values, [2 + 2.0.squareRoot(), 2, 2 - 2.0.squareRoot()]) {
      #expect(abs(value - expected) < 1e-14)
    }
    #expect(
      JacobiEigenvalues(of: [[3, 0, 0], [0, 7, 0], [0, 0, 5]]).vectors == [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    #expect(JacobiEigenvalues(of: [[0, 0], [0, 0]]).values == [0, 0])
  }

  private func symmetricMatrix(side: Int) -> [[Double]] {
    var random = SplitMix64(seed: UInt64(side))
    let values = (0..<side).map { _ in (0..<side).map { _ in Double.random(in: -1...1, using: &random) } }
    return (0..<side).map { row in (0..<side).map { values[min(row, $0)][max(row, $0)] } }
  }
}
