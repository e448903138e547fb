internal import SplitSealBase
public import SplitSealAudit
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealJSON
internal import SplitSealManifest

/// What was kept of every sample, as JSON Lines in manifest order.
///
/// Members: `split`, `path`, `label`, `sha256`, `xxh3`, `bytes`, `pixels`, `format`, `width`, `height`, `brightness`,
/// `contrast`, `sharpness`, `colourfulness`; of a JPEG `jpegQuality`, `quantisation`, `subsampling`, `progressive`;
/// where EXIF tells them, `camera` and `captureTime` (milliseconds since 1970, as if local time were UTC); `pdq`,
/// `quality`. For an image that cannot be read, `fault` and `reason` instead of what comes from its pixels. PDQ hashes
/// are sketches of the pictures: this list is as private as they are.
public struct FingerprintList {
  private let input: AuditInput

  /// Prepares the list.
  public init(_ result: AuditResult) { input = result.input }

  /// Hands out the lines one by one, each with its newline.
  public func forEachLine(_ body: (String) throws -> Void) rethrows {
    for index in input.manifest.samples.indices { try body(line(index).compactText + "\n") }
  }

  private func line(_ index: Int) -> JSONValue {
    let sample = input.manifest.samples[index]
    let outcome = input.outcomes[index]
    let fingerprint = outcome.fingerprint
    let properties = fingerprint?.properties
    let jpeg = properties?.jpeg
    return .object([
      "split": .string(input.manifest.splits[sample.split].name),
      "path": .string(sample.path),
      "label": sample.label.map { .string(input.manifest.labels[$0]) },
      "sha256": outcome.content.map { .string($0.sha256.description) },
      "xxh3": outcome.content.map { .string($0.xxh3.description) },
      "bytes": outcome.content.map { .integer($0.byteCount) },
      "pixels": fingerprint.map { .string($0.pixels.description) },
      "format": fingerprint.map { .string($0.format.rawValue) },
      "width": fingerprint.map { .integer($0.width) },
      "height": fingerprint.map { .integer($0.height) },
      "brightness": properties.map { .decimal(fixed($0.brightness, digits: 3)) },
      "contrast": properties.map { .decimal(fixed($0.contrast, digits: 3)) },
      "sharpness": properties.map { .decimal(fixed($0.sharpness, digits: 3)) },
      "colourfulness": properties.map { .decimal(fixed($0.colourfulness, digits: 3)) },
      "jpegQuality": jpeg.map { .integer($0.quality) },
      "quantisation": jpeg.map { .string($0.tablesName) },
      "subsampling": jpeg.map { .string($0.subsampling.rawValue) },
      "progressive": jpeg.map { .bool($0.isProgressive) },
      "camera": properties?.camera.map { .string($0.description) },
      "captureTime": properties?.captureTime.map { .integer($0) },
      "pdq": fingerprint?.pdq.map { .string($0.standard.identity.description) },
      "quality": fingerprint?.pdq.map { .integer($0.quality) },
      "fault": outcome.fault.map { .string($0.kind) },
      "reason": outcome.fault.map { .string($0.description) },
    ])
  }
}
