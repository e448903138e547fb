import SplitSealFingerprint
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealMatch

/// Different pictures that are drawn by one rule: none of them is a copy of another.
@Suite struct LookAlikeTests {
  /// What all pictures of one kind share.
  enum Kind: String, CaseIterable {
    /// A bright and a dark half, with faint detail of their own.
    case halves
    /// An object of another texture each time, in the middle of black ground.
    case discs
    /// Boxes of one template, filled in with other strokes.
    case forms
    /// Lines of other strokes.
    case pages

    func picture(_ seed: UInt64) -> DrawnPicture {
      let texture = DrawnPicture.scene(seed, width: 192, height: 192)
      var random = SplitMix64(seed: seed &* 977)
      let strokes = (0..<4096).map { _ in Double.random(in: 0...1, using: &random) }
      func ink(_ x: Int, _ y: Int) -> Double {
        strokes[(y / 8 * 64 + x / 3) % strokes.count] < 0.5 && y % 8 < 5 ? 30 : 245
      }
      return switch self {
      case .halves:
        texture.mapped { x, _, colour in x < 96 ? 225 + colour * 30 / 255 : colour * 30 / 255 }
      case .discs:
        texture.mapped { x, y, colour in
          (x - 96) * (x - 96) + (y - 96) * (y - 96) < 70 * 70 ? colour : SIMD3()
        }
      case .forms:
        DrawnPicture(width: 192, height: 192) { x, y in
          let isFrame = x % 96 < 2 || y % 24 < 2
          let isFilled = x % 96 > 40 && x % 96 < 88 && y % 24 > 8 && y % 24 < 18
          return SIMD3(repeating: isFrame ? 0 : isFilled ? ink(x, y) : 245)
        }
      case .pages:
        DrawnPicture(width: 192, height: 192) { x, y in
          SIMD3(repeating: (16..<176).contains(x) && (16..<176).contains(y) ? ink(x, y) : 245)
        }
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `no picture is called a copy of another, and a noisy copy is found`(kind: Kind) async throws {
    let pictures = (1...24).map { kind.picture($0) } + [kind.picture(3).noisy(9, levels: 2)]
    let result = try await searchAligned(pictures, Array(repeating: 0, count: 12) + Array(repeating: 1, count: 13))
    #expect(result.matches.map { [$0.first, $0.second] } == [[2, 24]])
  }

  /// An eighth of the picture is covered, or a box with writing stands across it.
  @Test(arguments: [(Kind.discs, true), (.pages, true), (.discs, false), (.forms, false), (.pages, false)])
  func `a copy that is painted over is found among them, whichever of the two is painted`(
    kind: Kind, isBlock: Bool
  ) async throws {
    func painted(_ picture: DrawnPicture) -> DrawnPicture {
      picture.mapped { x, y, colour in
        if isBlock { return (60..<130).contains(x) && (75..<145).contains(y) ? SIMD3(200, 40, 40) : colour }
        guard (24..<158).contains(x), (90..<117).contains(y) else { return colour }
        let isWriting = (30..<152).contains(x) && (98..<109).contains(y) && (x / 5 + y / 4) % 2 == 0
        return SIMD3(repeating: isWriting ? 100 : 190)
      }
    }
    let originals = (1...24).map { kind.picture($0) }
    let split = Array(repeating: 0, count: 12) + Array(repeating: 1, count: 13)
    let copied = try await searchAligned(originals + [painted(originals[2])], split)
    #expect(copied.matches.map { [$0.first, $0.second] } == [[2, 24]])
    var train = originals
    train[2] = painted(originals[2])
    let original = try await searchAligned(train + [originals[2]], split)
    #expect(original.matches.map { [$0.first, $0.second] } == [[2, 24]])
  }
}
