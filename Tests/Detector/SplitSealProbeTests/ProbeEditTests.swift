import SplitSealBase
import SplitSealImage
import Testing

@testable import SplitSealProbe

/// What each edit makes of a picture.
@Suite struct ProbeEditTests {
  /// Soft waves with noise on them: every pixel differs from its neighbours.
  static func picture(width: Int, height: Int, seed: UInt64 = 1) -> Canvas {
    var random = ProbeRandom(seed)
    let (a, b) = (3 + random.below(5), 2 + random.below(5))
    return Canvas(
      width: width, height: height,
      pixels: (0..<height).flatMap { y in
        (0..<width).flatMap { x in
          (0..<3).map { channel in
            let wave = abs((a * x + b * y + 40 * channel) % 160 - 80)
            return UInt8(60 + wave + random.below(40))
          }
        }
      })
  }

  static func edited(_ edit: ProbeEdit, _ canvas: Canvas, seed: UInt64 = 3) throws -> Canvas {
    var random = ProbeRandom(seed)
    return try edit.applied(to: canvas, beside: [2, 4, 5].map { picture(width: 40, height: 20, seed: $0) }, &random)
  }

  /// Mean difference of two pictures of one size, in grey levels.
  static func difference(_ a: Canvas, _ b: Canvas) -> Double {
    Double(zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.pixels.count)
  }

  @Test func `names are stable, distinct and kebab-case`() {
    let names = ProbeEdit.allCases.map(\.rawValue)
    #expect(Set(names).count == 37)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test(arguments: ProbeEdit.allCases, [(8, 8), (32, 32), (8, 100), (301, 200)])
  func `every edit changes every size, the same way each time`(_ edit: ProbeEdit, size: (Int, Int)) throws {
    let canvas = Self.picture(width: size.0, height: size.1)
    let result = try Self.edited(edit, canvas)
    #expect(result.width >= 8 && result.height >= 8)
    #expect(result.pixels.count == result.width * result.height * 3)
    let again = try Self.edited(edit, canvas)
    // Not within #expect, which would print the pictures.
    let isSame = again == result
    #expect(isSame)
    // A side of the least length cannot shrink.
    let isChanged = result != canvas
    #expect(isChanged || size == (8, 8) || (size == (8, 100) && edit == .squeeze))
  }

  @Test(arguments: [
    (ProbeEdit.half, 100, 50), (.thumbnail64, 128, 64), (.thumbnail32, 64, 32), (.squeeze, 150, 100),
    (.letterbox, 200, 132), (.border, 220, 120), (.crop50, 100, 50), (.crop65, 130, 65), (.crop80, 160, 80),
    (.crop95, 190, 95), (.turn90, 100, 200), (.mirrorCropJPEG, 160, 80), (.beside, 400, 100), (.caption, 200, 100),
    (.turn10, 200, 100), (.turn15Black, 200, 100), (.shear15Black, 200, 100), (.turn90Turn15ShearGray, 100, 200),
    (.turn10ShiftZoomEdges, 200, 100), (.crop50Edge, 100, 50), (.mosaic, 200, 100), (.collage, 200, 100),
  ])
  func `sizes are those that the list names`(edit: ProbeEdit, width: Int, height: Int) throws {
    let result = try Self.edited(edit, Self.picture(width: 200, height: 100))
    #expect([result.width, result.height] == [width, height])
  }

  @Test(arguments: [ProbeEdit.mirror, .flip, .turn180])
  func `doing it twice undoes it`(_ edit: ProbeEdit) throws {
    let canvas = Self.picture(width: 31, height: 17)
    #expect(try Self.edited(edit, Self.edited(edit, canvas)).pixels.elementsEqual(canvas.pixels))
  }

  @Test func `four quarter turns are none, and one goes clockwise`() throws {
    let canvas = Self.picture(width: 31, height: 17)
    let once = try Self.edited(.turn90, canvas)
    // The upper left pixel goes to the upper right.
    #expect(Array(once.pixels[(once.stride - 3)..<once.stride]) == Array(canvas.pixels[0..<3]))
    #expect(try (0..<3).reduce(once) { turned, _ in try Self.edited(.turn90, turned) } == canvas)
  }

  @Test func `a crop is a part of the picture`() {
    let canvas = Self.picture(width: 40, height: 30)
    let crop = canvas.cropped(to: 0.5, x: 1, y: 0)
    #expect([crop.width, crop.height] == [20, 15])
    for row in 0..<15 {
      let start = row * canvas.stride + 20 * 3
      #expect(crop.pixels[(row * 60)...].prefix(60) == canvas.pixels[start...].prefix(60))
    }
  }

  @Test func `a resized plain picture stays plain, and means are kept`() {
    let plain = Canvas(width: 37, height: 23, grey: 77)
    #expect(plain.resized(width: 11, height: 50) == Canvas(width: 11, height: 50, grey: 77))
    let canvas = Self.picture(width: 64, height: 64)
    func mean(_ canvas: Canvas) -> Double {
      Double(canvas.pixels.reduce(0) { $0 + Int($1) }) / Double(canvas.pixels.count)
    }
    #expect(abs(mean(canvas) - mean(canvas.resized(width: 9, height: 13))) < 1)
  }

  @Test func `halving averages four pixels`() {
    var canvas = Canvas(width: 16, height: 16, grey: 10)
    for pixel in 0..<256 { canvas.pixels[3 * pixel] = pixel.isMultiple(of: 2) ? 0 : 100 }
    var halved = Canvas(width: 8, height: 8, grey: 10)
    for pixel in 0..<64 { halved.pixels[3 * pixel] = 50 }
    #expect(canvas.resized(width: 8, height: 8) == halved)
  }

  @Test func `a small turn by nothing changes nothing, and its middle stays`() {
    let canvas = Self.picture(width: 33, height: 21)
    #expect(canvas.turned(cosine: 1, sine: 0) == canvas)
    let turned = canvas.turned(cosine: 0.984807753012208, sine: 0.17364817766693033)
    let middle = 10 * canvas.stride + 16 * 3
    #expect(turned.pixels[middle] == canvas.pixels[middle])
  }

  @Test func `a warp that does nothing changes nothing`() {
    let canvas = Self.picture(width: 33, height: 20)
    for surroundings in [Canvas.Surroundings.black, .edge] {
      #expect(canvas.warped(CanvasWarp(), in: surroundings) == canvas)
    }
  }

  @Test func `a shift moves pixels, and shows black or the edge where it leaves`() {
    let canvas = Self.picture(width: 12, height: 9)
    let warp = CanvasWarp().shifted(2, -1)
    let (black, edge) = (canvas.warped(warp, in: .black), canvas.warped(warp, in: .edge))
    for row in 0..<9 {
      for column in 0..<12 {
        func pixel(_ canvas: Canvas, _ column: Int, _ row: Int) -> [UInt8] {
          Array(canvas.pixels[(row * canvas.stride + 3 * column)...].prefix(3))
        }
        let isInside = column >= 2 && row < 8
        #expect(pixel(edge, column, row) == pixel(canvas, max(column - 2, 0), min(row + 1, 8)))
        #expect(pixel(black, column, row) == (isInside ? pixel(canvas, column - 2, row + 1) : [0, 0, 0]))
      }
    }
  }

  @Test func `a warp by a right angle is a turn, and warps follow one another`() {
    let canvas = Self.picture(width: 15, height: 15)
    let quarter = CanvasWarp.turn(cosine: 0, sine: 1)
    let once = canvas.warped(quarter, in: .black)
    #expect(once == canvas.oriented(.turn90) || once == canvas.oriented(.turn90).oriented(.turn180))
    #expect(canvas.warped(quarter.following(quarter), in: .black) == canvas.oriented(.turn180))
    let both = CanvasWarp.shear(tangent: 1).following(quarter)
    #expect(both == CanvasWarp(xx: 0, xy: 1, yx: -1, yy: -1))
  }

  @Test func `a zoom of two shows the middle at twice its size`() {
    var canvas = Canvas(width: 9, height: 9, grey: 0)
    for channel in 0..<3 { canvas.pixels[4 * canvas.stride + 4 * 3 + channel] = 200 }
    let zoomed = canvas.warped(CanvasWarp().zoomed(2), in: .black)
    #expect((2..<7).map { zoomed.pixels[4 * zoomed.stride + 3 * $0] } == [0, 100, 200, 100, 0])
  }

  @Test(arguments: [ProbeEdit.turn15Black, .shear15Black, .turn90Turn15ShearGray])
  func `corners outside are black and the middle stays`(_ edit: ProbeEdit) throws {
    let canvas = Canvas(width: 65, height: 65, grey: 180)
    let result = try Self.edited(edit, canvas)
    func pixel(_ column: Int, _ row: Int) -> UInt8 { result.pixels[row * result.stride + 3 * column] }
    #expect(pixel(32, 32) == 180)
    let corners = [pixel(0, 0), pixel(64, 0), pixel(0, 64), pixel(64, 64)]
    #expect(corners.count { $0 == 0 } >= 2)
    #expect(result.pixels.allSatisfy { $0 == 0 || $0 == 180 })
    let blackShare = Double(result.pixels.count { $0 == 0 }) / Double(result.pixels.count)
    #expect((0.05...0.35).contains(blackShare))
  }

  @Test func `what is turned, sheared and grey has no colour`() throws {
    let result = try Self.edited(.turn90Turn15ShearGray, Self.picture(width: 40, height: 30))
    #expect([result.width, result.height] == [30, 40])
    for pixel in stride(from: 0, to: result.pixels.count, by: 3) {
      let channels = Set(result.pixels[pixel..<(pixel + 3)])
      #expect(channels.count == 1)
    }
  }

  @Test func `edges that go on leave nothing black`() throws {
    let result = try Self.edited(.turn10ShiftZoomEdges, Self.picture(width: 120, height: 90))
    let isBright = result.pixels.allSatisfy { $0 >= 60 }
    #expect(isBright)
  }

  @Test func `a crop at an edge touches one`() throws {
    // Every pixel says where it is.
    let canvas = Canvas(
      width: 100, height: 60, pixels: (0..<6000).flatMap { [UInt8($0 % 100), UInt8($0 / 100), 0] })
    for seed: UInt64 in 1...20 {
      let crop = try Self.edited(.crop50Edge, canvas, seed: seed)
      #expect([crop.width, crop.height] == [50, 30])
      let (left, top) = (Int(crop.pixels[0]), Int(crop.pixels[1]))
      #expect(left == 0 || left == 50 || top == 0 || top == 30)
    }
  }

  @Test func `a collage is four quarters`() {
    let canvas = Canvas(width: 20, height: 18, grey: 10)
    let others = [20, 30, 40].map { Canvas(width: 9, height: 33, grey: $0) }
    var places: Set<Int> = []
    for seed: UInt64 in 1...20 {
      var random = ProbeRandom(seed)
      let collage = canvas.collage(with: others, &random)
      #expect([collage.width, collage.height] == [20, 18])
      let corners = [0, 19 * 3, 17 * 60, 17 * 60 + 19 * 3]
      let quarters: [UInt8] = corners.map { collage.pixels[$0] }
      #expect(quarters.sorted() == [10, 20, 30, 40])
      for grey in [UInt8(10), 20, 30, 40] { #expect(collage.pixels.count { $0 == grey } == 10 * 9 * 3) }
      places.formUnion(quarters.firstIndex(of: 10).map { [$0] } ?? [])
    }
    #expect(places == [0, 1, 2, 3])
  }

  @Test func `a mosaic is four pictures of half the size around a cross that is off the centre`() {
    let canvas = Canvas(width: 100, height: 60, grey: 10)
    let others = [20, 30, 40].map { Canvas(width: 33, height: 9, grey: $0) }
    for seed: UInt64 in 1...20 {
      var random = ProbeRandom(seed)
      let mosaic = canvas.mosaic(with: others, &random)
      #expect([mosaic.width, mosaic.height] == [100, 60])
      var corners: [[Int]] = []
      for grey in [UInt8(10), 20, 30, 40] {
        let own = (0..<6000).filter { mosaic.pixels[3 * $0] == grey }
        let columns: [Int] = own.map { $0 % 100 }
        let rows: [Int] = own.map { $0 / 100 }
        let (left, right) = (columns.min() ?? 0, columns.max() ?? 0)
        let (top, bottom) = (rows.min() ?? 0, rows.max() ?? 0)
        #expect(own.count == (right - left + 1) * (bottom - top + 1))
        #expect(right - left + 1 <= 50 && bottom - top + 1 <= 30)
        corners.append([left, right + 1, top, bottom + 1])
      }
      // The cross is where the left ones end and the right ones begin.
      let x = corners.map { $0[0] }.max() ?? 0
      let y = corners.map { $0[2] }.max() ?? 0
      #expect((35...40).contains(x) || (60...65).contains(x))
      #expect((21...24).contains(y) || (36...39).contains(y))
      #expect(corners.allSatisfy { ($0[0] == x || $0[1] == x) && ($0[2] == y || $0[3] == y) })
      #expect(Set(mosaic.pixels) == [10, 20, 30, 40, 114])
    }
  }

  @Test func `a mosaic of one picture repeats it`() {
    let canvas = Self.picture(width: 32, height: 32)
    var random = ProbeRandom(1)
    let collage = canvas.collage(with: [canvas], &random)
    let half = canvas.resized(width: 16, height: 16)
    #expect(collage.cropped(to: 0.5, x: 0, y: 0) == half && collage.cropped(to: 0.5, x: 1, y: 1) == half)
  }

  @Test func `colours go where the curve sends them`() throws {
    let canvas = Canvas(width: 8, height: 8, grey: 100)
    #expect(try Self.edited(.brighter, canvas).pixels[0] == 135)
    #expect(try Self.edited(.darker, canvas).pixels[0] == 65)
    #expect(try Self.edited(.contrast, canvas).pixels[0] == 89)
    #expect(try Self.edited(.gamma, canvas).pixels[0] == 63)
    let red = Canvas(width: 8, height: 8, pixels: (0..<192).map { $0 % 3 == 0 ? 200 : 0 })
    #expect(try Self.edited(.grayscale, red) == Canvas(width: 8, height: 8, grey: 60))
  }

  @Test func `noise is as strong as it says and leaves the mean`() throws {
    let plain = Canvas(width: 100, height: 100, grey: 128)
    let noisy = try Self.edited(.noise, plain)
    let errors = noisy.pixels.map { Double($0) - 128 }
    let variance = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    #expect(abs(variance - 72) < 3)
    #expect(abs(errors.reduce(0, +) / Double(errors.count)) < 0.2)
  }

  @Test func `marks cover what they should and leave the rest`() throws {
    let canvas = Self.picture(width: 120, height: 90)
    for (edit, least, most) in [(ProbeEdit.caption, 0.05, 0.13), (.cutout, 0.08, 0.1), (.logo, 0.01, 0.05)] {
      let result = try Self.edited(edit, canvas)
      let changed = (0..<(120 * 90)).count { result.pixels[3 * $0] != canvas.pixels[3 * $0] }
      #expect((least...most).contains(Double(changed) / (120 * 90)), "\(edit)")
    }
  }

  @Test func `the worse the quality, the farther the picture`() throws {
    let canvas = Self.picture(width: 64, height: 64)
    let (fine, coarse) = (try Self.edited(.jpeg85, canvas), try Self.edited(.jpeg30, canvas))
    #expect(Self.difference(fine, canvas) < Self.difference(coarse, canvas))
  }

  @Test(arguments: [(4000, 3000), (30_000, 9), (3, 2), (1, 1), (256, 256)])
  func `the working size is bounded and keeps the shape where it can`(width: Int, height: Int) {
    let canvas = Canvas(width: width, height: height, grey: 50).atWorkingSize()
    #expect(canvas.width >= 8 && canvas.height >= 8)
    #expect(canvas.width * canvas.height <= Canvas.maximumPixelCount + canvas.width + canvas.height)
    if width == 4000 { #expect(abs(Double(canvas.width) / Double(canvas.height) - 4.0 / 3) < 0.02) }
    if width == 256 { #expect(canvas.width == 256) }
  }

  @Test func `sixteen bits give their high bytes, alpha does not count`() {
    let pixels: [UInt8] = [1, 255, 2, 255, 3, 255, 0, 0, 4, 0, 5, 0, 6, 0, 255, 255]
    let image = DecodedImage(
      format: .png, width: 2, height: 1, bitsPerChannel: 16, orientation: .mirror, pixels: pixels)
    #expect(Canvas(image).pixels == [4, 5, 6, 1, 2, 3])
  }
}
