import SplitSealImage
import Testing

/// Files made to cost much: refused by their headers, or bounded.
@Suite struct HostileImageTests {
  static let signature: [UInt8] = [0x89] + Array("PNG\r\n\u{1A}\n".utf8)

  /// A PNG that declares a size and has next to no pixels.
  private func bomb(width: UInt32, height: UInt32) -> [UInt8] {
    let sides = [width, height].flatMap { side in (0..<4).map { UInt8(truncatingIfNeeded: side >> (24 - 8 * $0)) } }
    return Self.signature + chunk("IHDR", sides + [8, 6, 0, 0, 0]) + chunk("IDAT", [0x78, 0x01]) + chunk("IEND", [])
  }

  @Test func `a PNG header over the limit is refused before anything is allocated`() {
    let side = 0x7FFF_FFFF
    #expect(
      fault(of: bomb(width: UInt32(side), height: UInt32(side)))
        == .tooManyPixels(width: side, height: side, limit: 1 << 27))
    #expect(fault(of: bomb(width: 1 << 14, height: (1 << 13) + 1))?.kind == "too-many-pixels")
    // As many as are allowed, and transparent ones take twice the memory.
    #expect(
      fault(of: bomb(width: 1 << 14, height: 1 << 13)) == .tooMuchMemory(byteCount: 1_080_896_608, limit: 285_212_672))
  }

  @Test func `an elongated picture takes memory for every sample of its luma, and is refused before`() {
    // A square of as many pixels is looked at by blocks of them, and costs a quarter.
    #expect(fault(of: bomb(width: 134, height: 1_000_000))?.kind == "too-much-memory")
    #expect(fault(of: bomb(width: 5_000, height: 5_000))?.kind == "corrupt")
    #expect(fault(of: bomb(width: 500, height: 50_000))?.kind == "too-much-memory")
    var limits = ImageLimits()
    limits.maximumPixelCount = 1 << 28
    #expect(fault(of: bomb(width: 500, height: 50_000), limits: limits)?.kind == "corrupt")
  }

  @Test func `a JPEG in scans takes memory for its coefficients, and is refused before`() throws {
    var settings = JPEGSettings()
    (settings.progressive, settings.sampling) = (true, (1, 1))
    var file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16, settings)
    let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC2]) })
    file.replaceSubrange((frame + 5)..<(frame + 9), with: [0x20, 0x00, 0x20, 0x00])  // 8,192 x 8,192.
    #expect(fault(of: file)?.kind == "too-much-memory")
    let luma = #expect(throws: ImageFault.self) {
      try ImageDecoder.decodeLuma(file, leastSide: 128, scratch: DecoderScratch())
    }
    #expect(luma?.kind == "too-much-memory")
  }

  @Test(
    arguments: [(0x8000_0000, 1), (1, 0x8000_0000), (0xFFFF_FFFF, 0xFFFF_FFFF), (0, 5), (5, 0)] as [(UInt32, UInt32)])
  func `sides that PNG does not allow are corrupt`(_ width: UInt32, _ height: UInt32) {
    #expect(fault(of: bomb(width: width, height: height))?.kind == "corrupt")
  }

  @Test func `a row too long to buffer is unsupported`() {
    #expect(fault(of: bomb(width: 100_000_000, height: 1))?.kind == "unsupported")
  }

  @Test func `a JPEG header over the limit is refused`() throws {
    var file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
    file.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xDC, 0xFF, 0xDC])  // 65,500 x 65,500.
    #expect(fault(of: file) == .tooManyPixels(width: 65500, height: 65500, limit: 1 << 27))
    file.replaceSubrange((frame + 5)..<(frame + 9), with: [0x20, 0x00, 0x20, 0x00])  // 8,192 x 8,192: allowed.
    #expect(fault(of: file)?.kind == "corrupt")
    file.replaceSubrange((frame + 5)..<(frame + 9), with: [0, 0, 0, 16])
    #expect(fault(of: file)?.kind == "corrupt")
  }

  @Test func `limits are inclusive`() throws {
    let file = png([1, 2, 3, 4, 5, 6], width: 2, height: 1)
    var limits = ImageLimits()
    limits.maximumPixelCount = 2
    limits.maximumByteCount = file.count
    #expect(fault(of: file, limits: limits) == nil)
    limits.maximumPixelCount = 1
    #expect(fault(of: file, limits: limits) == .tooManyPixels(width: 2, height: 1, limit: 1))
    limits.maximumByteCount -= 1
    #expect(fault(of: file, limits: limits) == .tooManyBytes(count: file.count, limit: file.count - 1))
  }

  @Test func `senseless limits do not crash`() {
    let file = bomb(width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)
    var limits = ImageLimits()
    limits.maximumPixelCount = .max
    #expect(fault(of: file, limits: limits)?.kind == "too-many-pixels")
    limits.maximumPixelCount = .min
    #expect(fault(of: file, limits: limits)?.kind == "too-many-pixels")
    limits.maximumByteCount = -1
    #expect(fault(of: file, limits: limits)?.kind == "too-many-bytes")
  }

  @Test(
    arguments: [
      (0xC3, "lossless"), (0xC9, "arithmetic coding"), (0xCA, "arithmetic coding"), (0xC5, "hierarchical or reserved"),
      (0xCB, "lossless, arithmetic coding"),
    ] as [(UInt8, String)]) func `frames that no camera writes are unsupported`(_ marker: UInt8, _ detail: String)
    throws
  {
    var file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
    file[frame + 1] = marker
    #expect(fault(of: file) == .unsupported(.jpeg, detail: detail))
  }

  @Test func `12 bits a sample are unsupported`() throws {
    var file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
    file[frame + 4] = 12
    #expect(fault(of: file)?.kind == "unsupported")
  }

  @Test func `a JPEG may have 500 scans and no more`() throws {
    #expect(try ImageDecoder.decode(scans(500)).pixels == (0..<64).flatMap { _ in [128, 128, 128, 255] as [UInt8] })
    #expect(fault(of: scans(501)) == .corrupt(reason: "too many progressive scans"))
  }

  @Test func `a hundred pieces of padding are harmless and more are not`() throws {
    let file = jpeg(ramps(width: 16, height: 16, channels: 3), width: 16, height: 16)
    let end = 4 + Int(file[4]) << 8 + Int(file[5])
    func padded(_ count: Int) -> [UInt8] {
      Array(file[..<end]) + (0..<count).flatMap { _ in [0, 0xFF, 0xFE, 0, 2] as [UInt8] } + Array(file[end...])
    }
    #expect(fault(of: padded(100)) == nil)
    #expect(fault(of: padded(101))?.kind == "corrupt")
  }

  /// A sound progressive JPEG of one grey block in as many scans as asked for, 896 at most: every coefficient by itself,
  /// from bit 13 down to bit 0, all of them zero.
  /// - Source: ITU-T T.81, annexes B and G.
  private func scans(_ count: Int) -> [UInt8] {
    let quantization = [0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
    let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
    // One code of one bit, "0", for symbol 0: no difference in a DC table, end of block in an AC table.
    func table(_ id: UInt8) -> [UInt8] { [0xFF, 0xC4, 0, 20, id, 1] + [UInt8](repeating: 0, count: 15) + [0] }
    var file = [0xFF, 0xD8] + quantization + frame + table(0x00) + table(0x10)
    var written = 0
    for coefficient: UInt8 in 0..<64 {
      for bit: UInt8 in (0...13).reversed() where written < count {
        let previous: UInt8 = bit == 13 ? 0 : bit + 1
        file += [0xFF, 0xDA, 0, 8, 1, 1, 0x00, coefficient, coefficient, previous << 4 | bit, 0x7F]
        written += 1
      }
    }
    return file + [0xFF, 0xD9]
  }
}
