/// A logistic model of a few features: the log-odds of the second class are linear in the standardised features.
public struct LogisticRegression: Hashable, Sendable {
  /// Intercept, and a weight for each standardised feature.
  public let weights: [Double]
  /// Means of the features.
  public let means: [Double]
  /// Standard deviations of the features; 1 for a feature that does not vary.
  public let deviations: [Double]

  /// Steps of Newton's method at most.
  static let largestStepCount = 25

  /// Fits a model by Newton's method with a ridge penalty, which keeps weights finite where classes can be told apart
  /// without error.
  ///
  /// `rows` are the samples to fit, as indices into `features` (one array of values a feature) and `isSecond`. `ridge` is
  /// the penalty of a squared weight, above 0; the intercept goes free of it.
  /// - Complexity: O(n f^2) a step, about six steps.
  /// - Source: le Cessie and van Houwelingen, Ridge Estimators in Logistic Regression, 1992.
  public init(features: [[Double]], isSecond: [Bool], rows: [Int], ridge: Double = 1) {
    let count = Double(max(1, rows.count))
    var (means, deviations) = ([Double](), [Double]())
    for values in features {
      let mean = rows.reduce(0) { $0 + values[$1] } / count
      let variance = rows.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) } / count
      means.append(mean)
      deviations.append(variance > 0 ? variance.squareRoot() : 1)
    }
    self.means = means
    self.deviations = deviations
    let size = features.count + 1
    var design = [Double]()
    design.reserveCapacity(rows.count * size)
    for row in rows {
      design.append(1)
      for (index, values) in features.enumerated() { design.append((values[row] - means[index]) / deviations[index]) }
    }
    var weights = Array(repeating: 0.0, count: size)
    for _ in 0..<Self.largestStepCount {
      let step = Self.step(weights, design, rows.map { isSecond[$0] }, ridge: ridge)
      for index in weights.indices { weights[index] += step[index] }
      if step.allSatisfy({ $0.magnitude < 1e-8 }) { break }
    }
    self.weights = weights
  }

  /// The log-odds that a sample is of the second class.
  public func score(of row: Int, in features: [[Double]]) -> Double {
    var sum = weights[0]
    for (index, values) in features.enumerated() {
      sum += weights[index + 1] * (values[row] - means[index]) / deviations[index]
    }
    return sum
  }

  /// One step of Newton's method: the penalised Hessian's inverse times the penalised gradient.
  private static func step(_ weights: [Double], _ design: [Double], _ isSecond: [Bool], ridge: Double) -> [Double] {
    let size = weights.count
    var gradient = Array(repeating: 0.0, count: size)
    var hessian = Array(repeating: 0.0, count: size * size)
    for row in isSecond.indices {
      let start = row * size
      var odds = 0.0
      for index in 0..<size { odds += weights[index] * design[start + index] }
      let chance = 1 / (1 + exponential(-odds))
      let residual = (isSecond[row] ? 1 : 0) - chance
      let variance = chance * (1 - chance)
      for i in 0..<size {
        let value = design[start + i]
        gradient[i] += residual * value
        for j in 0...i { hessian[i * size + j] += variance * value * design[start + j] }
      }
    }
    for index in 1..<max(1, size) {
      gradient[index] -= ridge * weights[index]
      hessian[index * size + index] += ridge
    }
    // A class that is absent leaves the intercept without a bound.
    hessian[0] += 1e-9
    return solve(hessian, gradient)
  }

  /// Solves a positive definite system by Cholesky's decomposition; `matrix` holds the lower triangle.
  private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double] {
    let size = right.count
    var (lower, x) = (matrix, right)
    for i in 0..<size {
      for j in 0...i {
        var sum = lower[i * size + j]
        for k in 0..<j { sum -= lower[i * size + k] * lower[j * size + k] }
        lower[i * size + j] = i == j ? max(sum, 1e-12).squareRoot() : sum / lower[j * size + j]
      }
    }
    for i in 0..<size {
      for k in 0..<i { x[i] -= lower[i * size + k] * x[k] }
      x[i] /= lower[i * size + i]
    }
    for i in (0..<size).reversed() {
      for k in (i + 1)..<max(i + 1, size) { x[i] -= lower[k * size + i] * x[k] }
      x[i] /= lower[i * size + i]
    }
    return x
  }
}
