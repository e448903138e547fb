/// The brightness of a picture: what every perceptual hash here looks at.
///
/// Brightness is BT.601 luma, 0.299 R + 0.587 G + 0.114 B, of the stored values, of which 65,535 of 16 bits are 255; alpha
/// is ignored, so that whoever compares pictures flattens them first (``DecodedImage/flattened()``). Samples of 8 bits
/// are bit for bit the double-precision sum, in that order, rounded to single precision, which is what the reference
/// implementations of PDQ feed to their filters.
/// - Source: ITU-R BT.601-7, 2.5.1; ThreatExchange `pdq/cpp/downscaling` and its Python binding.
public struct LumaPlane: Hashable, Sendable {
  /// Columns, 0 or more.
  public let width: Int
  /// Rows, 0 or more.
  public let height: Int
  /// `height * width` samples, row-major, 0...255.
  public let samples: [Float]

  /// Assembles a plane.
  ///
  /// - Precondition: `samples.count == height * width`.
  public init(width: Int, height: Int, samples: [Float]) {
    precondition(width >= 0 && height >= 0 && samples.count == height * width, "samples do not fill width x height")
    self.width = width
    self.height = height
    self.samples = samples
  }

  /// Takes the luma of an image, as a person sees it.
  ///
  /// - Parameters:
  ///   - image: The image; its pixels are read once, row by row.
  ///   - factor: Side of the blocks of pixels that are averaged into one sample, 1 for none. Values outside
  ///     1...shorter side are taken as the nearest end. Where a side is no multiple, the columns at the right and the
  ///     rows at the bottom that do not fill a block are left out.
  ///   - applyingOrientation: Whether to apply the EXIF orientation; where not, the plane is as stored.
  /// - Complexity: O(pixels) time; memory for the samples and sixteen rows.
  public init(_ image: DecodedImage, reducedBy factor: Int = 1, applyingOrientation: Bool = true) {
    let rows = LumaRows(image, blockSide: factor, steps: (applyingOrientation ? image.orientation : .identity).steps)
    width = rows.steps.transposes ? rows.height : rows.width
    height = rows.steps.transposes ? rows.width : rows.height
    samples = rows.oriented()
  }

  /// Side of the pixel blocks that are averaged before a picture is compared.
  ///
  /// 1, and so no averaging, up to 1,024 pixels on the shorter side.
  ///
  /// PDQ looks at 64 x 64 samples, and its authors scale to 512 x 512 before hashing. Averaging keeps 512 pixels or
  /// more on the shorter side; it moved the conformance images' hashes by at most 8 bits, and by 10 where 256 pixels
  /// were kept.
  public static func reduction(width: Int, height: Int) -> Int { max(1, (min(width, height) - 1) / 512) }

  /// Turns one channel as a person sees it.
  ///
  /// - Parameters:
  ///   - channel: Where its samples are.
  ///   - stored: All samples.
  ///   - orientation: What is done with them.
  init(_ channel: StoredChannel, of stored: [UInt8], orientation: Orientation) {
    let (width, height) = (channel.width, channel.height)
    precondition(
      channel.start + (width * height - 1) * channel.step < stored.count && width > 0 && height > 0, "it is there")
    let steps = orientation.steps
    let (seenWidth, seenHeight) = steps.transposes ? (height, width) : (width, height)
    // Where stored sample (0, 0) is seen, and how far a stored column and row move it.
    let columnStep = (steps.transposes ? seenWidth : 1) * (isReversed(steps, .column) ? -1 : 1)
    let rowStep = (steps.transposes ? 1 : seenWidth) * (isReversed(steps, .row) ? -1 : 1)
    let origin = (steps.mirrorsColumns ? seenWidth - 1 : 0) + (steps.mirrorsRows ? (seenHeight - 1) * seenWidth : 0)
    let samples = unsafe [Float](unsafeUninitializedCapacity: width * height) { samples, initializedCount in
      unsafe stored.withUnsafeBufferPointer { stored in
        if orientation == .identity, channel.step == 1 {
          for i in 0..<(width * height) { unsafe samples[i] = Float(stored[channel.start + i]) }
          return
        }
        for row in 0..<height {
          for column in 0..<width {
            let sample = unsafe Float(stored[channel.start + (row * width + column) * channel.step])
            unsafe samples[origin + row * rowStep + column * columnStep] = sample
          }
        }
      }
      initializedCount = width * height
    }
    self.init(width: seenWidth, height: seenHeight, samples: samples)
  }
}

private enum Axis {
  case column, row
}

/// Whether stored columns or rows are seen in reverse: mirroring comes after transposing.
private func isReversed(_ steps: Orientation.Steps, _ axis: Axis) -> Bool {
  (axis == .column) == steps.transposes ? steps.mirrorsRows : steps.mirrorsColumns
}
