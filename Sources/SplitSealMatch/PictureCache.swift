public import SplitSealFingerprint
internal import Synchronization

/// The pictures that were hashed first or compared last, so that not every one is decoded each time that it is asked for.
///
/// All workers share it. Two that miss the same picture at once both decode it, which is rare and changes nothing.
public final class PictureCache: Sendable {
  /// Pictures that are kept: 48 MB.
  private static let capacity = 512

  private struct State {
    var pictures: [Int: ComparisonPicture?] = [:]
    var order: [Int] = []
    var oldest = 0
  }

  /// Where pictures come from that are not kept; `nil` where there are none.
  let source: (any PictureSource)?
  private let state = Mutex(State())

  /// Prepares an empty cache.
  ///
  /// - Parameter source: Where pictures come from; `nil` where there are none.
  public init(_ source: (any PictureSource)?) { self.source = source }

  /// Whether another picture could be kept without forgetting one.
  public var hasRoom: Bool { state.withLock { $0.order.count < Self.capacity } }

  /// Keeps a sample's picture that is there anyway, if there is room.
  public func keep(_ picture: ComparisonPicture, of sample: Int) {
    state.withLock { state in
      guard state.order.count < Self.capacity, state.pictures.updateValue(picture, forKey: sample) == nil else {
        return
      }
      state.order.append(sample)
    }
  }

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
