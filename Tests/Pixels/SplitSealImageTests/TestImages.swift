import CTestImages
import SplitSealTestSupport
import Testing

@testable import SplitSealImage

/// Pseudo-random bytes, the same on every run.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var random = SplitMix64(seed: seed)
  return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 56) }
}

/// A picture without sharp edges, which every JPEG setting keeps nearly as it is.
///
/// At most 100 x 100 pixels of `channels` ramps.
func ramps(width: Int, height: Int, channels: Int) -> [UInt8] {
  (0..<height).flatMap { y in
    (0..<width).flatMap { x in
      (0..<channels).map { channel in
        switch channel {
        case 0: UInt8(40 + 2 * x)
        case 1: UInt8(200 - 2 * y)
        case 2: UInt8(60 + x + y / 2)
        default: UInt8(250 - x)
        }
      }
    }
  }
}

/// How a test wants a JPEG.
struct JPEGSettings: Sendable, CustomTestStringConvertible {
  enum Space: UInt32, Sendable, CaseIterable {
    case grey, ycbcr, rgb, cmyk, ycck
    var channels: Int { self == .grey ? 1 : (rawValue <= 2 ? 3 : 4) }
  }

  var space = Space.ycbcr
  var quality: Int32 = 95
  /// Horizontal and vertical factors of the first channel.
  var sampling: (Int32, Int32) = (1, 1)
  var progressive = false
  var restartInterval: UInt32 = 0
  var orientation: UInt16 = 0
  var bigEndianEXIF = false

  var testDescription: String {
    "\(space) \(sampling.0)x\(sampling.1)\(progressive ? " progressive" : "") restart \(restartInterval)"
  }
}

/// Encodes a JPEG; empty where the library refuses, which makes every test that uses it fail.
func jpeg(_ pixels: [UInt8], width: Int, height: Int, _ settings: JPEGSettings = JPEGSettings()) -> [UInt8] {
  precondition(pixels.count == width * height * settings.space.channels)
  var options = ss_test_jpeg_options()
  options.width = UInt32(width)
  options.height = UInt32(height)
  options.space = ss_test_jpeg_space(rawValue: settings.space.rawValue)
  options.quality = settings.quality
  options.horizontal_sampling = settings.sampling.0
  options.vertical_sampling = settings.sampling.1
  options.progressive = settings.progressive
  options.restart_interval = settings.restartInterval
  options.exif_orientation = settings.orientation
  options.exif_big_endian = settings.bigEndianEXIF
  let capacity = 1 << 20
  return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    count = unsafe ss_test_encode_jpeg(pixels, &options, buffer.baseAddress, capacity)
  }
}

/// How a test wants a PNG.
struct PNGSettings: Sendable, CustomTestStringConvertible {
  enum Colour: UInt32, Sendable, CaseIterable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6

    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  var colour = Colour.rgb
  var bitDepth = 8
  var interlaced = false
  var palette: [UInt8] = []
  var paletteAlpha: [UInt8] = []
  var transparent: (UInt16, UInt16, UInt16)?
  var gamma = 0.0

  var testDescription: String {
    "\(colour) \(bitDepth) bits\(interlaced ? " interlaced" : "")"
      + (transparent == nil && paletteAlpha.isEmpty ? "" : " tRNS") + (gamma > 0 ? " gAMA" : "")
  }
}

/// Encodes a PNG of rows packed as the format stores them; empty where the library refuses.
func png(_ rows: [UInt8], width: Int, height: Int, _ settings: PNGSettings = PNGSettings()) -> [UInt8] {
  precondition(rows.count == height * ((width * settings.colour.channels * settings.bitDepth + 7) / 8))
  var options = unsafe ss_test_png_options()
  unsafe options.width = UInt32(width)
  unsafe options.height = UInt32(height)
  unsafe options.colour = ss_test_png_colour(rawValue: settings.colour.rawValue)
  unsafe options.bit_depth = Int32(settings.bitDepth)
  unsafe options.interlaced = settings.interlaced
  unsafe options.compression_level = 6
  unsafe options.gamma = settings.gamma
  if let transparent = settings.transparent {
    unsafe options.has_transparent_colour = true
    unsafe options.transparent_colour = transparent
  }
  let capacity = 1 << 20
  return unsafe settings.palette.withUnsafeBufferPointer { palette in
    unsafe settings.paletteAlpha.withUnsafeBufferPointer { alpha in
      unsafe options.palette = palette.baseAddress
      unsafe options.palette_count = Int32(palette.count / 3)
      unsafe options.palette_alpha = alpha.baseAddress
      unsafe options.palette_alpha_count = Int32(alpha.count)
      return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = unsafe ss_test_encode_png(rows, &options, buffer.baseAddress, capacity)
      }
    }
  }
}

/// A PNG chunk with its length and check sum.
/// - Source: PNG 3rd edition, annex D.
func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
  func bigEndian(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
  let checked = Array(type.utf8) + content
  return bigEndian(content.count) + checked + bigEndian(Int(crc32(checked)))
}

/// CRC-32 as PNG and zip use it.
func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
  ~bytes.reduce(~0) { sum, byte in crcTable[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
}

private let crcTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
}

/// The outcome of decoding, for tests that expect a fault.
func fault(of bytes: [UInt8], limits: ImageLimits = ImageLimits()) -> ImageFault? {
  do throws(ImageFault) {
    _ = try ImageDecoder.decode(bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

extension [UInt8] {
  /// The bytes so many times, one after the other.
  func repeated(_ count: Int) -> [UInt8] { (0..<count).flatMap { _ in self } }
}
