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
    unsafe Self.append(numbers + Int(view.rawValue) * Self.length, oriented: orientation, to: &descriptors)
  }

  /// Appends the descriptor of a part of a picture as it would be had the part been turned or mirrored.
  ///
  /// - Parameters:
  ///   - descriptor: ``length`` numbers, each in -127...127.
  ///   - orientation: What is done to the part.
  ///   - descriptors: ``length`` numbers are appended.
  package static func append(
    _ descriptor: [Int8], oriented orientation: Orientation, to descriptors: inout [Int8]
  ) {
    precondition(descriptor.count == length, "one descriptor")
    unsafe descriptor.withUnsafeBufferPointer { numbers in
      if let numbers = numbers.baseAddress { unsafe append(numbers, oriented: orientation, to: &descriptors) }
    }
  }

  @unsafe private static func append(
    _ descriptor: UnsafePointer<Int8>, oriented orientation: Orientation, to descriptors: inout [Int8]
  ) {
    let end = descriptors.count
    descriptors.append(contentsOf: repeatElement(0, count: length))
    unsafe descriptors.withUnsafeMutableBufferPointer { descriptors in
      guard let target = descriptors.baseAddress else { return }
      unsafe ss_vision_orient(descriptor, Int32(orientation.rawValue), target + end)
    }
  }
}
