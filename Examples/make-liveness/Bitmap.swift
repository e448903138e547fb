/// A finished picture.
struct Bitmap: Sendable {
  /// Columns.
  let width: Int
  /// Rows.
  let height: Int
  /// `height * width * 3` bytes: red, green, blue; row-major.
  let samples: [UInt8]
}

extension Bitmap {
  /// Every pixel of a new picture, by the place in this one that it comes from.
  private func rearranged(width: Int, height: Int, from source: (Int, Int) -> (x: Int, y: Int)) -> Bitmap {
    var moved: [UInt8] = []
    moved.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let place = source(x, y)
        let index = (place.y * self.width + place.x) * 3
        moved.append(contentsOf: samples[index..<index + 3])
      }
    }
    return Bitmap(width: width, height: height, samples: moved)
  }

  /// Left and right exchanged.
  var mirrored: Bitmap { rearranged(width: width, height: height) { (width - 1 - $0, $1) } }

  /// Turned by 90 degrees clockwise.
  var turnedRight: Bitmap { rearranged(width: height, height: width) { ($1, height - 1 - $0) } }

  /// Turned by 90 degrees anticlockwise.
  var turnedLeft: Bitmap { rearranged(width: height, height: width) { (width - 1 - $1, $0) } }

  /// Without so many pixels on every side.
  func cropped(left: Int, top: Int, right: Int, bottom: Int) -> Bitmap {
    rearranged(width: width - left - right, height: height - top - bottom) { ($0 + left, $1 + top) }
  }

  /// Half as wide and half as high: every pixel is the mean of four.
  var halved: Bitmap {
    let (columns, rows) = (width / 2, height / 2)
    var means: [UInt8] = []
    means.reserveCapacity(columns * rows * 3)
    for y in 0..<rows {
      for x in 0..<columns {
        for channel in 0..<3 {
          let upper = ((2 * y) * width + 2 * x) * 3 + channel
          let lower = upper + width * 3
          let sum = Int(samples[upper]) + Int(samples[upper + 3]) + Int(samples[lower]) + Int(samples[lower + 3])
          means.append(UInt8((sum + 2) / 4))
        }
      }
    }
    return Bitmap(width: columns, height: rows, samples: means)
  }

  /// Every sample changed by itself.
  func mapped(_ change: (Int) -> Int) -> Bitmap {
    let table = (0...255).map { UInt8(max(0, min(255, change($0)))) }
    return Bitmap(width: width, height: height, samples: samples.map { table[Int($0)] })
  }

  /// Without colour: the luma of BT.601 in integers.
  var grey: Bitmap {
    var greys: [UInt8] = []
    greys.reserveCapacity(samples.count)
    for index in stride(from: 0, to: samples.count, by: 3) {
      let luma = 299 * Int(samples[index]) + 587 * Int(samples[index + 1]) + 114 * Int(samples[index + 2])
      greys.append(contentsOf: repeatElement(UInt8((luma + 500) / 1000), count: 3))
    }
    return Bitmap(width: width, height: height, samples: greys)
  }

  /// With a white frame so many pixels wide.
  func framed(by border: Int) -> Bitmap {
    var framed: [UInt8] = []
    let (columns, rows) = (width + 2 * border, height + 2 * border)
    framed.reserveCapacity(columns * rows * 3)
    for y in 0..<rows {
      for x in 0..<columns {
        let (sourceX, sourceY) = (x - border, y - border)
        if sourceX >= 0, sourceY >= 0, sourceX < width, sourceY < height {
          let index = (sourceY * width + sourceX) * 3
          framed.append(contentsOf: samples[index..<index + 3])
        } else {
          framed.append(contentsOf: [250, 250, 250])
        }
      }
    }
    return Bitmap(width: columns, height: rows, samples: framed)
  }
}
