extension GradientDescriptors {
  /// The cosine between the descriptors of two whole pictures, -1...1: how much they look alike.
  ///
  /// - Parameter other: The other picture's descriptors.
  /// - Returns: The cosine; `nil` when one of the pictures shows too little to be compared.
  public func cosine(to other: GradientDescriptors) -> Double? {
    guard !isPlain, !other.isPlain else { return nil }
    let first = Int(DescriptorView.whole.rawValue) * Self.length
    var (dot, square, otherSquare) = (0, 0, 0)
    for index in first..<first + Self.length {
      let (a, b) = unsafe (Int(numbers[index]), Int(other.numbers[index]))
      dot += a * b
      square += a * a
      otherSquare += b * b
    }
    // Numbers that were clipped make a descriptor shorter than its nominal length.
    return square > 0 && otherSquare > 0 ? Double(dot) / Double(square * otherSquare).squareRoot() : nil
  }
}
