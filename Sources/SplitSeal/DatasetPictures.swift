internal import SplitSealFingerprint
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

  func picture(of sample: Int) -> DecodedImage? {
    bytes(of: sample).flatMap { try? ImageDecoder.decode($0, limits: limits).upright() }
  }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    bytes(of: sample).flatMap { try? ComparisonPicture(ofFile: $0, limits: limits) }
  }

  private func bytes(of sample: Int) -> [UInt8]? {
    var reader = DatasetReader(directory)
    var bytes: [UInt8] = []
    do throws(DatasetFileFault) {
      try reader.read(samples[sample].path, into: &bytes, maximumByteCount: limits.maximumByteCount)
    } catch {
      return nil
    }
    return bytes
  }
}
