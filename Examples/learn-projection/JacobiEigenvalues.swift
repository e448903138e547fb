internal import SplitSealBase

/// Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
///
/// Slow and simple: for matrices of some tens of rows. The same bits on every machine: nothing but sums, products,
/// quotients and square roots in a fixed order.
/// - Source: Golub, Van Loan: Matrix Computations, 4th edition, section 8.5.
struct JacobiEigenvalues {
  /// Falling.
  let values: [Double]
  /// One for each value, of length 1, orthogonal to each other.
  let vectors: [[Double]]

  /// Sweeps after which every matrix has converged; ten are many.
  private static let mostSweeps = 64

  /// Decomposes a matrix.
  ///
  /// - Parameter matrix: n rows of n numbers; only what is on and above the diagonal counts.
  init(of matrix: [[Double]]) {
    let side = matrix.count
    var rest = (0..<side).map { row in (0..<side).map { matrix[min(row, $0)][max(row, $0)] } }
    // Rows are eigenvectors once `rest` is diagonal.
    var vectors = (0..<side).map { row in (0..<side).map { $0 == row ? 1.0 : 0 } }
    let negligible = 1e-32 * rest.joined().reduce(0) { $0 + $1 * $1 }
    for _ in 0..<Self.mostSweeps {
      var offDiagonal = 0.0
      for p in 0..<side {
        for q in p + 1..<max(side, p + 1) { offDiagonal += rest[p][q] * rest[p][q] }
      }
      guard offDiagonal > negligible else { break }
      for p in 0..<side {
        for q in p + 1..<max(side, p + 1) where rest[p][q] != 0 {
          let (cosine, sine) = Self.rotation(rest[p][p], rest[p][q], rest[q][q])
          for k in 0..<side { (rest[k][p], rest[k][q]) = Self.turned(rest[k][p], rest[k][q], cosine, sine) }
          for k in 0..<side { (rest[p][k], rest[q][k]) = Self.turned(rest[p][k], rest[q][k], cosine, sine) }
          for k in 0..<side { (vectors[p][k], vectors[q][k]) = Self.turned(vectors[p][k], vectors[q][k], cosine, sine) }
        }
      }
    }
    let order = (0..<side).sorted { (rest[$1][$1], $0) < (rest[$0][$0], $1) }
    values = order.map { rest[$0][$0] }
    self.vectors = order.map { vectors[$0] }
  }

  /// Cosine and sine of the smaller of the two rotations that make [pp pq; pq qq] diagonal.
  private static func rotation(_ pp: Double, _ pq: Double, _ qq: Double) -> (cosine: Double, sine: Double) {
    let ratio = (qq - pp) / (2 * pq)
    let size = 1 / (ratio.magnitude + (1 + ratio * ratio).squareRoot())
    let tangent = ratio < 0 ? -size : size
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    return (cosine, cosine * tangent)
  }

  private static func turned(_ p: Double, _ q: Double, _ cosine: Double, _ sine: Double) -> (Double, Double) {
    (cosine * p - sine * q, sine * p + cosine * q)
  }
}
