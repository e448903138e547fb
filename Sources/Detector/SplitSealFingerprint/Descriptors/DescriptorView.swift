/// A part of a picture that is described by itself, so that a crop, a frame or a patch of paint leaves some view whole.
///
/// The raw value is the view's place in ``GradientDescriptors``.
public enum DescriptorView: UInt8, Hashable, Sendable, CaseIterable {
  /// The whole picture.
  case whole
  /// The middle 3/4 of both sides.
  case middle
  /// 3/4 of both sides, at a corner.
  case upperLeft, upperRight, lowerLeft, lowerRight
  /// The middle half of both sides.
  case core
  /// Half of the picture.
  case leftHalf, rightHalf, upperHalf, lowerHalf
  /// Half of both sides, at a corner.
  case upperLeftQuarter, upperRightQuarter, lowerLeftQuarter, lowerRightQuarter

  /// Where the view lies: left, top, width and height in eighths of the picture's sides.
  public var eighths: (left: Int, top: Int, width: Int, height: Int) {
    switch self {
    case .whole: (0, 0, 8, 8)
    case .middle: (1, 1, 6, 6)
    case .upperLeft: (0, 0, 6, 6)
    case .upperRight: (2, 0, 6, 6)
    case .lowerLeft: (0, 2, 6, 6)
    case .lowerRight: (2, 2, 6, 6)
    case .core: (2, 2, 4, 4)
    case .leftHalf: (0, 0, 4, 8)
    case .rightHalf: (4, 0, 4, 8)
    case .upperHalf: (0, 0, 8, 4)
    case .lowerHalf: (0, 4, 8, 4)
    case .upperLeftQuarter: (0, 0, 4, 4)
    case .upperRightQuarter: (4, 0, 4, 4)
    case .lowerLeftQuarter: (0, 4, 4, 4)
    case .lowerRightQuarter: (4, 4, 4, 4)
    }
  }

  /// The view's name in reports: `whole`, `upper-left`, `left-half`, `upper-left-quarter`, ...
  public var name: String {
    "\(self)".reduce(into: "") { name, letter in
      if letter.isUppercase { name += "-" }
      name += letter.lowercased()
    }
  }
}
