import SplitSealBase
import SplitSealImage
import SplitSealTestSupport
import Testing

@testable import SplitSealFingerprint

@Suite struct PictureFrameTests {
  @Test func `bars above and below are cut`() {
    let plane = noise(width: 300, height: 320, left: 0, top: 40, right: 0, bottom: 50)
    #expect(frame(of: plane) == [0, 40, 300, 230])
  }

  @Test func `a frame is cut on all four sides`() {
    let plane = noise(width: 400, height: 300, left: 30, top: 20, right: 35, bottom: 25)
    #expect(frame(of: plane) == [30, 20, 335, 255])
  }

  @Test(arguments: [[60, 0, 0, 0], [0, 60, 0, 0], [0, 0, 60, 0], [0, 0, 0, 60]])
  func `plain ground on one side belongs to the picture`(border: [Int]) {
    let plane = noise(
      width: 300, height: 320, left: border[0], top: border[1], right: border[2], bottom: border[3])
    #expect(frame(of: plane) == [0, 0, 300, 320])
  }

  @Test func `a picture that is nearly all border stays whole`() {
    let plane = noise(width: 300, height: 320, left: 140, top: 0, right: 140, bottom: 0)
    #expect(frame(of: plane) == [0, 0, 300, 320])
  }

  @Test(arguments: [(1, 1), (1, 40), (40, 1), (2, 3), (300, 300)])
  func `of a plain picture all is left`(size: (Int, Int)) {
    let samples = [Float](repeating: 80, count: size.0 * size.1)
    #expect(frame(of: LumaPlane(width: size.0, height: size.1, samples: samples)) == [0, 0, size.0, size.1])
  }
}

/// Left, top, width and height.
private func frame(of plane: LumaPlane) -> [Int] {
  let frame = PictureFrame(plane)
  return [frame.left, frame.top, frame.width, frame.height]
}

/// Noise of all levels inside borders of one level, off by 2 at most, as a JPEG's are.
private func noise(width: Int, height: Int, left: Int, top: Int, right: Int, bottom: Int) -> LumaPlane {
  var random = SplitMix64(seed: 1)
  let samples = (0..<width * height).map { index -> Float in
    let (x, y) = (index % width, index / width)
    let isInside = x >= left && x < width - right && y >= top && y < height - bottom
    return Float.random(in: isInside ? 0...255 : 18...22, using: &random)
  }
  return LumaPlane(width: width, height: height, samples: samples)
}
