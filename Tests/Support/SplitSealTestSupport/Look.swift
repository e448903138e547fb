internal import SplitSealFingerprint

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a picture looks like to the descriptors: an angle, so that the cosine of two is that of their difference.
///
/// `look=30` gives all samples of a line 30 degrees, `look=0..90` spreads them evenly, and `look=mixed` puts them in no
/// order.
enum Look {
  /// Too plain to be compared.
  case plain
  case angle(Double)
  case spread(ClosedRange<Double>)
  case mixed

  init?(_ text: some StringProtocol) {
    if text == "mixed" {
      self = .mixed
      return
    }
    let numbers = text.split(separator: ".").compactMap { Double($0) }
    switch numbers.count {
    case 1: self = .angle(numbers[0])
    case 2: self = .spread(numbers[0]...numbers[1])
    default: return nil
    }
  }

  /// The look of one of several samples.
  func of(_ index: Int, count: Int) -> Look {
    switch self {
    case .plain, .angle: self
    case .spread(let range):
      .angle(
        range.lowerBound + Double(index) * (range.upperBound - range.lowerBound) / Double(max(1, count - 1)))
    // The golden angle: neighbours are far apart, and every direction comes up as often.
    case .mixed: .angle(Double(index) * 137.50776405003785)
    }
  }

  /// Descriptors whose whole view has the angle.
  var descriptors: GradientDescriptors {
    guard case .angle(let degrees) = self else { return .plain }
    var values = [Int8](repeating: 0, count: GradientDescriptors.byteCount)
    let radians = degrees * .pi / 180
    values[0] = Int8((120 * cos(radians)).rounded())
    values[1] = Int8((120 * sin(radians)).rounded())
    let views = UInt16((1 << DescriptorView.allCases.count) - 1)
    return GradientDescriptors(values: values, plainViews: views & ~(1 << UInt16(DescriptorView.whole.rawValue)))
  }
}
