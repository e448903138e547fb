import SplitSealRules
import SplitSealAudit
import SplitSealFingerprint
import SplitSealManifest
import SplitSealMatch
import SplitSealPolicy
import SplitSealStatistics
import SplitSealTestSupport

/// A pool of images of random properties that is split at random, whole groups at a time.
///
/// Images of a group have one size, one camera and one quality, and are as bright and sharp as each other but for noise.
struct PropertyPool: Sendable {
  let name: String
  let imageCount: Int
  /// Images of a group; 1 for images without groups.
  let groupSize: Int

  static let all = [
    PropertyPool(name: "200 images, no groups", imageCount: 200, groupSize: 1),
    PropertyPool(name: "500 images, no groups", imageCount: 500, groupSize: 1),
    PropertyPool(name: "2,000 images, no groups", imageCount: 2_000, groupSize: 1),
    PropertyPool(name: "500 images, groups of 5", imageCount: 500, groupSize: 5),
    PropertyPool(name: "2,000 images, groups of 20", imageCount: 2_000, groupSize: 20),
  ]

  /// Whether a rule finds something in the split of this number.
  func isFlagged(split number: Int, by rule: RuleID) -> Bool {
    var random = SeededGenerator(seed: 20_260_403, stream: number)
    let groupCount = imageCount / groupSize
    var order = Array(0..<groupCount)
    random.moveToFront(groupCount / 5, of: &order)
    var isTest = Array(repeating: false, count: groupCount)
    for group in order.prefix(groupCount / 5) { isTest[group] = true }
    let lines = (0..<groupCount).flatMap { group in
      let look = Look(&random)
      return (0..<groupSize).map { image in
        "\(isTest[group] ? "test" : "train")/\(random.below(2)) p\(group)n\(image)"
          + (groupSize > 1 ? " group=\(group) " : " ") + look.noisy(&random)
      }
    }
    let input = DatasetBuilder(lines.joined(separator: "\n")).input()
    return Audit.rules.filter { $0.id == rule }.contains { rule in
      rule.evaluate(input).findings.contains { $0.severity >= .warning }
    }
  }

  /// What the images of a group have in common.
  private struct Look {
    private let brightness, contrast, sharpness, colour: Double
    private let camera: Int, quality: Int, size: Int

    init(_ random: inout SeededGenerator) {
      (brightness, contrast) = (60 + 120 * random.uniform(), 20 + 50 * random.uniform())
      (sharpness, colour) = (100 + 900 * random.uniform(), 60 * random.uniform())
      (camera, quality, size) = (random.below(4), 75 + 5 * random.below(4), random.below(3))
    }

    func noisy(_ random: inout SeededGenerator) -> String {
      func value(_ middle: Double) -> Double { middle * (0.9 + 0.2 * random.uniform()) }
      return "brightness=\(value(brightness)) contrast=\(value(contrast)) sharpness=\(value(sharpness))"
        + " colour=\(value(colour)) camera=\("ABCD".dropFirst(camera).prefix(1)) jpeg=\(quality)"
        + " size=\(640 + 160 * size)x480"
    }
  }
}
