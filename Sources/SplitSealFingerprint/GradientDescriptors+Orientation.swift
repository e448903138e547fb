internal import CVision
public import SplitSealImage

extension GradientDescriptors {
  /// Appends the descriptor of a view as it would be had the view been turned or mirrored: the same numbers in another
  /// order and with other signs.
  ///
  /// - Parameters:
  ///   - view: The view of the picture as it is.
  ///   - orientation: What is done to the view.
  ///   - descriptors: ``length`` numbers are appended.
  public func append(_ view: DescriptorView, oriented orientation: Orientation, to descriptors: inout [Int8]) {
    let end = descriptors.count
    descriptors.append(contentsOf: repeatElement(0, count: Self.length))
    unsafe descriptors.withUnsafeMutableBufferPointer { descriptors in
      guard let target = descriptors.baseAddress else { return }
      unsafe CVOrient(numbers + Int(view.rawValue) * Self.length, Int32(orientation.rawValue), target + end)
    }
  }
}
