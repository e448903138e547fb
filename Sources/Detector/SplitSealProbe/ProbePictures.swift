internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealMatch
internal import Synchronization

/// The pictures of a dataset with the copies behind them.
///
/// A copy is made once, to be fingerprinted; what is compared is kept from then until the search asks for it.
final class ProbePictures: PictureSource {
  private let dataset: any PictureSource
  /// Samples of the dataset: copy `c` is sample `sampleCount + c`.
  private let sampleCount: Int
  private let copies: ProbeCopies
  private let kept = Mutex<[Int: ComparisonPicture]>([:])
  private let onAsked: @Sendable (_ copy: Int) -> Void

  /// Prepares to give pictures.
  ///
  /// - Parameters:
  ///   - dataset: The pictures of the samples.
  ///   - sampleCount: Samples of the dataset.
  ///   - copies: What is behind them.
  ///   - onAsked: Called, from any task, when the search asks for a copy: its candidates are about to be checked.
  init(
    dataset: any PictureSource, sampleCount: Int, copies: ProbeCopies, onAsked: @escaping @Sendable (Int) -> Void
  ) {
    (self.dataset, self.sampleCount, self.copies, self.onAsked) = (dataset, sampleCount, copies, onAsked)
  }

  /// Keeps what is compared of a copy.
  func keep(_ picture: ComparisonPicture, ofCopy copy: Int) { kept.withLock { $0[copy] = picture } }

  /// Forgets the copies that nobody asked for.
  func forgetCopies() { kept.withLock { $0.removeAll() } }

  /// The whole picture; of a copy there is none: the search would only use it to tell whether all pixels are equal.
  func picture(of sample: Int) -> DecodedImage? { sample < sampleCount ? dataset.picture(of: sample) : nil }

  func comparisonPicture(of sample: Int) -> ComparisonPicture? {
    guard sample >= sampleCount else { return dataset.comparisonPicture(of: sample) }
    let copy = sample - sampleCount
    onAsked(copy)
    // One that the cache has forgotten since is made anew: the same again.
    return kept.withLock { $0.removeValue(forKey: copy) } ?? copies.picture(of: copy).map { ComparisonPicture($0) }
  }
}
