import SplitSealImage
import Testing

@testable import SplitSealFingerprint

/// Expected hashes are those of the reference implementation (pdqhash 0.2.8, the Python binding of the C++) on the same
/// pixels.
@Suite struct PDQHasherTests {
  @Test(arguments: [
    (5, 5, "cb726e5b348d91a46b5a91a4cb726c5b94a56e5bcb724e5b348d91a46b5a91a4", 100),
    (32, 32, "af4dfb155222dcaa22cadf02de28fb552a07a559ba2501aff2187b43ea16bf04", 100),
    (33, 20, "be0161ff61ff5e0040c63e11ae2d5e00e5fb1e00bf655a91ff2549a9d652da26", 100),
    (64, 64, "daba5aaf53f796001c02d4ffddedffcd2882058ff19c49bc8db84d900c80ccb0", 100),
    (100, 37, "c6d98cabceb86860e45459bfc4e97976e61d874f1ffbb802707471f079e03040", 100),
    (129, 257, "fd209fc8ff00d7b2d328ffb0a720b508df207fa89700eb80ff025f80bf00ffa0", 100),
    (500, 375, "854f2549fa2ef9b8c52fb3d4e47cab60d3aeade8bb62cfc0e09009ec07946590", 100),
    (512, 512, "85ff72eae1558eac5251074a0d65b92ea2e95ac3069548a43a9c84ffcc9bc2fd", 100),
  ])
  func `the same pixels give the reference's hash`(width: Int, height: Int, hash: String, quality: Int) {
    var hasher = PDQHasher()
    let hashes = hasher.hashes(of: pattern(width: width, height: height))
    #expect(hashes.standard.identity.description == hash)
    #expect(hashes.quality == quality)
  }

  @Test(arguments: [
    (Orientation.identity, "3f5ffb73b988f153fd53c0bc43ee43f5c7d8c3f8cfd04b80d210d9800900dd80"),
    (.turn270, "7ceda00bf80007f7e837775ec2f80e6a27f5241f47402217a64078ffda0027ff"),
    (.turn180, "6a0a51d9ecdd5bf9a9066a1615bbeb5e128569521b85e92ac745632a5d55672a"),
    (.turn90, "29380aa1ad55ad5dbd72ddf497ada4c072a08eb5121588bdf315d2558f558d55"),
    (.flip, "3f5f048cb9880eacfc533f4342eebe0b47d03d07ced0bc7f9210367f0800727f"),
    (.mirror, "6a0aae26ecdda406a90695e917bb14a1928597ad9b851ed5c7459cd55d55d8d5"),
    (.transpose, "7ced5ffdf800f80de83788a1c3f8fbf727f5dbe04740dde8a6c08700da00d900"),
    (.transverse, "2918f55fad5552a2bd72220b95ad5b7f72a0714a12157742f3152daa8f5572aa"),
  ])
  func `one DCT gives the reference's hashes of all eight orientations`(orientation: Orientation, hash: String) {
    var hasher = PDQHasher()
    #expect(hasher.hashes(of: pattern(width: 120, height: 90)).standard[orientation].description == hash)
  }

  @Test(arguments: Orientation.allCases)
  func `the centred hash for an orientation is that of the moved picture`(orientation: Orientation) {
    let plane = pattern(width: 121, height: 90)
    var hasher = PDQHasher()
    let predicted = hasher.hashes(of: plane).centred[orientation]
    // Only rounding separates the two: the standard's sampling is some twenty bits off here.
    #expect(hasher.hashes(of: plane.moved(orientation)).centred.identity.distance(to: predicted) <= 2)
  }

  @Test(arguments: [(256, 192), (250, 250), (150, 132)])
  func `the centred hash stands halving`(width: Int, height: Int) {
    let plane = smooth(width: width, height: height)
    var half: [Float] = []
    for row in 0..<(height / 2) {
      for column in 0..<(width / 2) {
        let at = 2 * row * width + 2 * column
        half.append(
          (plane.samples[at] + plane.samples[at + 1] + plane.samples[at + width] + plane.samples[at + width + 1]) / 4)
      }
    }
    var hasher = PDQHasher()
    let whole = hasher.hashes(of: plane).centred.identity
    let halved = hasher.hashes(of: LumaPlane(width: width / 2, height: height / 2, samples: half)).centred.identity
    #expect(whole.distance(to: halved) <= 8)
  }

  @Test func `a flat picture has no quality`() {
    var hasher = PDQHasher()
    let flat = LumaPlane(width: 80, height: 60, samples: Array(repeating: 128, count: 80 * 60))
    #expect(hasher.hashes(of: flat).quality == 0)
  }

  @Test(arguments: [(4, 100), (100, 4), (1, 1)])
  func `a side under five pixels hashes to zero with quality zero`(width: Int, height: Int) {
    var hasher = PDQHasher()
    let hashes = hasher.hashes(of: pattern(width: width, height: height))
    #expect(hashes.standard.identity == PDQHash())
    #expect(hashes.quality == 0)
  }

  @Test func `a hasher remembers nothing of the pictures before`() {
    var used = PDQHasher()
    _ = used.hashes(of: pattern(width: 500, height: 375))
    var fresh = PDQHasher()
    let plane = pattern(width: 100, height: 37)
    #expect(used.hashes(of: plane) == fresh.hashes(of: plane))
  }

  @Test func `the 128th smallest is found among ties and in any order`() {
    for seed in 0..<50 {
      var state = UInt64(seed)
      let values = (0..<256).map { _ -> Float in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 60)
      }
      #expect(PDQTransform.smallest(128, of: values) == values.sorted()[127])
    }
  }
}

/// Red, green and blue from whole-number formulas, so that any language makes the same picture; as BT.601 luma.
func pattern(width: Int, height: Int) -> LumaPlane {
  var samples: [Float] = []
  for y in 0..<height {
    for x in 0..<width {
      let red = (x * x * 3 + 7 * x * y + y * y * 5) / 16 % 256
      let green = ((x * 37) ^ (y * 91)) % 256
      let blue = (x / 5 * 40 + y / 7 * 60) % 256
      samples.append(Float(Double(red) * 0.299 + Double(green) * 0.587 + Double(blue) * 0.114))
    }
  }
  return LumaPlane(width: width, height: height, samples: samples)
}

/// A picture without detail finer than a few pixels: bumps of several sizes, by whole-number formulas.
func smooth(width: Int, height: Int) -> LumaPlane {
  let bumps = [(20, 30, 25), (70, 20, 35), (45, 70, 30), (85, 80, 20), (10, 85, 18), (60, 50, 12)]
  var samples: [Float] = []
  for y in 0..<height {
    for x in 0..<width {
      var value = 20.0
      for (index, bump) in bumps.enumerated() {
        let dx = Double(x) / Double(width) * 100 - Double(bump.0)
        let dy = Double(y) / Double(height) * 100 - Double(bump.1)
        value += max(0, 1 - (dx * dx + dy * dy) / Double(bump.2 * bump.2)) * Double(60 + 20 * index)
      }
      samples.append(Float(value))
    }
  }
  return LumaPlane(width: width, height: height, samples: samples)
}

extension LumaPlane {
  /// The plane after `orientation` was applied to it.
  func moved(_ orientation: Orientation) -> LumaPlane {
    let (width, height) = orientation.swapsAxes ? (self.height, self.width) : (self.width, self.height)
    var samples: [Float] = []
    for row in 0..<height {
      for column in 0..<width {
        let (r, c): (Int, Int) =
          switch orientation {
          case .identity: (row, column)
          case .mirror: (row, self.width - 1 - column)
          case .turn180: (self.height - 1 - row, self.width - 1 - column)
          case .flip: (self.height - 1 - row, column)
          case .transpose: (column, row)
          case .turn90: (self.height - 1 - column, row)
          case .transverse: (self.height - 1 - column, self.width - 1 - row)
          case .turn270: (column, self.width - 1 - row)
          }
        samples.append(self.samples[r * self.width + c])
      }
    }
    return LumaPlane(width: width, height: height, samples: samples)
  }
}
