import SplitSealFingerprint
import SplitSealImage
import Synchronization
import Testing

@testable import SplitSealMatch

/// Pictures are kept as long as there is room, and made again when there was none.
@Suite struct PictureCacheTests {
  private let source = CountingPictures()

  @Test func `a picture that is kept is not made again`() {
    let cache = PictureCache(source)
    cache.keep(ComparisonPicture(DrawnPicture.scene(1).image), of: 7)
    #expect(cache.picture(of: 7) == ComparisonPicture(DrawnPicture.scene(1).image))
    #expect(source.asked.isEmpty)
    #expect(cache.picture(of: 8) != nil && cache.picture(of: 8) != nil)
    #expect(cache.picture(of: 9) == nil && cache.picture(of: 9) == nil)
    #expect(source.asked == [8, 9], "each once, also the one that is not there")
  }

  @Test func `with the room gone the oldest are forgotten first`() {
    let cache = PictureCache(source)
    let picture = ComparisonPicture(DrawnPicture.scene(2).image)
    var kept = 100
    while cache.hasRoom {
      cache.keep(picture, of: kept)
      kept += 1
    }
    #expect(kept - 100 == (128 << 20) / picture.byteCount + 1)
    cache.keep(picture, of: kept)
    _ = cache.picture(of: kept)
    #expect(source.asked == [kept], "nothing is kept beyond the room")
    for sample in 100..<110 { _ = cache.picture(of: sample) }
    #expect(source.asked.first { $0 < kept } == 100)
    _ = cache.picture(of: kept - 1)
    #expect(!source.asked.contains(kept - 1))
  }

  @Test func `without a source there are no pictures`() {
    let cache = PictureCache(nil)
    cache.keep(ComparisonPicture(DrawnPicture.scene(1).image), of: 0)
    #expect(cache.picture(of: 0) == nil)
  }
}

/// Has a picture for every sample but the ninth.
private final class CountingPictures: PictureSource {
  private let samples = Mutex<[Int]>([])

  var asked: [Int] { samples.withLock { $0 } }

  func picture(of sample: Int) -> DecodedImage? {
    samples.withLock { $0.append(sample) }
    return sample == 9 ? nil : DrawnPicture.scene(3).image
  }
}
