/// Red, green and blue, 0...1 each; values outside are cut when the picture is stored.
struct Colour {
  var red: Float
  var green: Float
  var blue: Float

  init(_ red: Float, _ green: Float, _ blue: Float) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour of any hue and of middling brightness.
  init(any random: inout SplitMix64) {
    let grey = Float(random.between(0.15, 0.85))
    let hue = Colour(
      Float(random.between(0.05, 0.95)), Float(random.between(0.05, 0.95)), Float(random.between(0.05, 0.95)))
    self = Colour(grey, grey, grey).toward(hue, 0.65)
  }

  /// The colour with every channel multiplied.
  func scaled(_ factor: Float) -> Colour { Colour(red * factor, green * factor, blue * factor) }

  /// The colour that lies `share` of the way to `other`.
  func toward(_ other: Colour, _ share: Float) -> Colour {
    Colour(red + (other.red - red) * share, green + (other.green - green) * share, blue + (other.blue - blue) * share)
  }

  /// Its brightness, by BT.601.
  var luma: Float { 0.299 * red + 0.587 * green + 0.114 * blue }

  /// Mean distance of the channels from the brightness; 0 for a grey.
  var distanceFromGrey: Float { ((red - luma).magnitude + (green - luma).magnitude + (blue - luma).magnitude) / 3 }

  static let white = Colour(0.97, 0.97, 0.95)
  static let black = Colour(0.04, 0.04, 0.05)
}
