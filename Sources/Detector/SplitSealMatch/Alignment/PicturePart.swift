internal import SplitSealBase
internal import CVision
internal import SplitSealFingerprint

/// A part of a picture which its stored views do not hold: turned, sheared, at an edge, a tile of a mosaic, or what stands on
/// plain ground.
///
/// Such parts are described when a dataset is searched, most of them from the pixels of the pictures that ask alone, so that
/// the pictures they are compared with keep the views they have.
enum PicturePart: Hashable, Sendable {
  /// A stored view, described again.
  case stored(DescriptorView)
  /// The middle of the picture seen aslant; `share` of its sides, more than 0.
  case slanted(Slant, share: Double)
  /// Half of both sides, at the middle of an edge.
  case edge(Edge)
  /// The whole, with what is painted over covered by what surrounds it.
  case unpainted
  /// What stands on plain ground. Borders of one level are cut from every picture, but a copy with noise, with marks of
  /// compression or with a frame has none.
  case content
  /// What stands on plain ground in the middle of the picture, seen aslant: there the corners that a turn leaves are outside.
  case slantedContent(Slant)
  /// One of the pictures of a mosaic, 0...3.
  case tile(Int)
  /// The corner of such a tile that lies at the cross where the tiles meet: 3/8 of the picture's sides.
  case tileCorner(Int)
  /// The largest part of such a tile that has the shape of the pictures that are compared with: a picture that was cropped
  /// to its tile was not squeezed.
  case tileWindow(Int, Anchor, Shape)

  /// Where a part lies in a tile that is longer than it.
  enum Anchor: Hashable, Sendable, CaseIterable {
    /// At the cross where the tiles meet.
    case cross
    case middle
    /// At the edge of the picture.
    case edge
  }

  /// A shape that pictures commonly have.
  enum Shape: Hashable, Sendable, CaseIterable {
    case tall, square, wide

    /// Width over height.
    var aspect: Double {
      switch self {
      case .tall: 0.75
      case .square: 1
      case .wide: 4.0 / 3
      }
    }

    /// The shape that is nearest to a picture's.
    init(aspect: Double) { self = aspect < 0.866 ? .tall : aspect > 1.155 ? .wide : .square }
  }

  /// How a part is turned or sheared.
  enum Slant: Hashable, Sendable, CaseIterable {
    case left15, right15, left30, right30, acrossLeft, acrossRight, downLeft, downRight
    /// Sheared both ways at once: drawn out along one diagonal, squeezed along the other.
    case alongRising, alongFalling

    /// Where the axes of the part point in the picture, both in units of one length: across first, then down.
    ///
    /// Numbers instead of sines, whose last digit differs between machines.
    fileprivate var axes: (across: (x: Double, y: Double), down: (x: Double, y: Double)) {
      let (sine15, cosine15, sine30, cosine30) = (0.2588190451025207, 0.9659258262890683, 0.5, 0.8660254037844386)
      // The tangent of 18 degrees.
      let shear = 0.3249196962329063
      // About that of 8.5 degrees.
      let bothWays = 0.15
      return switch self {
      case .left15: ((cosine15, -sine15), (sine15, cosine15))
      case .right15: ((cosine15, sine15), (-sine15, cosine15))
      case .left30: ((cosine30, -sine30), (sine30, cosine30))
      case .right30: ((cosine30, sine30), (-sine30, cosine30))
      case .acrossLeft: ((1, 0), (-shear, 1))
      case .acrossRight: ((1, 0), (shear, 1))
      case .downLeft: ((1, -shear), (0, 1))
      case .downRight: ((1, shear), (0, 1))
      case .alongRising: ((1, -bothWays), (-bothWays, 1))
      case .alongFalling: ((1, bothWays), (bothWays, 1))
      }
    }
  }

  /// Where the part lies in a picture: takes its points, as shares of its sides, to the picture's.
  ///
  /// - Parameters:
  ///   - aspect: Width of the picture over its height.
  ///   - isPainted: Whether a part of it seems to be painted over.
  ///   - tiles: The tiles it seems to be made of.
  ///   - content: What stands on plain ground in a part, in shares of the part's sides.
  /// - Returns: The place; `nil` where the picture has no such part.
  func place(
    aspect: Double, isPainted: Bool = false, tiles: [PictureShare],
    content: (AffineWarp) -> PictureShare? = { _ in nil }
  ) -> AffineWarp? {
    switch self {
    case .unpainted: return isPainted ? .identity : nil
    case .content: return content(.identity).map { AffineWarp($0) }
    case .slantedContent(let slant):
      // So much of a square that was turned by 15 degrees lies inside of it.
      let middle = PicturePart.slanted(slant, share: 0.8).place(aspect: aspect, tiles: tiles, content: content)
      return middle.flatMap { middle in content(middle).map { middle.following(AffineWarp($0)) } }
    case .stored(let view): return AffineWarp(view.share)
    case .slanted(let slant, let share):
      let (across, down) = slant.axes
      // A square of the picture's own shape, seen in the picture scaled to a square.
      let (xx, xy) = (share * across.x, share * down.x / aspect)
      let (yx, yy) = (share * across.y * aspect, share * down.y)
      return AffineWarp(xx: xx, xy: xy, x: 0.5 - (xx + xy) / 2, yx: yx, yy: yy, y: 0.5 - (yx + yy) / 2)
    case .edge(let edge): return AffineWarp(edge.share)
    case .tile(let number): return tiles.indices.contains(number) ? AffineWarp(tiles[number]) : nil
    case .tileCorner(let number):
      guard tiles.indices.contains(number) else { return nil }
      let tile = tiles[number]
      let side = 0.375
      // Tiles that are hardly larger or smaller than that are searched for as they are.
      guard tile.width >= 0.8 * side, tile.height >= 0.8 * side, tile.width < 0.99, tile.height < 0.99
      else { return nil }
      let (width, height) = (min(side, tile.width), min(side, tile.height))
      let isLeft = tile.left <= 0, isUpper = tile.top <= 0
      return AffineWarp(
        PictureShare(
          left: isLeft ? tile.left + tile.width - width : tile.left,
          top: isUpper ? tile.top + tile.height - height : tile.top, width: width, height: height))
    case .tileWindow(let number, let anchor, let shape):
      guard tiles.indices.contains(number) else { return nil }
      return Self.window(of: tiles[number], anchor, ratio: shape.aspect / aspect).map { AffineWarp($0) }
    }
  }

  /// The largest part of a tile whose width is `ratio` times its height, in shares of the picture's sides; `nil` where it is
  /// nearly the tile.
  private static func window(of tile: PictureShare, _ anchor: Anchor, ratio: Double) -> PictureShare? {
    let width = min(tile.width, tile.height * ratio)
    let height = width / ratio
    if anchor != .cross, width > 0.85 * tile.width, height > 0.85 * tile.height { return nil }
    func start(_ first: Double, _ length: Double, _ part: Double) -> Double {
      // The tiles on the left and at the top begin at the edge and end at the cross.
      let isAtStart = (first <= 0) == (anchor == .edge)
      return anchor == .middle ? first + (length - part) / 2 : isAtStart ? first : first + length - part
    }
    return PictureShare(
      left: start(tile.left, tile.width, width), top: start(tile.top, tile.height, height), width: width, height: height
    )
  }

  /// The parts of the pictures that are compared with which are described too, where these are few.
  static let ofBase = Edge.allCases.map(PicturePart.edge) + [.content]

  /// The stored view that says best, in a report, which part it is.
  var closestView: DescriptorView {
    switch self {
    case .stored(let view): view
    case .slanted: .middle
    case .edge(let edge): edge.half
    case .unpainted, .content, .slantedContent, .tile, .tileCorner, .tileWindow: .whole
    }
  }
}

/// An edge of a picture, by the part at its middle: half of both sides.
///
/// The stored views have such parts in the corners and in the middle only.
enum Edge: Int, Hashable, Sendable, CaseIterable {
  case upper, lower, left, right

  /// Where the part lies.
  var share: PictureShare {
    switch self {
    case .upper: PictureShare(left: 0.25, top: 0, width: 0.5, height: 0.5)
    case .lower: PictureShare(left: 0.25, top: 0.5, width: 0.5, height: 0.5)
    case .left: PictureShare(left: 0, top: 0.25, width: 0.5, height: 0.5)
    case .right: PictureShare(left: 0.5, top: 0.25, width: 0.5, height: 0.5)
    }
  }

  /// The half of the picture that holds it.
  var half: DescriptorView {
    switch self {
    case .upper: .upperHalf
    case .lower: .lowerHalf
    case .left: .leftHalf
    case .right: .rightHalf
    }
  }
}

/// A part that was described.
struct DescribedPart: Sendable {
  /// Its descriptor, ``GradientDescriptors/length`` numbers.
  let numbers: [Int8]
  /// Where it lies in the picture.
  let place: AffineWarp
}

/// Describes parts of pictures.
///
/// One for each worker: it keeps 100 KB between pictures.
struct PartDescriber {
  /// The picture without what is painted over, and as it is.
  private var levels: [Float] = [], asItIs: [Float] = []

  /// Makes a describer.
  init() {}

  /// Describes parts of a picture.
  ///
  /// - Returns: Those that are there and show enough.
  mutating func describe(_ parts: [PicturePart], of picture: ComparisonPicture) -> [PicturePart: DescribedPart] {
    picture.fill(&levels)
    if picture.isPainted { picture.fill(&asItIs, coversPaint: false) }
    let asksForTiles = parts.contains {
      switch $0 {
      case .tile, .tileCorner, .tileWindow: true
      case .stored, .slanted, .edge, .unpainted, .content, .slantedContent: false
      }
    }
    let tiles = asksForTiles ? self.tiles() : []
    var described: [PicturePart: DescribedPart] = [:]
    for part in parts {
      let place = part.place(
        aspect: picture.aspect, isPainted: picture.isPainted, tiles: tiles, content: content(of:))
      guard let place, let numbers = numbers(part, place, isPainted: picture.isPainted)
      else { continue }
      described[part] = DescribedPart(numbers: numbers, place: place)
    }
    return described
  }

  /// The descriptor of a part of the picture at hand; `nil` where it shows too little.
  private func numbers(_ part: PicturePart, _ place: AffineWarp, isPainted: Bool) -> [Int8]? {
    var numbers = [Int8](repeating: 0, count: GradientDescriptors.length)
    var storedView: DescriptorView?
    if case .stored(let view) = part { storedView = view }
    let found = unsafe (storedView != nil && isPainted ? asItIs : levels).withUnsafeBufferPointer { levels in
      if let view = storedView {
        // As the fingerprint's were made.
        let (left, top, width, height) = view.eighths
        let unit = Int(SS_VISION_CANONICAL_SIDE) / 8
        return unsafe ss_vision_describe_view(
          levels.baseAddress, left * unit, top * unit, width * unit, height * unit, &numbers)
      }
      return unsafe ss_vision_describe_part(levels.baseAddress, place.numbers.map(Float.init), &numbers)
    }
    return found == 1 ? numbers : nil
  }

  /// What stands on plain ground in a part of the picture at hand, in shares of the part's sides; `nil` where there is no
  /// ground around it.
  private func content(of part: AffineWarp) -> PictureShare? {
    var rect: [Float] = [0, 0, 1, 1]
    let found = unsafe levels.withUnsafeBufferPointer { levels in
      unsafe ss_vision_find_content(levels.baseAddress, part.numbers.map(Float.init), &rect)
    }
    guard found == 1 else { return nil }
    let n = rect.map(Double.init)
    return PictureShare(left: n[0], top: n[1], width: n[2], height: n[3])
  }

  /// The pictures that the one at hand seems to be made of.
  private func tiles() -> [PictureShare] {
    var numbers = [Float](repeating: 0, count: 16)
    let count = unsafe levels.withUnsafeBufferPointer { levels in
      unsafe numbers.withUnsafeMutableBytes { numbers in
        unsafe ss_vision_find_tiles(
          levels.baseAddress, numbers.baseAddress?.assumingMemoryBound(to: (Float, Float, Float, Float).self))
      }
    }
    return (0..<Int(count)).map { tile in
      let n = numbers[(4 * tile)..<(4 * tile + 4)].map(Double.init)
      return PictureShare(left: n[0], top: n[1], width: n[2], height: n[3])
    }
  }
}

/// The parts of pictures that a search compares beside their stored views.
struct DescribedPixels: Sendable {
  /// The picture of a class; `nil` where its pixels cannot be had.
  let picture: (@Sendable (Int) -> ComparisonPicture?)?
  private let ofBase: [Int: [PicturePart: DescribedPart]]

  /// Describes where parts come from.
  ///
  /// - Parameters:
  ///   - picture: The picture of a class; `nil` where no parts of the queries are compared.
  ///   - ofBase: For each class of the base those of ``PicturePart/ofBase`` that are there and show enough.
  init(
    picture: (@Sendable (Int) -> ComparisonPicture?)? = nil, ofBase: [Int: [PicturePart: DescribedPart]] = [:]
  ) {
    (self.picture, self.ofBase) = (picture, ofBase)
  }

  /// Whether parts of the base were described.
  var hasBaseParts: Bool { !ofBase.isEmpty }

  /// A part of a class of the base; `nil` where it is not there or shows too little.
  func part(_ part: PicturePart, of index: Int32) -> DescribedPart? { ofBase[Int(index)]?[part] }
}
