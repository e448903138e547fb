internal import CVision
internal import SplitSealImage

/// Mean and covariance of gradient histograms, as if every picture had been seen in all eight orientations.
struct HistogramMoments {
  /// 128 numbers.
  let mean: [Double]
  /// 128 x 128.
  let covariance: [[Double]]

  /// Sums in the order of the histograms, in double precision.
  ///
  /// - Parameter histograms: One or more, of 128 numbers each, one after the other.
  init(_ histograms: [Float]) {
    let length = Int(SS_VISION_GRADIENT_COUNT)
    var sums = [Double](repeating: 0, count: length)
    var products = [Double](repeating: 0, count: length * length)
    for start in stride(from: 0, to: histograms.count, by: length) {
      let histogram = histograms[start..<start + length].map(Double.init)
      for row in 0..<length {
        sums[row] += histogram[row]
        for column in row..<length { products[row * length + column] += histogram[row] * histogram[column] }
      }
    }
    let count = Double(histograms.count / length)
    let group = Orientation.allCases.compactMap { HistogramSymmetry.places[$0] }
    let mean = (0..<length).map { number in
      // Sums of one orbit from one of its numbers: the same bits for all of them.
      let representative = group.map { $0[number] }.min() ?? number
      return group.reduce(0) { $0 + sums[$1[representative]] } / (count * Double(group.count))
    }
    self.mean = mean
    covariance = (0..<length).map { row in
      (0..<length).map { column in
        let sum = group.reduce(0.0) { sum, places in
          let (a, b) = (places[row], places[column])
          return sum + products[min(a, b) * length + max(a, b)]
        }
        return sum / (count * Double(group.count)) - mean[row] * mean[column]
      }
    }
  }
}
