import Foundation
import SplitSealImage
import SplitSealTestSupport
import Testing

/// Real photographs in every colour mode, decoded as Pillow decodes them, to the last bit.
///
/// The photographs are PDQ's conformance images. They are not part of this repository; the suite is skipped where
/// `shared/data/pdq.tar` is not beside it.
@Suite(.enabled(if: ConformanceArchive.isPresent, "there is no shared/data/pdq.tar beside the repository"))
struct PillowAgreementTests {
  /// Sums of `Image.convert("RGBA").tobytes()` with Pillow 13.0.0, which holds libjpeg-turbo 3.2.0.
  @Test(
    arguments: [
      ("misc-images/modes/1.png", 1600, 1004, .identity, 0xE5D6_8687_D31F_2EE2),
      ("misc-images/modes/CMYK.jpg", 1600, 1004, .identity, 0x9253_EBAC_05F0_89AC),
      ("misc-images/modes/L.png", 1600, 1004, .identity, 0xE073_F48F_D731_404B),
      ("misc-images/modes/LA.png", 1600, 1004, .identity, 0xE073_F48F_D731_404B),
      ("misc-images/modes/P.png", 1600, 1004, .identity, 0x7B42_32E6_D241_6D37),
      ("misc-images/modes/RGB.jpg", 1600, 1004, .identity, 0x682B_E6A4_6718_D070),
      ("misc-images/modes/RGBA.png", 1600, 1004, .identity, 0x049F_7375_B39B_E621),
      ("misc-images/modes/YCbCr.jpg", 1600, 1004, .identity, 0x3CEA_4FC6_6E0A_7351),
      ("misc-images/small.jpg", 224, 399, .identity, 0x4852_8A8E_14A9_8C3D),
      ("misc-images/wee.jpg", 34, 42, .identity, 0x9774_3644_0EBA_8C49),
      ("reg-test-input/exif-rotn/exif-rotn-3.jpg", 4032, 3024, .turn180, 0x9096_D8F9_DCC3_E943),
      ("reg-test-input/exif-rotn/exif-rotn-6.jpg", 4032, 3024, .turn90, 0xB81A_562C_5EFE_802C),
    ] as [(String, Int, Int, Orientation, UInt64)])
  func `pixels equal Pillow's`(
    _ name: String, _ width: Int, _ height: Int, _ orientation: Orientation, _ sum: UInt64
  ) throws {
    let image = try ImageDecoder.decode(#require(try ConformanceArchive.file(name)))
    #expect(image.width == width && image.height == height && image.orientation == orientation)
    #expect(ConformanceArchive.sum(image.pixels) == sum)
  }
}

extension ConformanceArchive {
  /// FNV-1a over little-endian words of 64 bits, the last filled with zeros.
  fileprivate static func sum(_ bytes: [UInt8]) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    unsafe bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count {
        let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        sum = (sum ^ word) &* 0x100_0000_01B3
        offset += 8
      }
      var rest: UInt64 = 0
      for index in (offset..<bytes.count).reversed() { rest = unsafe rest << 8 | UInt64(bytes[index]) }
      if offset < bytes.count { sum = (sum ^ rest) &* 0x100_0000_01B3 }
    }
    return sum
  }
}
