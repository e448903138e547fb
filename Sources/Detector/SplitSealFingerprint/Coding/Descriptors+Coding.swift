package import SplitSealBase

extension ByteWriter {
  /// The numbers of all views.
  package mutating func append(_ descriptors: GradientDescriptors) {
    unsafe append(UnsafeRawBufferPointer(start: descriptors.numbers, count: GradientDescriptors.byteCount))
  }
}

extension ByteReader {
  /// The numbers of all views, taken into an arena; `nil` also where one is -128, which the search does not know.
  package mutating func descriptors(plainViews: UInt16, into arena: inout DescriptorArena) -> GradientDescriptors? {
    guard let values = slice(GradientDescriptors.byteCount), !values.contains(0x80) else { return nil }
    return unsafe arena.take { numbers in
      unsafe UnsafeMutableRawBufferPointer(start: numbers, count: values.count).copyBytes(from: values)
      return plainViews
    }
  }
}
