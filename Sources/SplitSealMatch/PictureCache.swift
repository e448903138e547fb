internal import SplitSealFingerprint
internal import SplitSealImage

/// The pictures that were compared last, so that one that many ask for is not decoded each time.
struct PictureCache {
  /// Pictures that are kept: 24 MB.
  private static let capacity = 256

  private let source: (any PictureSource)?
  private var pictures: [Int: ComparisonPicture?] = [:]
  private var order: [Int] = []
  private var oldest = 0

  init(_ source: (any PictureSource)?) { self.source = source }

  /// The picture of a sample; `nil` when its pixels cannot be had.
  mutating func picture(of sample: Int) -> ComparisonPicture? {
    guard let source else { return nil }
    if let known = pictures[sample] { return known }
    let made = source.picture(of: sample, leastSide: ComparisonPicture.leastSide).map { ComparisonPicture($0) }
    if order.count < Self.capacity {
      order.append(sample)
    } else {
      pictures.removeValue(forKey: order[oldest])
      order[oldest] = sample
      oldest = (oldest + 1) % Self.capacity
    }
    pictures.updateValue(made, forKey: sample)
    return made
  }
}
