public import SplitSealFingerprint
internal import Synchronization

/// The pictures that were hashed first or compared last, so that not every one is decoded each time that it is asked for.
///
/// All workers share it. Two that miss the same picture at once both decode it, which is rare and changes nothing.
public final class PictureCache: Sendable {
  /// Bytes of the pictures that are kept: 7,000 photographs, or all of 40,000 pictures of 32 x 32.
  private static let capacity = 128 << 20
  /// What a sample whose picture cannot be had takes.
  private static let absentByteCount = 64

  private struct State {
    var pictures: [Int: ComparisonPicture?] = [:]
    /// The samples that are kept, in the order in which they came; those before `oldest` are forgotten.
    var order: [Int] = []
    var oldest = 0
    var byteCount = 0

    mutating func insert(_ picture: ComparisonPicture?, of sample: Int) {
      guard pictures.updateValue(picture, forKey: sample) == nil else { return }
      order.append(sample)
      byteCount += picture?.byteCount ?? PictureCache.absentByteCount
    }

    mutating func forgetOldest() {
      let forgotten = pictures.removeValue(forKey: order[oldest])
      byteCount -= forgotten??.byteCount ?? PictureCache.absentByteCount
      oldest += 1
      // The forgotten half goes at once, so that each costs nothing.
      if oldest > order.count / 2 {
        order.removeFirst(oldest)
        oldest = 0
      }
    }
  }

  /// Where pictures come from that are not kept; `nil` where there are none.
  let source: (any PictureSource)?
  private let state = Mutex(State())

  /// Prepares an empty cache.
  ///
  /// - Parameter source: Where pictures come from; `nil` where there are none.
  public init(_ source: (any PictureSource)?) { self.source = source }

  /// Whether another picture could be kept without forgetting one.
  public var hasRoom: Bool { state.withLock { $0.byteCount < Self.capacity } }

  /// Keeps a sample's picture that is there anyway, if there is room.
  public func keep(_ picture: ComparisonPicture, of sample: Int) {
    state.withLock { state in
      if state.byteCount < Self.capacity { state.insert(picture, of: sample) }
    }
  }

  /// The picture of a sample; `nil` when its pixels cannot be had.
  func picture(of sample: Int) -> ComparisonPicture? {
    guard let source else { return nil }
    if let known = state.withLock({ $0.pictures[sample] }) { return known }
    let made = source.comparisonPicture(of: sample)
    state.withLock { state in
      state.insert(made, of: sample)
      while state.byteCount > Self.capacity { state.forgetOldest() }
    }
    return made
  }
}
