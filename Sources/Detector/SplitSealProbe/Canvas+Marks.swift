extension Canvas {
  /// A bar with marks like letters over the middle.
  func captioned(_ random: inout ProbeRandom) -> Canvas {
    let (barWidth, barHeight) = (max(6, width * 7 / 10), max(4, height / 6))
    var bar = Canvas(width: barWidth, height: barHeight, grey: 245)
    let cell = max(3, barHeight / 2)
    for left in Swift.stride(from: cell / 2, to: barWidth - cell, by: cell) where random.below(6) > 0 {
      for _ in 0..<3 {
        let isUpright = random.below(2) == 0
        let (length, thickness) = (max(1, cell * 3 / 4), max(1, cell / 5))
        let mark = Canvas(width: isUpright ? thickness : length, height: isUpright ? length : thickness, grey: 15)
        bar = bar.covered(
          by: mark, left: left + random.below(cell - mark.width + 1),
          top: (barHeight - cell) / 2 + random.below(cell - mark.height + 1))
      }
    }
    return covered(by: bar, left: (width - barWidth) / 2, top: (height - barHeight) / 2)
  }

  /// A grey block of 3/10 of each side, somewhere.
  func cutOut(_ random: inout ProbeRandom) -> Canvas {
    let block = Canvas(width: max(2, width * 3 / 10), height: max(2, height * 3 / 10), grey: 128)
    return covered(
      by: block, left: random.below(width - block.width + 1), top: random.below(height - block.height + 1))
  }

  /// A coloured disc with a bar through it, of a fifth of the short side, in one of the corners.
  func marked(_ random: inout ProbeRandom) -> Canvas {
    let side = max(3, shortSide / 5)
    let margin = (shortSide - side) / 16
    let left = random.below(2) == 0 ? margin : width - side - margin
    let top = random.below(2) == 0 ? margin : height - side - margin
    let colour = (0..<3).map { _ in UInt8(random.below(256)) }
    var result = self
    for row in 0..<side {
      for column in 0..<side {
        let (x, y) = (2 * column - side + 1, 2 * row - side + 1)
        guard x * x + y * y <= side * side else { continue }
        let isBar = abs(y) * 4 < side
        for channel in 0..<3 {
          result.pixels[(top + row) * stride + (left + column) * 3 + channel] = isBar ? 255 : colour[channel]
        }
      }
    }
    return result
  }
}
