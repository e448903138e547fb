import SplitSealBase
internal import CDotProduct
internal import CVision
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealTestSupport

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a scan spends its time on.
enum HotPath: String, CaseIterable {
  /// Luma and colour of a photograph-like baseline JPEG of 512 x 384.
  case jpeg
  /// The same of a progressive one, which libjpeg decodes.
  case progressive
  /// Luma of a JPEG of 32 x 32.
  case thumbnail
  /// The pixels of a PNG of 128 x 96.
  case png
  /// The descriptors of a luma of 256 x 192.
  case descriptors
  /// All of an image's fingerprint, from the bytes of the JPEG, and the picture for the check.
  case fingerprint
  /// The PDQ hashes of a luma of 256 x 192.
  case pdq
  /// 64 queries among 4,096 descriptors.
  case search
  /// Two pictures laid on each other.
  case alignment
  /// A manifest of 1,000 rows.
  case manifest

  /// Prepares the input, and gives what is to be counted.
  func body() throws -> () throws -> Void {
    switch self {
    case .jpeg: decoding(DrawnImage(width: 512, height: 384).jpeg())
    case .progressive: decoding(DrawnImage(width: 512, height: 384).jpeg(isProgressive: true))
    case .thumbnail: decoding(DrawnImage(width: 32, height: 32).jpeg())
    case .png: decodingPNG(DrawnImage(width: 128, height: 96).png())
    case .descriptors: describing(DrawnImage(width: 256, height: 192).luma)
    case .fingerprint: fingerprinting(DrawnImage(width: 512, height: 384).jpeg())
    case .pdq: hashing(DrawnImage(width: 256, height: 192).luma)
    case .search: searching()
    case .alignment: try aligning()
    case .manifest: try reading()
    }
  }

  private func decoding(_ file: [UInt8]) -> () throws -> Void {
    let scratch = DecoderScratch()
    return { _ = try ImageDecoder.decodeLuma(file, leastSide: 128, leastColourSide: 32, scratch: scratch) }
  }

  private func decodingPNG(_ file: [UInt8]) -> () throws -> Void {
    { _ = try ImageDecoder.decode(file) }
  }

  private func describing(_ luma: LumaPlane) -> () throws -> Void {
    var extractor = DescriptorExtractor()
    return { _ = extractor.descriptors(of: luma) }
  }

  private func fingerprinting(_ file: [UInt8]) -> () throws -> Void {
    var fingerprinter = Fingerprinter()
    fingerprinter.keepsPicture = true
    return { _ = fingerprinter.outcome(of: file) }
  }

  private func hashing(_ luma: LumaPlane) -> () throws -> Void {
    var hasher = PDQHasher()
    return { _ = hasher.hashes(of: luma) }
  }

  private func searching() -> () throws -> Void {
    let (length, vectorCount, queryCount) = (Int(SS_DOT_DIMENSION), 4096, 64)
    var random = SplitMix64(seed: 1)
    func numbers(_ count: Int) -> [Int8] { (0..<count * length).map { _ in .random(in: -60...60, using: &random) } }
    let (vectors, queries) = (numbers(vectorCount), numbers(queryCount))
    // Alignment of 64 bytes.
    var packed = [SIMD64<UInt8>](repeating: SIMD64(), count: vectorCount)
    unsafe packed.withUnsafeMutableBytes { packed in
      unsafe ss_dot_pack(vectors, vectorCount, 0, packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
    let thresholds = [Int32](repeating: 1 << 16, count: queryCount)
    var hits = [ss_dot_hit](repeating: ss_dot_hit(), count: 1 << 12)
    return {
      _ = unsafe packed.withUnsafeBytes { packed in
        unsafe ss_dot_search(
          ss_dot_best_kernel(), queries, queryCount, thresholds,
          packed.baseAddress?.assumingMemoryBound(to: UInt8.self), 0, vectorCount, &hits, hits.count)
      }
    }
  }

  private func aligning() throws -> () throws -> Void {
    func levels(_ quality: Int32) throws -> [Float] {
      var values: [Float] = []
      let file = DrawnImage(width: 512, height: 384).jpeg(quality: quality)
      try ComparisonPicture(ofFile: file, limits: ImageLimits()).fill(&values)
      return values
    }
    let (base, query) = (try levels(95), try levels(40))
    return {
      var agreement = ss_vision_agreement()
      _ = unsafe ss_vision_align(base, query, [1, 0, 0, 0, 1, 0], [0, 0, 1, 1], 0.3, 64, &agreement)
    }
  }

  private func reading() throws -> () throws -> Void {
    let rows = (0..<1000).map {
      "images/class\($0 % 10)/picture\($0).jpg,\($0 < 800 ? "train" : "test"),class\($0 % 10)\n"
    }
    // One name, so that no more than one is ever left behind.
    let file = FileManager.default.temporaryDirectory.appending(path: "splitseal-hot-paths.csv")
    try Data(("path,split,label\n" + rows.joined()).utf8).write(to: file)
    return { _ = try Manifest.read([file.path()]) }
  }
}
