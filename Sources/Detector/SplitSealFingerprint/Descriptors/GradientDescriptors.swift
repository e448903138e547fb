internal import SplitSealSystem

/// What the near-duplicate search compares: one descriptor for each view of a picture.
///
/// A descriptor is 64 numbers in -127...127: the view's histogram of gradients, projected, scaled to length 254 and
/// rounded. The product of two, over 254 x 254, is the cosine between them. Those numbers whose sign changes when the
/// picture is mirrored come first.
///
/// A value of this type is a reference to numbers that never change: 960 bytes in a block that many pictures share.
public struct GradientDescriptors: Hashable, Sendable {
  /// Numbers of one descriptor.
  public static let length = 64
  /// Numbers of all views.
  public static let byteCount = DescriptorView.allCases.count * length

  /// The views that show too little to be compared: bit `v` stands for the view of raw value `v`.
  public let plainViews: UInt16
  private let place: UInt32
  private let block: DescriptorBlock

  init(block: DescriptorBlock, place: UInt32, plainViews: UInt16) {
    self.block = block
    self.place = place
    self.plainViews = plainViews
  }

  /// Assembles descriptors, in memory of their own.
  ///
  /// - Precondition: `values.count == byteCount`, each in -127...127.
  public init(values: [Int8], plainViews: UInt16) {
    precondition(values.count == Self.byteCount, "one descriptor a view")
    block = DescriptorBlock(capacity: 1)
    place =
      unsafe block.append { target in
        for (index, value) in values.enumerated() { unsafe target[index] = value }
      } ?? 0
    self.plainViews = plainViews
  }

  /// Descriptors of a picture that shows nothing.
  public static let plain = GradientDescriptors(
    values: Array(repeating: 0, count: byteCount), plainViews: UInt16((1 << DescriptorView.allCases.count) - 1))

  /// The numbers, view by view.
  public var values: [Int8] { unsafe Array(UnsafeBufferPointer(start: numbers, count: Self.byteCount)) }

  /// Whether a view shows too little to be compared.
  public func isPlain(_ view: DescriptorView) -> Bool { plainViews >> UInt16(view.rawValue) & 1 == 1 }

  /// Whether the whole picture shows too little to be compared: only equal bytes and pixels count there.
  public var isPlain: Bool { isPlain(.whole) }

  /// The numbers of all views; there as long as the value, or a copy of it, is.
  @unsafe package var numbers: UnsafePointer<Int8> { unsafe block.numbers(at: place) }

  /// Whether the numbers and the plain views are equal.
  public static func == (a: GradientDescriptors, b: GradientDescriptors) -> Bool {
    guard a.plainViews == b.plainViews else { return false }
    if a.block === b.block, a.place == b.place { return true }
    return unsafe memcmp(a.numbers, b.numbers, byteCount) == 0
  }

  /// Hashes all numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(plainViews)
    unsafe hasher.combine(bytes: UnsafeRawBufferPointer(start: numbers, count: Self.byteCount))
  }
}
