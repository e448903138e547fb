internal import SplitSealBase
internal import SplitSealImage

extension ByteWriter {
  /// Brightness, contrast and colourfulness (2 bytes each), sharpness (4), all in steps of 1/128; the JPEG's quality or
  /// 0 (1), subsampling (1), 1 if it is progressive (1), digest of its tables (4); capture time in milliseconds, the
  /// lowest number for none (8); camera, a text, empty for none.
  mutating func append(_ properties: ImageProperties) {
    append(properties.brightnessSteps)
    append(properties.contrastSteps)
    append(properties.colourfulnessSteps)
    append(properties.sharpnessSteps)
    append(properties.quality)
    append(properties.subsamplingCode)
    append(properties.isProgressive ? UInt8(1) : 0)
    append(properties.tablesDigest)
    append(properties.captureTimeOrNone)
    append(properties.camera?.description ?? "")
  }
}

extension ByteReader {
  mutating func properties() -> ImageProperties? {
    guard let brightness = number(UInt16.self), let contrast = number(UInt16.self),
      let colourfulness = number(UInt16.self), let sharpness = number(UInt32.self),
      let quality = number(UInt8.self), quality <= 100, let subsampling = number(UInt8.self),
      ChromaSubsampling(wireCode: subsampling) != nil, let progressive = number(UInt8.self), progressive <= 1,
      let tables = number(UInt32.self), quality > 0 || (subsampling == 0 && progressive == 0 && tables == 0),
      let time = number(Int64.self), time == ImageProperties.noTime || EXIFDetails.times.contains(time),
      let name = text(), name.utf8.count <= Camera.longestName
    else { return nil }
    return ImageProperties(
      captureTimeOrNone: time, sharpnessSteps: sharpness, tablesDigest: tables,
      cameraPlace: Camera(name)?.place ?? 0, brightnessSteps: brightness, contrastSteps: contrast,
      colourfulnessSteps: colourfulness, quality: quality, subsamplingCode: subsampling,
      isProgressive: progressive == 1)
  }
}
