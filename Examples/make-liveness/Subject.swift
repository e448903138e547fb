/// A person who does not exist: everything that stays the same from frame to frame.
struct Subject {
  /// How the hair falls.
  enum HairStyle: CaseIterable {
    case short, long, fringe, thin
  }

  /// Name in the manifest.
  let name: String
  /// Which person.
  let seed: UInt64
  let skin: Colour
  let hair: Colour
  let iris: Colour
  let clothing: Colour
  let hairStyle: HairStyle
  /// Half the width of the face where half its height is 1.
  let faceWidth: Double
  /// Half the distance between the pupils.
  let eyeDistance: Double
  let eyeHeight: Double
  let eyeSize: Double
  let browThickness: Double
  let noseLength: Double
  let mouthWidth: Double
  let hasGlasses: Bool
  let hasBeard: Bool
  /// Places on the face, in units of its half axes.
  let freckles: [Point]

  /// Makes up a person.
  init(name: String, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    self.name = name
    self.seed = seed
    let skins = [Colour(0.94, 0.78, 0.67), Colour(0.85, 0.65, 0.5), Colour(0.68, 0.47, 0.34), Colour(0.45, 0.3, 0.22)]
    let hairs = [
      Colour(0.12, 0.09, 0.07), Colour(0.32, 0.2, 0.1), Colour(0.55, 0.4, 0.2), Colour(0.62, 0.28, 0.12),
      Colour(0.6, 0.6, 0.6),
    ]
    let irises = [Colour(0.25, 0.15, 0.08), Colour(0.2, 0.35, 0.6), Colour(0.25, 0.45, 0.25), Colour(0.4, 0.4, 0.45)]
    skin = random.pick(skins).scaled(Float(random.between(0.88, 1.08)))
    hair = random.pick(hairs).scaled(Float(random.between(0.8, 1.2)))
    iris = random.pick(irises)
    clothing = Colour(any: &random)
    hairStyle = random.pick(HairStyle.allCases)
    faceWidth = random.between(0.66, 0.82)
    eyeDistance = random.between(0.27, 0.36)
    eyeHeight = random.between(-0.2, -0.08)
    eyeSize = random.between(0.1, 0.14)
    browThickness = random.between(0.04, 0.1)
    noseLength = random.between(0.26, 0.4)
    mouthWidth = random.between(0.2, 0.32)
    hasGlasses = random.oneIn(3)
    hasBeard = random.oneIn(4)
    freckles = (0..<Int(random.between(0, 40))).map { _ in
      Point(x: random.between(-0.75, 0.75), y: random.between(-0.35, 0.65))
    }
  }
}
