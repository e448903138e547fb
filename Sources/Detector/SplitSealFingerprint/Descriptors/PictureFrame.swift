internal import CVision
internal import SplitSealImage

/// The part of a picture inside its uniform borders: letterbox, frame, white margin.
///
/// Only borders on two opposite sides are cut: plain ground on one side belongs to the picture.
struct PictureFrame: Hashable {
  let left: Int
  let top: Int
  let width: Int
  let height: Int

  /// Names a part.
  init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// Finds the frame of a plane of 1 x 1 or more.
  init(_ plane: LumaPlane) {
    var rect = [Int](repeating: 0, count: 4)
    unsafe plane.samples.withUnsafeBufferPointer { samples in
      unsafe rect.withUnsafeMutableBufferPointer { rect in
        unsafe rect.withMemoryRebound(to: UInt.self) { rect in
          unsafe ss_vision_trim_borders(samples.baseAddress, plane.width, plane.height, rect.baseAddress)
        }
      }
    }
    (left, top, width, height) = (rect[0], rect[1], rect[2], rect[3])
  }

  /// Whether it is the whole of a plane: there are no borders.
  func isWhole(_ plane: LumaPlane) -> Bool { width == plane.width && height == plane.height }
}
