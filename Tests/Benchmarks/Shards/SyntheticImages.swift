import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealTestSupport

/// Fingerprints of no image, each made of its number alone, so that none has to be kept.
///
/// The numbers of a descriptor have variances that fall, so that as many unrelated pictures look alike as among
/// photographs: of 50,000 about ten reach a cosine of 0.57, as many as `docs/detector.md` counts.
struct SyntheticImages {
  /// Every how many test images a near copy stands.
  let plantedStep: Int
  private let seed: UInt64
  private let trainCount: Int
  private let plantedCount: Int
  private let deviations: [Float]

  init(seed: UInt64, trainCount: Int, testCount: Int, plantedCount: Int) {
    self.seed = seed
    self.trainCount = trainCount
    self.plantedCount = plantedCount
    plantedStep = plantedCount == 0 ? 1 : testCount / plantedCount
    // The square root of exp(-rank / 20), which leaves as many numbers as 37 of equal variance; the ranks are spread, as
    // those numbers that change their sign in the mirror come first.
    var falling: [Float] = [1]
    for _ in 1..<GradientDescriptors.length { falling.append((falling.last ?? 1) * 0.975_31) }
    deviations = (0..<GradientDescriptors.length).map { falling[$0 * 37 % GradientDescriptors.length] }
  }

  /// The training image that a near copy is of: one whose numbers are not clipped.
  ///
  /// Clipped numbers leave a picture less than 1 from itself, and a copy of it could be below what descriptors alone
  /// tell.
  func original(of planted: Int) -> Int {
    var index = planted * max(1, trainCount / max(1, plantedCount)) % trainCount
    for _ in 0..<trainCount {
      let whole = training(index).descriptors.values.prefix(GradientDescriptors.length)
      guard whole.contains(where: { abs($0) == 127 }) else { break }
      index = (index + 1) % trainCount
    }
    return index
  }

  /// A training image.
  func training(_ index: Int) -> Fingerprint {
    var random = SplitMix64(seed: seed &+ UInt64(index) &* 0xA24B_AED4_963E_E407)
    return fingerprint(vectors(using: &random), using: &random)
  }

  /// A test image: a near copy now and then, else one of its own.
  func test(_ index: Int) -> Fingerprint {
    var random = SplitMix64(seed: ~seed &+ UInt64(index) &* 0x9FB2_1C65_1E98_DF25)
    guard index.isMultiple(of: plantedStep), index / plantedStep < plantedCount else {
      return fingerprint(vectors(using: &random), using: &random)
    }
    var source = SplitMix64(
      seed: seed &+ UInt64(original(of: index / plantedStep)) &* 0xA24B_AED4_963E_E407)
    // A fifth of noise beside the original leaves a cosine of 0.98.
    let noise = vectors(using: &random)
    let copy = zip(vectors(using: &source), noise).map { $0 + 0.2 * $1 }
    return fingerprint(copy, using: &random)
  }

  /// Numbers of all views, not yet of any length.
  private func vectors(using random: inout SplitMix64) -> [Float] {
    (0..<GradientDescriptors.byteCount).map { index in
      let bits = random.next()
      // Nearly normal: the sum of four uniform numbers.
      let sum = (0..<4).reduce(Float(-2)) { $0 + Float((bits >> UInt64(16 * $1)) & 0xFFFF) / 65_536 }
      return sum * deviations[index % GradientDescriptors.length]
    }
  }

  private func fingerprint(_ vectors: [Float], using random: inout SplitMix64) -> Fingerprint {
    var values: [Int8] = []
    values.reserveCapacity(vectors.count)
    for start in stride(from: 0, to: vectors.count, by: GradientDescriptors.length) {
      let view = vectors[start..<start + GradientDescriptors.length]
      let length = view.reduce(0) { $0 + $1 * $1 }.squareRoot()
      values += view.map { Int8(max(-127, min(127, ($0 / length * 254).rounded()))) }
    }
    let sha256 = SIMD4(random.next(), random.next(), random.next(), random.next())
    let content = ContentDigest(
      sha256: Digest256(words: sha256), xxh3: Digest128(high: random.next(), low: random.next()),
      byteCount: 100_000 + Int(random.next() % 100_000))
    return Fingerprint(
      content: content, pixels: Digest128(high: random.next(), low: random.next()), format: .jpeg, width: 500,
      height: 375,
      properties: ImageProperties(brightness: 110, contrast: 55, sharpness: 300, colourfulness: 35),
      descriptors: GradientDescriptors(values: values, plainViews: 0))
  }
}
