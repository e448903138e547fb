internal import SplitSealFingerprint
internal import SplitSealImage
internal import Synchronization

/// The pictures that were compared last, so that one that many ask for is not decoded each time.
///
/// All workers share it. Two that miss the same picture at once both decode it, which is rare and changes nothing.
final class PictureCache: Sendable {
  /// Pictures that are kept: 48 MB.
  private static let capacity = 512

  private struct State {
    var pictures: [Int: ComparisonPicture?] = [:]
    var order: [Int] = []
    var oldest = 0
  }

  private let source: (any PictureSource)?
  private let state = Mutex(State())

  init(_ source: (any PictureSource)?) { self.source = source }

  /// The picture of a sample; `nil` when its pixels cannot be had.
  func picture(of sample: Int) -> ComparisonPicture? {
    guard let source else { return nil }
    if let known = state.withLock({ $0.pictures[sample] }) { return known }
    let made = source.comparisonPicture(of: sample)
    state.withLock { state in
      guard state.pictures.updateValue(made, forKey: sample) == nil else { return }
      if state.order.count < Self.capacity {
        state.order.append(sample)
      } else {
        state.pictures.removeValue(forKey: state.order[state.oldest])
        state.order[state.oldest] = sample
        state.oldest = (state.oldest + 1) % Self.capacity
      }
    }
    return made
  }
}
