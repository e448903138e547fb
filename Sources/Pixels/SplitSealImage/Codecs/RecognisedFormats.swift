// Formats that are told apart so that a file can be named for what it is, and refused.

extension FormatDescription {
  /// - Source: RFC 9649 section 2.4.
  static let webp = FormatDescription(.webp, wireCode: 2) { $0.has("RIFF") && $0.has("WEBP", at: 8) }

  /// - Source: GIF89a section 17.
  static let gif = FormatDescription(.gif, wireCode: 3) { $0.has("GIF87a") || $0.has("GIF89a") }

  /// - Source: TIFF 6.0 section 2 and BigTIFF.
  static let tiff = FormatDescription(.tiff, wireCode: 4) { start in
    start.has([0x49, 0x49, 42, 0]) || start.has([0x4D, 0x4D, 0, 42]) || start.has([0x49, 0x49, 43, 0])
      || start.has([0x4D, 0x4D, 0, 43])
  }

  /// "BM" alone is how many a text begins, so that the size of the header behind the file header counts too: there is one for
  /// each version of the format.
  ///
  /// - Source: BITMAPFILEHEADER and BITMAPINFOHEADER.
  static let bmp = FormatDescription(.bmp, wireCode: 5) { start in
    start.has("BM") && [12, 16, 40, 52, 56, 64, 108, 124].contains { start.has([$0, 0, 0, 0], at: 14) }
  }

  /// - Source: ISO/IEC 14496-12 4.3 and 23008-12 10.
  static let heic = FormatDescription(.heic, wireCode: 6) { MediaBrands($0)?.codec == .hevc }

  /// - Source: ISO/IEC 14496-12 4.3; AVIF 1.1 section 8.
  static let avif = FormatDescription(.avif, wireCode: 7) { MediaBrands($0)?.codec == .av1 }
}

/// What the `ftyp` box at the start of an ISO media file says: size, "ftyp", major brand, version, compatible brands.
private struct MediaBrands {
  /// How pictures in the file are coded.
  enum Codec {
    case hevc, av1
  }

  /// `nil` for other ISO media, films for instance.
  let codec: Codec?

  /// `nil` where there is no such box.
  init?(_ start: FileStart) {
    guard start.has("ftyp", at: 4) else { return nil }
    let size = start.bytes[0..<4].reduce(0) { $0 << 8 | Int($1) }
    func brand(at offset: Int) -> String? {
      offset + 4 <= min(size, start.bytes.count)
        ? String(decoding: start.bytes[offset..<offset + 4], as: UTF8.self) : nil
    }
    switch brand(at: 8) {
    case "avif", "avis": codec = .av1
    case "heic", "heix", "hevc", "hevx", "heim", "heis": codec = .hevc
    case "mif1", "msf1":
      // Brands of the container alone: the codec stands among the compatible brands.
      let compatible = stride(from: 16, to: start.bytes.count, by: 4).compactMap(brand(at:))
      codec = compatible.contains { $0 == "avif" || $0 == "avis" } ? .av1 : .hevc
    default: codec = nil
    }
  }
}
