import Testing

@testable import SplitSealAudit

/// Which numbers of file names are taken for those of frames.
@Suite struct FrameNameTests {
  @Test(arguments: [
    ("train/walk/frame_0012.jpg", "walk/frame_#.jpg", 12),
    ("IMG_20240102_123456.jpg", "IMG_20240102_#.jpg", 123_456),
    ("cam2frame12.png", "cam2frame#.png", 12),
    // A hash behind the number names one file, and not the film.
    ("walk_0012_jpg.rf.3f9a1c0b77de4a5590e2ab34cd56ef01.jpg", "walk_#_jpg.rf.*.jpg", 12),
    ("7_a1b2c3d4.png", "#_*.png", 7),
    ("7_123e4567-e89b-12d3-a456-426614174000.png", "#_*.png", 7),
    // One before it may name the film.
    ("3f9a1c0b77de4a5590e2ab34cd56ef01_7.png", "3f9a1c0b77de4a5590e2ab34cd56ef01_#.png", 7),
    ("1699999999123.png", "#.png", 1_699_999_999_123), ("20240102123456.png", "#.png", 20_240_102_123_456),
    ("COCO_val2014_000000581929.jpg", "COCO_val2014_#.jpg", 581_929), ("beef0012.png", "beef#.png", 12),
    ("a/12b/x.3.png", "a/12b/x.#.png", 3),
  ])
  func `a number that counts is one`(_ path: String, _ sequence: String, _ number: Int64) {
    let name = FrameName(path, split: "train")
    #expect(name.map { String(decoding: $0.sequence, as: UTF8.self) } == sequence)
    #expect(name?.number == number)
  }

  @Test(arguments: [
    // SHA-1, a UUID, base 32 and base 62, an id of a web site, its secret, too many digits.
    "9e107d9d372bb6826bd81d3542a419d6f0a1b2c3.jpg", "123e4567-e89b-12d3-a456-426614174000.png",
    "mzxw6ytboi5gk3tbnq4d2ora7ebq.jpg", "x_aB3dE6gH1jK4mN7p.jpg", "3385593926_0dfa12bb3c_b.jpg", "3385593926.jpg",
    "1234567890123456789.png", "photo.jpg", "20241399123456.png", ".jpg", "",
  ])
  func `digits that count nothing are no number`(_ path: String) { #expect(FrameName(path, split: "train") == nil) }
}
