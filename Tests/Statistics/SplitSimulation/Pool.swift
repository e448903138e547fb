import SplitSealAudit
import SplitSealManifest
import SplitSealPolicy
import SplitSealStatistics

/// A pool of images that is split at random, whole groups at a time.
struct Pool: Sendable {
  let name: String
  let classCount: Int
  let imageCount: Int
  /// Images of a group; 1 for images without groups.
  let groupSize: Int
  /// Share of a group's images that are of the group's own class; the others are of any.
  let purity: Double

  static let all: [Pool] = [("binary", 2, 2_000), ("10 classes", 10, 2_000), ("100 classes", 100, 5_000)].flatMap {
    name, classes, images in
    [
      (1, 0.0, "no groups"), (5, 1, "groups of 5, one class each"), (5, 0.5, "groups of 5, mixed"),
      (20, 1, "groups of 20, one class each"), (20, 0.5, "groups of 20, mixed"),
    ].map { size, purity, groups in
      Pool(
        name: "\(name), \(groups)", classCount: classes, imageCount: images, groupSize: size, purity: purity)
    }
  }

  /// Whether class-skew finds something in the split of this number.
  func isFlagged(split number: Int) -> Bool {
    var random = SeededGenerator(seed: 20_260_401, stream: number)
    let labels = draw(&random)
    let groupCount = imageCount / groupSize
    var order = Array(0..<groupCount)
    random.moveToFront(groupCount / 5, of: &order)
    var isTest = Array(repeating: false, count: groupCount)
    for group in order.prefix(groupCount / 5) { isTest[group] = true }
    let input = simulatedInput(
      labels: labels, isTest: labels.indices.map { isTest[$0 / groupSize] }, classCount: classCount,
      groupSize: groupSize)
    return findsSkew(input)
  }

  /// The label of each image: classes are unequally common, the last one three times as common as the first.
  private func draw(_ random: inout SeededGenerator) -> [Int] {
    func any(_ random: inout SeededGenerator) -> Int {
      while true {
        let label = random.below(classCount)
        if random.uniform() * 3 < 1 + 2 * Double(label) / Double(max(1, classCount - 1)) { return label }
      }
    }
    var labels: [Int] = []
    for _ in 0..<(imageCount / groupSize) {
      let own = any(&random)
      for _ in 0..<groupSize { labels.append(random.uniform() < purity ? own : any(&random)) }
    }
    return labels
  }
}
