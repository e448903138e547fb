internal import SplitSealBase
internal import SplitSealFingerprint
internal import SplitSealImage

/// Edited copies: only the pictures that they are made of are kept, at the size at which they are edited.
struct ProbeCopies: Sendable {
  /// A picture of the dataset at its working size.
  struct Original: Sendable {
    let sample: Int
    let format: ImageFormat
    let canvas: Canvas
  }

  let originals: [Original]
  let seed: UInt32
  /// Edits of each original, 1...``ProbeEdit/allCases``.
  let copiesPerImage: Int

  /// Copies in all.
  var count: Int { originals.count * copiesPerImage }

  /// Which original a copy is made of: copies of one follow one another, so that the search finds their candidates still
  /// in memory.
  func original(of copy: Int) -> Original { originals[copy / copiesPerImage] }

  /// How a copy is made: the edits take turns, so that each is tried as often as the others but for one, on images from
  /// the whole dataset.
  func edit(of copy: Int) -> ProbeEdit { ProbeEdit.allCases[copy % ProbeEdit.allCases.count] }

  /// The picture of one copy; `nil` when memory does not suffice.
  func picture(of copy: Int) -> DecodedImage? {
    let (original, edit) = (original(of: copy), edit(of: copy))
    var random = ProbeRandom(UInt64(seed), UInt64(original.sample), edit.number)
    let number = copy / copiesPerImage
    let others = (1...3).map { originals[(number + $0) % originals.count].canvas }
    return (try? edit.applied(to: original.canvas, beside: others, &random))?.image(format: original.format)
  }

  /// What fingerprinting makes of one copy.
  ///
  /// A copy has no file: the digest of its bytes is that of its name, so that no two copies have equal bytes.
  func outcome(of copy: Int, _ fingerprinter: inout Fingerprinter) -> FingerprintOutcome {
    let name = "splitseal/probe/\(edit(of: copy).rawValue)/\(original(of: copy).sample)"
    let content = ContentDigest(of: Array(name.utf8))
    guard let picture = picture(of: copy) else {
      return .unreadable(.unreadable(reason: "not enough memory to edit it"), content)
    }
    return fingerprinter.outcome(of: picture, content: content)
  }
}

extension ProbeEdit {
  /// The edit's part in the seed of its random numbers: FNV-1a of its name, so that no new edit moves those of another.
  var number: UInt64 { rawValue.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
