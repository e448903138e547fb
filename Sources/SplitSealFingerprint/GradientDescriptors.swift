/// What the near-duplicate search compares: one descriptor for each view of a picture.
///
/// A descriptor is 64 numbers in -127...127: the view's histogram of gradients, projected, scaled to length 254 and
/// rounded. The product of two, over 254 x 254, is the cosine between them.
public struct GradientDescriptors: Hashable, Sendable {
  /// Numbers of one descriptor.
  public static let length = 64

  /// `DescriptorView.allCases.count * length` numbers, view by view.
  public let values: [Int8]
  /// The views that show too little to be compared: bit `v` stands for the view of raw value `v`.
  public let plainViews: UInt16

  /// Assembles descriptors.
  ///
  /// - Precondition: `values.count == DescriptorView.allCases.count * length`, each in -127...127.
  public init(values: [Int8], plainViews: UInt16) {
    precondition(values.count == DescriptorView.allCases.count * Self.length, "one descriptor a view")
    self.values = values
    self.plainViews = plainViews
  }

  /// Descriptors of a picture that shows nothing.
  public static let plain = GradientDescriptors(
    values: Array(repeating: 0, count: DescriptorView.allCases.count * length),
    plainViews: UInt16((1 << DescriptorView.allCases.count) - 1))

  /// Whether a view shows too little to be compared.
  public func isPlain(_ view: DescriptorView) -> Bool { plainViews >> UInt16(view.rawValue) & 1 == 1 }

  /// Whether the whole picture shows too little to be compared: only equal bytes and pixels count there.
  public var isPlain: Bool { isPlain(.whole) }
}
