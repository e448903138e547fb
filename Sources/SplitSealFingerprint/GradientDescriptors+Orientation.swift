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
    let start = Int(view.rawValue) * Self.length
    let end = descriptors.count
    descriptors.append(contentsOf: repeatElement(0, count: Self.length))
    unsafe values.withUnsafeBufferPointer { values in
      unsafe descriptors.withUnsafeMutableBufferPointer { descriptors in
        guard let source = values.baseAddress, let target = descriptors.baseAddress else { return }
        unsafe CVOrient(source + start, Int32(orientation.rawValue), target + end)
      }
    }
  }
}
