/// How many samples of colour a JPEG has for those of its luma.
public enum ChromaSubsampling: String, Hashable, Sendable, CaseIterable {
  /// No colour at all.
  case grey
  /// One sample of each colour for each of luma.
  case full = "4:4:4"
  /// Half as many across.
  case halfAcross = "4:2:2"
  /// Half as many across and down, which most programs write.
  case halfBoth = "4:2:0"
  /// Half as many down: a 4:2:2 picture that was turned.
  case halfDown = "4:4:0"
  /// A quarter as many across.
  case quarterAcross = "4:1:1"
  /// A quarter as many across and half as many down.
  case quarterAcrossHalfDown = "4:1:0"
  /// Whatever else.
  case other

  /// Tells it by the sampling factors of a frame's components.
  ///
  /// - Parameter factors: Across and down, for each component in the frame's order.
  /// - Source: ITU-T T.81 A.1.1 and B.2.2.
  init(factors: [(across: Int, down: Int)]) {
    guard let luma = factors.first, factors.count != 1 else {
      self = factors.isEmpty ? .other : .grey
      return
    }
    let colour = factors[1]
    // Of four components the last is K, which has as many samples as luma.
    guard factors[1...].prefix(2).allSatisfy({ $0 == colour }), factors.count >= 3, colour.across > 0,
      colour.down > 0, luma.across.isMultiple(of: colour.across), luma.down.isMultiple(of: colour.down)
    else {
      self = .other
      return
    }
    switch (luma.across / colour.across, luma.down / colour.down) {
    case (1, 1): self = .full
    case (2, 1): self = .halfAcross
    case (2, 2): self = .halfBoth
    case (1, 2): self = .halfDown
    case (4, 1): self = .quarterAcross
    case (4, 2): self = .quarterAcrossHalfDown
    default: self = .other
    }
  }
}
