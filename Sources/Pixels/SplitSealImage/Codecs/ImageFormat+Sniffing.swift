extension ImageFormat {
  /// Tells a format by the first bytes of a file; `nil` where they are those of no known format.
  ///
  /// At most 64 bytes are looked at, so a prefix of that length does as well as the file. That a format is recognised
  /// says nothing of whether the rest is sound.
  /// - Parameter bytes: The file's bytes, or its first 64.
  /// - Source: ITU-T T.81 B.2.1 (JPEG); PNG 3rd edition 5.2; RFC 9649 section 2.4 (WebP); GIF89a section 17; TIFF 6.0
  ///   section 2 and BigTIFF; BITMAPFILEHEADER and BITMAPINFOHEADER (BMP); ISO/IEC 14496-12 4.3 and 23008-12 10 (HEIC);
  ///   AVIF 1.1 section 8.
  public init?(sniffing bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(64))
    func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      start.count >= offset + signature.count && start[offset..<offset + signature.count].elementsEqual(signature)
    }
    func has(_ text: String, at offset: Int = 0) -> Bool { has(Array(text.utf8), at: offset) }

    if has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if has("RIFF"), has("WEBP", at: 8) {
      self = .webp
    } else if has("GIF87a") || has("GIF89a") {
      self = .gif
    } else if has([0x49, 0x49, 42, 0]) || has([0x4D, 0x4D, 0, 42]) || has([0x49, 0x49, 43, 0])
      || has([0x4D, 0x4D, 0, 43])
    {
      self = .tiff
    } else if has("BM"), Self.bitmapHeaderSizes.contains(where: { has([$0, 0, 0, 0], at: 14) }) {
      // "BM" alone is how many a text begins.
      self = .bmp
    } else if has("ftyp", at: 4), let format = Self.format(ofBrandsIn: start) {
      self = format
    } else {
      return nil
    }
  }

  /// Sizes of the header after the file header, one for each version of the format.
  private static let bitmapHeaderSizes: [UInt8] = [12, 16, 40, 52, 56, 64, 108, 124]

  /// Tells HEIC from AVIF in an ISO media file.
  ///
  /// - Parameter start: First bytes of the file, which hold a `ftyp` box: size, "ftyp", major brand, version, compatible
  ///   brands.
  /// - Returns: The format; `nil` for other ISO media, films for instance.
  private static func format(ofBrandsIn start: [UInt8]) -> ImageFormat? {
    let size = start[0..<4].reduce(0) { $0 << 8 | Int($1) }
    func brand(at offset: Int) -> String? {
      offset + 4 <= min(size, start.count) ? String(decoding: start[offset..<offset + 4], as: UTF8.self) : nil
    }
    switch brand(at: 8) {
    case "avif", "avis": return .avif
    case "heic", "heix", "hevc", "hevx", "heim", "heis": return .heic
    case "mif1", "msf1":
      // Brands of the container alone: the codec stands among the compatible brands.
      let compatible = stride(from: 16, to: start.count, by: 4).compactMap(brand(at:))
      return compatible.contains { $0 == "avif" || $0 == "avis" } ? .avif : .heic
    default: return nil
    }
  }
}
