/// What stands before the picture in a JPEG file and is not left to the codec.
///
/// The walk over the segments mirrors libjpeg's: bytes between segments are passed over, 0xFF may be repeated. It ends
/// at the first scan, the end of the picture, or the end of the bytes, and never fails: what is wrong with the file is
/// the codec's to say.
/// - Complexity: O(length of what stands before the first scan).
/// - Source: ITU-T T.81 B.1.1.2 and table B.1; EXIF 2.32 section 4.7.2.
struct JPEGMarkers {
  /// Third digit of the frame's marker SOF0...SOF15: 0 and 1 are sequential, 2 is progressive; `nil` without a frame.
  private(set) var frame: UInt8?
  /// Where what the frame's header says stands: precision, size, components; `nil` without a frame.
  private(set) var frameHeader: Range<Int>?
  /// Where the tables of quantisers stand, in the order of the file.
  private(set) var quantisers: [Range<Int>] = []
  /// Where the TIFF header of the first Exif segment and what follows it stands; `nil` without one.
  private(set) var exif: Range<Int>?
  /// The segments before the first scan that decide pixels: all but comments and applications' data, of which JFIF's and
  /// Adobe's tell the colour space.
  private(set) var decisive: [Range<Int>] = []
  /// Where the first scan begins, or the bytes end.
  private(set) var scanStart = 0

  /// Walks over the segments of a JPEG file.
  init(_ bytes: [UInt8]) {
    let exifSignature: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]
    var position = 2
    defer { scanStart = min(position, bytes.count) }
    while true {
      while position < bytes.count, bytes[position] != 0xFF { position += 1 }
      while position < bytes.count, bytes[position] == 0xFF { position += 1 }
      guard position < bytes.count else { return }
      let marker = bytes[position]
      position += 1

      switch marker {
      case 0x00, 0x01, 0xD0...0xD7: continue  // A stuffed zero, TEM, RST: no segment follows.
      case 0xD8...0xDA: return  // SOI, EOI, SOS.
      default: break
      }
      guard position + 2 <= bytes.count else { return }
      let length = Int(bytes[position]) << 8 | Int(bytes[position + 1])
      guard length >= 2 else { return }
      let end = position + length
      let payload = position + 2..<max(position + 2, min(end, bytes.count))
      position = end
      // COM, and APP1...APP13 and APP15.
      if !(marker == 0xFE || (0xE1...0xEF).contains(marker) && marker != 0xEE) {
        decisive.append(payload.lowerBound - 3..<payload.upperBound)
      }

      switch marker {
      case 0xC4, 0xC8, 0xCC: break  // DHT, JPG, DAC: not frames though numbered like them.
      case 0xC0...0xCF where frame == nil:
        frame = marker & 0x0F
        frameHeader = payload
      case 0xDB: quantisers.append(payload)
      case 0xE1 where exif == nil:
        if bytes[payload].starts(with: exifSignature) {
          exif = payload.lowerBound + exifSignature.count..<payload.upperBound
        }
      default: break
      }
    }
  }

  /// Why a frame of this kind is not decoded; `nil` where it is.
  var unsupportedDetail: String? {
    switch frame {
    case nil, 0, 1, 2: nil
    case 3: "lossless"
    case 9, 10: "arithmetic coding"
    case 11: "lossless, arithmetic coding"
    default: "hierarchical or reserved"
    }
  }
}
