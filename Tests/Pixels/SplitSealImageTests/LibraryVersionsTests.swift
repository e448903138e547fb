import CImageCodecs
import SplitSealImage
import Testing

/// What the codecs say of themselves.
@Suite struct LibraryVersionsTests {
  @Test func `both libraries and their versions are named on one line`() throws {
    let text = ImageDecoder.libraries
    let pattern = /(libjpeg-turbo [0-9.]+ \([0-9]+[a-z]?, 1991-20[0-9]{2}\)|libjpeg [0-9]+[a-z]?), libpng 1\.[0-9.]+.*/
    #expect(try pattern.wholeMatch(in: text) != nil, "\(text)")
    #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }

  @Test func `a text that is too long is cut and ended`() {
    var text = [CChar](repeating: 1, count: 12)
    unsafe text.withUnsafeMutableBufferPointer { unsafe ss_jpeg_library_version($0.baseAddress, 8) }
    #expect(text[..<8].map { UInt8($0) } == Array("libjpeg\0".utf8))
    #expect(text[8...].allSatisfy { $0 == 1 })
  }
}
