import Foundation
import SplitSealAudit
import SplitSealFingerprint
import SplitSealImage
import SplitSealMatch
import SplitSealTestSupport
import Testing

@testable import SplitSealReport

/// The pictures of a page: each once, and no more than there is room for.
@Suite struct ReportPicturesTests {
  /// Pictures of one colour each, with noise where asked; those that are missing cannot be read.
  struct Source: ReportPictureSource {
    var missing: Set<Int> = []
    var noise = false
    var width = 40
    var height = 30

    func picture(of sample: Int, leastSide: Int) -> DecodedImage? {
      guard !missing.contains(sample) else { return nil }
      var random = SplitMix64(seed: UInt64(sample))
      let pixels = (0..<width * height).flatMap { _ -> [UInt8] in
        noise
          ? [UInt8.random(in: 0...255, using: &random), UInt8.random(in: 0...255, using: &random), 9, 255]
          : [UInt8(40 * (sample % 6)), 200, UInt8(255 - 40 * (sample % 6)), 255]
      }
      return DecodedImage(
        format: .png, width: width, height: height, bitsPerChannel: 8, orientation: .identity, pixels: pixels)
    }
  }

  private func page(_ result: AuditResult, _ pictures: ReportPictures) -> String {
    String(
      decoding: HTMLReport(result, context: ReportedDataset.context, pictures: pictures).bytes, as: UTF8.self)
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  /// One picture in three training and three test images: nine pairs of six pictures.
  private let repeated = ReportedDataset.audited([
    "train/cat a", "train/cat a", "train/cat a", "test/cat a", "test/cat a", "test/cat a",
  ])

  @Test func `a picture that stands in many pairs is there once`() async throws {
    let pictures = try await ReportPictures(repeated, from: Source(), workerCount: 2)
    #expect(pictures.tiles.keys.sorted() == Array(0..<6))
    #expect(Set(pictures.tiles.values.map { "\($0.sheet) \($0.left) \($0.top)" }).count == 6)
    let html = page(repeated, pictures)
    #expect(count("<article", in: html) == 9)
    #expect(count("data:image/jpeg;base64,", in: html) == 1)
    #expect(count("<pattern id=\"p", in: html) == 6)
  }

  @Test func `a tile of the sheet is the picture`() async throws {
    let pictures = try await ReportPictures(repeated, from: Source(), workerCount: 1)
    let sheet = try ImageDecoder.decode(pictures.sheets[0].jpeg)
    for (sample, tile) in pictures.tiles {
      #expect((tile.width, tile.height) == (40, 30))
      // Subsampled colour of the tile before reaches the outermost pixels.
      for (x, y) in [(1, 1), (39, 29), (20, 15)] {
        let place = ((tile.top + y) * sheet.width + tile.left + x) * 4
        let expected = [40 * (sample % 6), 200, 255 - 40 * (sample % 6)]
        for channel in 0..<3 { #expect(abs(Int(sheet.pixels[place + channel]) - expected[channel]) < 12) }
      }
    }
  }

  @Test func `the page does not depend on the number of workers`() async throws {
    let result = ReportedDataset.leaks.result
    let one = try await ReportPictures(result, from: Source(noise: true), workerCount: 1)
    let many = try await ReportPictures(result, from: Source(noise: true), workerCount: 5)
    #expect(page(result, one) == page(result, many))
  }

  @Test func `a picture that cannot be read is missing and said to be`() async throws {
    let pictures = try await ReportPictures(repeated, from: Source(missing: [4]), workerCount: 2)
    let html = page(repeated, pictures)
    #expect(html.contains("1 picture not shown: the file cannot be read or has changed since it was checked."))
    #expect(count("<div class=\"pic none\">no picture</div>", in: html) == 3)
  }

  @Test func `pictures that take too much are made smaller, and what has no room is left out and counted`() async throws
  {
    // 2,400 pictures of noise, which no codec makes small.
    let result = ReportedDataset.audited((0..<1_200).map { "train/cat c\($0)\ntest/cat c\($0)" })
    let pictures = try await ReportPictures(
      result, from: Source(noise: true, width: 96, height: 96), workerCount: 2)
    let html = page(result, pictures)
    #expect(html.utf8.count < HTMLReport.byteCount)
    #expect(pictures.sheets.reduce(0) { $0 + $1.jpeg.count } * 4 / 3 <= HTMLReport.pictureByteCount)
    #expect(pictures.tiles.count + pictures.omittedCount == 2_400)
    let said = html.contains("left out: the page would be larger than 25 MB")
    #expect(said == (pictures.omittedCount > 0))
  }

  @Test func `the outline of a crop is where it was cut, in pixels of the picture`() throws {
    let match = Match(
      first: 0, second: 1, kind: .aligned, score: 0.9, orientation: .identity, distance: nil,
      alignment: MatchAlignment(cosine: 1, firstView: .whole, secondView: .whole, overlap: 1))
    // The second is the right half of the first, without its lowest quarter.
    let warp = PairWarp(
      secondInFirst: AffineWarp(xx: 0.5, xy: 0, x: 0.5, yx: 0, yy: 0.75, y: 0), isAligned: true)
    let (first, second) = (
      PictureTile(sheet: 0, left: 0, top: 0, width: 80, height: 60),
      PictureTile(sheet: 0, left: 80, top: 0, width: 40, height: 30)
    )
    let onFirst = PairDrawing(first, 0, 1, second, match, warp, isPrinted: false).html
    let text = String(decoding: onFirst.bytes, as: UTF8.self)
    #expect(text.contains("d=\"M40 0L80 0L80 45L40 45Z\""))
    #expect(text.contains("transform=\"matrix(1 0 0 1.5 40 0)\""))
    let onSecond = PairDrawing(second, 1, 0, nil, match, warp, isPrinted: false).html
    #expect(String(decoding: onSecond.bytes, as: UTF8.self).contains("d=\"M-40 0L40 0L40 40L-40 40Z\""))
  }

  @Test func `pictures are packed without overlap, in blocks of their own`() {
    var packer = SheetPacker()
    let pictures = (0..<40).map {
      Preview(width: 30 + $0 * 3, height: 90 - $0, pixels: Array(repeating: 0, count: (30 + $0 * 3) * (90 - $0) * 3))
    }
    let tiles = pictures.map { packer.place($0) }
    packer.finish()
    let sheets = packer.takeFinished()
    for (index, tile) in tiles.enumerated() {
      #expect(tile.left.isMultiple(of: 16) && tile.top.isMultiple(of: 16))
      #expect(tile.left + tile.width <= sheets[tile.sheet].width && tile.top + tile.height <= sheets[tile.sheet].height)
      for other in tiles[..<index] where other.sheet == tile.sheet {
        #expect(
          other.left + other.width <= tile.left || tile.left + tile.width <= other.left
            || other.top + other.height <= tile.top || tile.top + tile.height <= other.top)
      }
    }
    #expect(sheets.count > 1 && sheets.allSatisfy { max($0.width, $0.height) <= SheetPacker.side })
  }
}
