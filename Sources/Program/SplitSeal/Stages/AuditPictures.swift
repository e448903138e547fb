public import SplitSealAudit
public import SplitSealFingerprint
public import SplitSealImage
public import SplitSealManifest
public import SplitSealMatch
public import SplitSealReport
internal import SplitSealShard

/// The pictures of a dataset that was audited, for whoever shows them: only of files that still hold what was checked.
public struct AuditPictures: PictureSource, ReportPictureSource {
  private let pictures: DatasetPictures

  /// Opens the root of the dataset.
  ///
  /// - Parameters:
  ///   - result: The audit.
  ///   - configuration: That of the audit.
  /// - Throws: `DatasetFileFault` when the root cannot be opened.
  public init(_ result: AuditResult, _ configuration: AuditConfiguration) throws(DatasetFileFault) {
    pictures = try DatasetPictures(
      hashed: HashedDataset(manifest: result.input.manifest, outcomes: result.input.outcomes), configuration)
  }

  /// The preview of a sample.
  ///
  /// - Parameters:
  ///   - sample: Its index in the manifest.
  ///   - longestSide: Pixels of the longer side at most, 1 or more.
  /// - Returns: The preview; `nil` where the file cannot be read or has other bytes than were checked.
  public func preview(of sample: Int, longestSide: Int) -> Preview? {
    picture(of: sample).map { Preview($0, longestSide: longestSide) }
  }

  /// The picture of a sample, upright; `nil` where the file cannot be read or has other bytes than were checked.
  public func picture(of sample: Int) -> DecodedImage? { pictures.picture(of: sample) }

  /// The same where a smaller picture will do: its shorter side keeps `leastSide` pixels if it has them.
  public func picture(of sample: Int, leastSide: Int) -> DecodedImage? {
    pictures.picture(of: sample, leastSide: leastSide)
  }

  /// The same, made ready for being laid on another one.
  public func comparisonPicture(of sample: Int) -> ComparisonPicture? { pictures.comparisonPicture(of: sample) }
}
