internal import CVision
public import SplitSealImage

/// Makes gradient descriptors.
///
/// One for each worker: it keeps scratch buffers between pictures. The picture is trimmed of uniform borders and scaled
/// to 128 x 128; each view is averaged down to 32 x 32, described by a histogram of gradients in 4 x 4 cells of 8
/// orientations, and projected to 64 numbers. Cells and orientations are centred symmetrically, and the projection is
/// learned in a basis where turning a picture permutes its numbers and changes their signs: see
/// ``GradientDescriptors/append(_:oriented:to:)``.
/// - Source: Lowe: Distinctive Image Features from Scale-Invariant Keypoints, IJCV 60 (2004), section 6, for the
///   histogram; Arandjelović, Zisserman: Three Things Everyone Should Know to Improve Object Retrieval, CVPR 2012, for the
///   square root.
public struct DescriptorExtractor {
  /// Views whose luma strays less than this from a surface of second degree, in levels, are too plain to be compared.
  ///
  /// Drawn soft shading with noise of 3 levels strays 0.8 as a whole, a grey ground with noise of 8 levels 2.0. Among 3,000 images of CIFAR-10
  /// and 300 photographs the plainest showed 8.2.
  public static let leastDetail = Double(SS_VISION_LEAST_DETAIL)

  /// The picture that was described last, without its borders, at 128 x 128.
  private(set) var canonical = [Float](repeating: 0, count: Int(SS_VISION_CANONICAL_SIDE * SS_VISION_CANONICAL_SIDE))
  /// What of it is inside its borders.
  private(set) var frame = PictureFrame(left: 0, top: 0, width: 0, height: 0)
  private var view = [Float](repeating: 0, count: Int(SS_VISION_VIEW_SIDE * SS_VISION_VIEW_SIDE))
  private var histogram = [Float](repeating: 0, count: Int(SS_VISION_GRADIENT_COUNT))
  private var arena = DescriptorArena()

  /// Makes an extractor.
  public init() {}

  /// Describes a picture.
  ///
  /// - Parameter plane: The luma of the picture, upright.
  /// - Returns: One descriptor a view; those of an empty plane are plain.
  public mutating func descriptors(of plane: LumaPlane) -> GradientDescriptors {
    guard plane.width > 0, plane.height > 0 else { return .plain }
    frame = PictureFrame(plane)
    unsafe plane.samples.withUnsafeBufferPointer { samples in
      unsafe ss_vision_scale(
        samples.baseAddress, plane.width, frame.left, frame.top, frame.width, frame.height,
        Int(SS_VISION_CANONICAL_SIDE),
        &canonical)
    }
    return unsafe arena.take { numbers in
      var plainViews: UInt16 = 0
      for place in DescriptorView.allCases {
        let (left, top, width, height) = place.eighths
        let unit = Int(SS_VISION_CANONICAL_SIDE) / 8
        let target = unsafe numbers + Int(place.rawValue) * GradientDescriptors.length
        unsafe ss_vision_cut_view(canonical, left * unit, top * unit, width * unit, height * unit, &view)
        guard unsafe Double(ss_vision_view_detail(view)) >= Self.leastDetail else {
          plainViews |= 1 << UInt16(place.rawValue)
          unsafe target.update(repeating: 0, count: GradientDescriptors.length)
          continue
        }
        unsafe ss_vision_gradient_histogram(view, &histogram)
        unsafe ss_vision_project(histogram, target)
      }
      return plainViews
    }
  }
}
