internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealMatch

/// Gives the pictures of a dataset's samples from its files.
struct DatasetPictures: PictureSource {
  private let samples: [Sample]
  private let directory: DatasetDirectory
  private let limits: ImageLimits

  /// Opens the root.
  ///
  /// - Throws: `DatasetFileFault` when it cannot be opened.
  init(_ manifest: Manifest, limits: ImageLimits, allowsLinks: Bool) throws(DatasetFileFault) {
    samples = manifest.samples
    directory = try DatasetDirectory(manifest.root, allowsLinks: allowsLinks)
    self.limits = limits
  }

  func picture(of sample: Int) -> DecodedImage? { picture(of: sample, atLeast: nil) }

  func picture(of sample: Int, leastSide: Int) -> DecodedImage? { picture(of: sample, atLeast: leastSide) }

  private func picture(of sample: Int, atLeast leastSide: Int?) -> DecodedImage? {
    var reader = DatasetReader(directory)
    var bytes: [UInt8] = []
    do throws(DatasetFileFault) {
      try reader.read(samples[sample].path, into: &bytes, maximumByteCount: limits.maximumByteCount)
    } catch {
      return nil
    }
    return try? ImageDecoder.decode(bytes, limits: limits, leastSide: leastSide).upright()
  }
}
