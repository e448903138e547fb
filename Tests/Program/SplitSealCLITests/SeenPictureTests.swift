import CTestImages
import Testing

/// Leaks are found in files that most programs show black, white or empty.
@Suite struct SeenPictureTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// How the pictures of a dataset are written; in each the test split holds picture 3 of training, as anybody would export it.
  enum Form: String, CaseIterable, Sendable {
    case tenBits = "PNG of 16 bits that use 10"
    case labelMask = "masks of labels 0 to 3"
    case darkJPEG = "JPEGs of levels 0 to 30"
    case clear = "black on transparency, over hidden colours"

    func file(_ picture: Picture) -> [UInt8] {
      switch self {
      case .tenBits: picture.wide { $0 * 4 }
      case .labelMask: picture.mapped { $0 / 64 }.png
      case .darkJPEG: picture.mapped { UInt8(Int($0) * 30 / 255) }.jpeg
      case .clear: picture.clear(over: 17)
      }
    }

    /// The same picture in another file.
    func copy(_ picture: Picture) -> [UInt8] {
      switch self {
      case .tenBits, .darkJPEG: picture.jpeg
      case .labelMask: picture.mapped { $0 / 64 * 85 }.jpeg
      case .clear: picture.clear(over: 99)
      }
    }
  }

  @Test(arguments: Form.allCases) func `a copy in another file is found and nothing else`(_ form: Form) throws {
    for seed in 0..<12 {
      try bench.write("set/\(seed < 6 ? "train" : "test")/\(seed).png", form.file(Picture(seed: seed)))
    }
    try bench.write("set/test/copy.png", form.copy(Picture(seed: 3)))
    let outcome = try bench.run("scan", "set", "--no-cache", "-v")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("FAIL: 1 of 7 test images (14 %) is a copy of a training image"))
    #expect(outcome.output.contains("test/copy.png") && outcome.output.contains("train/3.png"))
    #expect(!outcome.output.contains("too little"))
  }
}

extension Picture {
  /// The picture with other levels.
  fileprivate func mapped(_ level: (UInt8) -> UInt8) -> Picture {
    var picture = self
    picture.samples = samples.map(level)
    return picture
  }

  /// As a grey PNG of 16 bits.
  fileprivate func wide(_ level: (Int) -> Int) -> [UInt8] {
    let rows = samples.flatMap { sample -> [UInt8] in
      let level = level(Int(sample))
      return [UInt8(level >> 8), UInt8(level & 255)]
    }
    return png(rows, SS_TEST_PNG_GRAY, bitDepth: 16)
  }

  /// As a PNG of black whose alpha draws the picture, the darkest third opaque and the brightest transparent, with other
  /// colours under what is transparent.
  fileprivate func clear(over hidden: Int) -> [UInt8] {
    let rows = samples.enumerated().flatMap { place, sample -> [UInt8] in
      let alpha = UInt8(max(0, min(255, 510 - 3 * Int(sample))))
      let colour = alpha == 0 ? (0..<3).map { UInt8((place * hidden * ($0 + 1)) % 256) } : [0, 0, 0]
      return colour + [alpha]
    }
    return png(rows, SS_TEST_PNG_RGBA, bitDepth: 8)
  }

  private func png(_ rows: [UInt8], _ colour: ss_test_png_colour, bitDepth: Int32) -> [UInt8] {
    var options = unsafe ss_test_png_options()
    unsafe options.width = UInt32(Self.side)
    unsafe options.height = UInt32(Self.side)
    unsafe options.colour = colour
    unsafe options.bit_depth = bitDepth
    unsafe options.compression_level = 6
    let capacity = 1 << 17
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = unsafe ss_test_encode_png(rows, &options, buffer.baseAddress, capacity)
    }
  }
}
