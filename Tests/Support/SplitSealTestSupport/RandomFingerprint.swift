import SplitSealBase
public import SplitSealFingerprint
internal import SplitSealImage

/// A fingerprint of random numbers, with every field as large as it may be now and then.
public func randomFingerprint(using random: inout SplitMix64, hasPDQ: Bool) -> Fingerprint {
  func digest() -> Digest128 { Digest128(high: random.next(), low: random.next()) }
  func words() -> SIMD4<UInt64> { SIMD4(random.next(), random.next(), random.next(), random.next()) }
  func orientations() -> PDQOrientations {
    PDQOrientations(
      identity: PDQHash(words: words()), mirror: PDQHash(words: words()), turn180: PDQHash(words: words()),
      flip: PDQHash(words: words()))
  }
  func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
  let jpeg =
    Bool.random(using: &random)
    ? JPEGProperties(
      quality: Int.random(in: 1...100, using: &random), tablesDigest: UInt32(truncatingIfNeeded: random.next()),
      subsampling: ChromaSubsampling.allCases.randomElement(using: &random) ?? .other,
      isProgressive: Bool.random(using: &random)) : nil
  let properties = ImageProperties(
    brightness: number(0...255), contrast: number(0...127.5), sharpness: number(0...1_040_400),
    colourfulness: number(0...511), jpeg: jpeg,
    camera: Camera(String(repeating: "é", count: Int.random(in: 0...32, using: &random))),
    // Within what EXIF can write.
    captureTime: Bool.random(using: &random) ? Int64(truncatingIfNeeded: random.next()) % 62_135_596_800_000 : nil)
  let count = DescriptorView.allCases.count * GradientDescriptors.length
  let pdq =
    hasPDQ
    ? PDQHashSet(standard: orientations(), centred: orientations(), quality: Int.random(in: 0...100, using: &random))
    : nil
  let repairs = ImageRepairs(rawValue: UInt8(truncatingIfNeeded: random.next()) & ImageRepairs.all.rawValue)
  return Fingerprint(
    content: ContentDigest(
      sha256: Digest256(words: words()), xxh3: digest(), byteCount: Int.random(in: 0...(1 << 40), using: &random)),
    pixels: digest(), format: Bool.random(using: &random) ? .jpeg : .png,
    width: Int.random(in: 1...32_000, using: &random), height: Int.random(in: 1...32_000, using: &random),
    repairs: repairs, properties: properties, pdq: pdq,
    descriptors: GradientDescriptors(
      values: (0..<count).map { _ in Int8.random(in: -127...127, using: &random) },
      plainViews: UInt16(truncatingIfNeeded: random.next()) & 0x7FFF))
}
