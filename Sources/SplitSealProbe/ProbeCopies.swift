internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch

/// Edited copies, made whenever one is asked for: only the pictures that they are made of are kept.
struct ProbeCopies: Sendable {
  /// A picture of the dataset at its working size.
  struct Original: Sendable {
    let sample: Int
    let format: ImageFormat
    let canvas: Canvas
  }

  let originals: [Original]
  let seed: UInt32

  /// The picture of one copy; `nil` when memory does not suffice.
  func picture(of edit: ProbeEdit, original index: Int) -> DecodedImage? {
    let original = originals[index]
    var random = ProbeRandom(UInt64(seed), UInt64(original.sample), edit.number)
    let other = originals[(index + 1) % originals.count].canvas
    return (try? edit.applied(to: original.canvas, beside: other, &random))?.image(format: original.format)
  }

  /// What fingerprinting makes of one copy.
  ///
  /// A copy has no file: the digest of its bytes is that of its name, so that no two copies have equal bytes.
  func outcome(of edit: ProbeEdit, original index: Int, _ fingerprinter: inout Fingerprinter) -> FingerprintOutcome {
    let content = ContentDigest(of: Array("splitseal/probe/\(edit.rawValue)/\(originals[index].sample)".utf8))
    guard let picture = picture(of: edit, original: index) else {
      return .unreadable(.unreadable(reason: "not enough memory to edit it"), content)
    }
    return fingerprinter.outcome(of: picture, content: content)
  }
}

extension ProbeEdit {
  /// The edit's part in the seed of its random numbers: FNV-1a of its name, so that no new edit moves those of another.
  var number: UInt64 { rawValue.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}

/// The pictures of a dataset with some of the copies behind them.
struct ProbePictures: PictureSource {
  let dataset: any PictureSource
  /// Samples of the dataset.
  let sampleCount: Int
  let copies: ProbeCopies
  /// The edits in work: copy `i * edits.count + e` is edit `e` of original `i`, so that copies with the same candidates
  /// follow one another and the search need not read those again.
  let edits: [ProbeEdit]

  func picture(of sample: Int) -> DecodedImage? {
    guard sample >= sampleCount else { return dataset.picture(of: sample) }
    return copy(sample)
  }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    sample >= sampleCount ? copy(sample).map { ComparisonPicture($0) } : dataset.comparisonPicture(of: sample)
  }

  private func copy(_ sample: Int) -> DecodedImage? {
    let (original, edit) = (sample - sampleCount).quotientAndRemainder(dividingBy: edits.count)
    return copies.picture(of: edits[edit], original: original)
  }
}
