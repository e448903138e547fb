internal import SplitSealBase

/// Where each point of a warped picture comes from: the affine map from its points, counted in pixels from the middle, to
/// those of the picture that is warped.
struct CanvasWarp: Hashable, Sendable {
  /// What x adds to the source's x.
  var xx = 1.0
  /// What y adds to the source's x.
  var xy = 0.0
  /// What x adds to the source's y.
  var yx = 0.0
  /// What y adds to the source's y.
  var yy = 1.0
  /// What is added to the source's x, in pixels.
  var shiftX = 0.0
  /// What is added to the source's y, in pixels.
  var shiftY = 0.0

  /// A turn by an angle, counterclockwise where the sine is positive.
  static func turn(cosine: Double, sine: Double) -> CanvasWarp {
    CanvasWarp(xx: cosine, xy: sine, yx: -sine, yy: cosine)
  }

  /// A shear along x by an angle, of its tangent.
  static func shear(tangent: Double) -> CanvasWarp { CanvasWarp(xy: tangent) }

  /// The same warp after which the picture is enlarged so many times.
  func zoomed(_ factor: Double) -> CanvasWarp {
    CanvasWarp(
      xx: xx / factor, xy: xy / factor, yx: yx / factor, yy: yy / factor, shiftX: shiftX, shiftY: shiftY)
  }

  /// The same warp, with the picture shifted by so many of its pixels first.
  func shifted(_ x: Double, _ y: Double) -> CanvasWarp {
    var warp = self
    (warp.shiftX, warp.shiftY) = (shiftX - x, shiftY - y)
    return warp
  }

  /// This warp of what another one makes.
  func following(_ other: CanvasWarp) -> CanvasWarp {
    CanvasWarp(
      xx: other.xx * xx + other.xy * yx, xy: other.xx * xy + other.xy * yy,
      yx: other.yx * xx + other.yy * yx, yy: other.yx * xy + other.yy * yy,
      shiftX: other.xx * shiftX + other.xy * shiftY + other.shiftX,
      shiftY: other.yx * shiftX + other.yy * shiftY + other.shiftY)
  }
}

extension Canvas {
  /// What a warped picture shows where the picture does not reach.
  enum Surroundings: Hashable, Sendable {
    /// Black.
    case black
    /// The nearest pixel of the picture.
    case edge
  }

  /// The picture warped about its middle, bilinear.
  ///
  /// - Parameters:
  ///   - warp: Where each point comes from.
  ///   - surroundings: What is around the picture.
  /// - Returns: A picture of the same size.
  func warped(_ warp: CanvasWarp, in surroundings: Surroundings) -> Canvas {
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    return sampled(isBlackOutside: surroundings == .black) { column, row in
      let (x, y) = (Double(column) - middleX, Double(row) - middleY)
      return (
        middleX + warp.xx * x + warp.xy * y + warp.shiftX, middleY + warp.yx * x + warp.yy * y + warp.shiftY
      )
    }
  }

  /// The picture turned by a small angle about its middle, and zoomed in so far that no corner is empty.
  ///
  /// - Parameters:
  ///   - cosine: Cosine of the angle.
  ///   - sine: Sine of the angle.
  /// - Returns: A picture of the same size.
  func turned(cosine: Double, sine: Double) -> Canvas {
    let aspect = Double(max(width, height)) / Double(shortSide)
    let zoom = 1 / (cosine + sine * aspect)
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    return sampled(isBlackOutside: false) { column, row in
      let (x, y) = ((Double(column) - middleX) * zoom, (Double(row) - middleY) * zoom)
      return (middleX + cosine * x + sine * y, middleY - sine * x + cosine * y)
    }
  }

  /// A picture of the same size, each pixel taken from a place between four others.
  ///
  /// - Parameters:
  ///   - isBlackOutside: Whether a place more than half a pixel outside is black; else it is moved to the edge.
  ///   - place: The place in the picture that a column and a row show, in pixels.
  /// - Returns: The new picture.
  @inline(__always)
  private func sampled(isBlackOutside: Bool, _ place: (_ column: Int, _ row: Int) -> (x: Double, y: Double)) -> Canvas {
    let (lastX, lastY) = (Double(width - 1), Double(height - 1))
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      var index = 0
      unsafe pixels.withUnsafeBufferPointer { pixels in
        for row in 0..<height {
          for column in 0..<width {
            let (placeX, placeY) = place(column, row)
            let isInside = placeX >= -0.5 && placeX <= lastX + 0.5 && placeY >= -0.5 && placeY <= lastY + 0.5
            guard isInside || !isBlackOutside else {
              for channel in 0..<3 { unsafe target[index + channel] = 0 }
              index += 3
              continue
            }
            let (x, y) = (min(max(placeX, 0), lastX), min(max(placeY, 0), lastY))
            let (left, top) = (min(Int(x), width - 2), min(Int(y), height - 2))
            let (right, below) = (x - Double(left), y - Double(top))
            for channel in 0..<3 {
              let corner = top * stride + left * 3 + channel
              let upper = unsafe Double(pixels[corner]) * (1 - right) + Double(pixels[corner + 3]) * right
              let lower =
                unsafe Double(pixels[corner + stride]) * (1 - right) + Double(pixels[corner + stride + 3]) * right
              unsafe target[index + channel] = UInt8(upper * (1 - below) + lower * below + 0.5)
            }
            index += 3
          }
        }
      }
      count = index
    }
    return Canvas(width: width, height: height, pixels: bytes)
  }
}
