internal import SplitSealImage

/// What people and pipelines do to copies of pictures: the edits with which the detector is probed, in a fixed order.
///
/// The raw values are stable names; what an edit does never changes under its name.
public enum ProbeEdit: String, Hashable, Sendable, CaseIterable {
  /// Written as JPEG of that quality.
  case jpeg85, jpeg30
  /// Half as wide and high.
  case half
  /// Shrunk to a short side of 64 or 32 pixels; of small pictures to 3/4 or 1/2.
  case thumbnail64, thumbnail32
  /// Luma only.
  case grayscale
  /// Values x 1.15 + 0.08, x 0.65, (v - 1/2) x 1.4 + 1/2, and to the power of 3/2.
  case brighter, darker, contrast, gamma
  /// Smoothed by a standard deviation of about 0.7 to 1.4 pixels, as the picture is small or large.
  case blur
  /// Noise of standard deviation 8.5 of 255 in every channel.
  case noise
  /// Cropped to that percentage of both sides: anywhere, anywhere, near a corner, around the middle.
  case crop95, crop80, crop65, crop50
  /// In a frame of a tenth of the short side, black, grey or white.
  case border
  /// Black bars of a sixth of the height above and below.
  case letterbox
  /// A bar with marks like letters over the middle, 7/10 of the width, 1/6 of the height.
  case caption
  /// A grey block over 3/10 of both sides, anywhere.
  case cutout
  /// A coloured disc of a fifth of the short side in a corner.
  case logo
  /// Mirrored left to right, top to bottom.
  case mirror, flip
  /// Turned clockwise by right angles.
  case turn90, turn180
  /// Turned by that many degrees and zoomed in until no corner is empty.
  case turn5, turn10
  /// 3/4 as wide.
  case squeeze
  /// Beside another picture of the dataset, of the same height.
  case beside
  /// Mirrored, cropped to 80 % and written as JPEG of quality 40.
  case mirrorCropJPEG = "mirror-crop80-jpeg40"
  /// Turned by 15 degrees, either way, at the same size: what is outside the picture is black.
  case turn15Black = "turn15-black"
  /// Sheared along x by 15 degrees, either way, about the middle; the rest is black.
  case shear15Black = "shear15-black"
  /// Turned by a right angle and by 15 degrees more, sheared along x by 15 degrees, each either way, and luma only; the
  /// rest is black.
  case turn90Turn15ShearGray = "turn90-turn15-shear15-gray"
  /// Turned by 10 degrees, shifted by a tenth of each side and 10 % larger or smaller, each either way; the pixels of the
  /// edge go on outside.
  case turn10ShiftZoomEdges = "turn10-shift10-zoom10-edges"
  /// Cropped to half of both sides, the crop at one of the four edges, anywhere along it.
  case crop50Edge = "crop50-edge"
  /// One of four pictures of the dataset at half their size, which meet with a corner each at a cross off the centre: clipped
  /// where they leave the picture, grey where none is.
  case mosaic
  /// One of four pictures of the dataset, two beside two, each a quarter of the whole.
  case collage

  /// Edits a picture.
  ///
  /// - Parameters:
  ///   - canvas: The picture.
  ///   - others: Three other pictures of the dataset, as far as it has so many.
  ///   - random: Says where crops and marks lie, and which colours they have.
  /// - Returns: The edited picture, no side shorter than ``Canvas/leastSide``.
  /// - Throws: What the JPEG codec says when memory does not suffice.
  func applied(
    to canvas: Canvas, beside others: [Canvas], _ random: inout ProbeRandom
  ) throws(ImageFault) -> Canvas {
    switch self {
    case .jpeg85: try canvas.reencoded(quality: 85)
    case .jpeg30: try canvas.reencoded(quality: 30)
    case .half: canvas.resized(width: canvas.width / 2, height: canvas.height / 2)
    case .thumbnail64: canvas.scaled(shortSide: min(64, canvas.shortSide * 3 / 4))
    case .thumbnail32: canvas.scaled(shortSide: min(32, canvas.shortSide / 2))
    case .grayscale: canvas.grey()
    case .brighter: canvas.recoloured { $0 * 1.15 + 0.08 }
    case .darker: canvas.recoloured { $0 * 0.65 }
    case .contrast: canvas.recoloured { ($0 - 0.5) * 1.4 + 0.5 }
    case .gamma: canvas.recoloured { $0 * $0.squareRoot() }
    case .blur: canvas.blurred(passes: min(max(canvas.shortSide / 64, 1), 4))
    case .noise: canvas.noisy(&random)
    case .crop95: canvas.cropped(to: 0.95, x: random.share(), y: random.share())
    case .crop80: canvas.cropped(to: 0.8, x: random.share(), y: random.share())
    case .crop65: canvas.cropped(to: 0.65, x: Self.offCentre(&random), y: Self.offCentre(&random))
    case .crop50: canvas.cropped(to: 0.5, x: 0.25 + random.share() / 2, y: 0.25 + random.share() / 2)
    case .border: Self.bordered(canvas, &random)
    case .letterbox: canvas.framed(columns: 0, rows: max(1, canvas.height / 6), grey: 0)
    case .caption: canvas.captioned(&random)
    case .cutout: canvas.cutOut(&random)
    case .logo: canvas.marked(&random)
    case .mirror: canvas.oriented(.mirror)
    case .flip: canvas.oriented(.flip)
    case .turn90: canvas.oriented(.turn90)
    case .turn180: canvas.oriented(.turn180)
    // The C library's functions may differ in the last bit from machine to machine.
    case .turn5: canvas.turned(cosine: 0.9961946980917455, sine: 0.08715574274765817)
    case .turn10: canvas.turned(cosine: 0.984807753012208, sine: 0.17364817766693033)
    case .squeeze: canvas.resized(width: canvas.width * 3 / 4, height: canvas.height)
    case .beside: Self.paired(canvas, others[0], &random)
    case .mirrorCropJPEG:
      try canvas.oriented(.mirror).cropped(to: 0.8, x: random.share(), y: random.share()).reencoded(quality: 40)
    case .turn15Black: canvas.warped(Self.turn15(&random), in: .black)
    case .shear15Black: canvas.warped(Self.shear15(&random), in: .black)
    case .turn90Turn15ShearGray:
      canvas.oriented(random.below(2) == 0 ? .turn90 : Orientation.turn90.inverse)
        .warped(Self.shear15(&random).following(Self.turn15(&random)), in: .black).grey()
    case .turn10ShiftZoomEdges: canvas.warped(Self.turnShiftZoom(of: canvas, &random), in: .edge)
    case .crop50Edge: Self.croppedAtEdge(canvas, &random)
    case .mosaic: canvas.mosaic(with: others, &random)
    case .collage: canvas.collage(with: others, &random)
    }
  }

  /// 1 or -1.
  private static func sign(_ random: inout ProbeRandom) -> Double { random.below(2) == 0 ? 1 : -1 }

  private static func turn15(_ random: inout ProbeRandom) -> CanvasWarp {
    .turn(cosine: 0.9659258262890683, sine: sign(&random) * 0.25881904510252074)
  }

  private static func shear15(_ random: inout ProbeRandom) -> CanvasWarp {
    .shear(tangent: sign(&random) * 0.2679491924311227)
  }

  private static func turnShiftZoom(of canvas: Canvas, _ random: inout ProbeRandom) -> CanvasWarp {
    let turn = CanvasWarp.turn(cosine: 0.984807753012208, sine: sign(&random) * 0.17364817766693033)
    let (x, y) = (sign(&random) * Double(canvas.width) / 10, sign(&random) * Double(canvas.height) / 10)
    return turn.zoomed(1 + sign(&random) / 10).shifted(x, y)
  }

  private static func croppedAtEdge(_ canvas: Canvas, _ random: inout ProbeRandom) -> Canvas {
    let edge = Double(random.below(2))
    return random.below(2) == 0
      ? canvas.cropped(to: 0.5, x: edge, y: random.share()) : canvas.cropped(to: 0.5, x: random.share(), y: edge)
  }

  /// A place in the outer fifths of 0...1.
  private static func offCentre(_ random: inout ProbeRandom) -> Double {
    let place = random.share() * 0.4
    return place < 0.2 ? place : place + 0.6
  }

  private static func bordered(_ canvas: Canvas, _ random: inout ProbeRandom) -> Canvas {
    let thickness = max(1, canvas.shortSide / 10)
    return canvas.framed(columns: thickness, rows: thickness, grey: [0, 128, 255][random.below(3)])
  }

  private static func paired(_ canvas: Canvas, _ other: Canvas, _ random: inout ProbeRandom) -> Canvas {
    // A strip as high as the picture would be longer than any memory.
    let neighbourWidth = min(other.width * canvas.height / other.height, 2 * canvas.width)
    let neighbour = other.resized(width: neighbourWidth, height: canvas.height)
    let isFirst = random.below(2) == 0
    return Canvas(width: canvas.width + neighbour.width, height: canvas.height, grey: 0)
      .covered(by: canvas, left: isFirst ? 0 : neighbour.width, top: 0)
      .covered(by: neighbour, left: isFirst ? canvas.width : 0, top: 0)
  }
}
