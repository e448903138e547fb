import SplitSealBase
internal import ArgumentParser
internal import Foundation
internal import SplitSealFingerprint
internal import SplitSealImage
internal import SplitSealManifest
internal import SplitSealShard
internal import SplitSealTestSupport

/// Writes shards of images that never were, to measure `splitseal match` with as many as one likes.
@main
struct MakeShards: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-shards",
    abstract: "Write train.fp, test.fp and planted.csv with random fingerprints, some of the test split near copies.")

  @Option(help: "Images of the training split.")
  var train = 128_000

  @Option(help: "Images of the test split.")
  var test = 5_000

  @Option(help: "Images of the test split that are near copies of training images.")
  var planted = 500

  @Option(help: "Labels.")
  var labels = 1_000

  @Option(help: "Seed.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Folder to write to.")
  var output: String

  func validate() throws {
    guard train > 0, test > 0, labels > 0, (0...test).contains(planted) else {
      throw ValidationError("counts are 1 or more, and no more is planted than tested")
    }
  }

  func run() throws {
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let images = SyntheticImages(seed: seed, trainCount: train, testCount: test, plantedCount: planted)
    try write("train", role: .training, count: train) { images.training($0) }
    try write("test", role: .test, count: test) { images.test($0) }
    let rows = (0..<planted).map { number in
      let (copy, original) = (number * images.plantedStep, images.original(of: number))
      return "\(Self.path("test", copy)),\(Self.path("train", original))\n"
    }
    try Data(("test,train\n" + rows.joined()).utf8).write(to: URL(filePath: "\(output)/planted.csv"))
  }

  private func write(_ split: String, role: SplitRole, count: Int, _ image: (Int) -> Fingerprint) throws {
    let names = (0..<labels).map { String(String(1_000_000 + $0).dropFirst()) }
    let manifest = Manifest(
      root: "/synthetic", splits: [Split(name: split, role: role)], labels: names,
      samples: (0..<count).map { Sample(path: Self.path(split, $0), split: 0, label: $0 % labels) },
      inputs: [ManifestInput(path: split, format: .folder)])
    let path = "\(output)/\(split).fp"
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw ValidationError("\(path) cannot be written") }
    let header = ShardHeader(manifest, terms: HashingTerms(limits: ImageLimits(), includesPDQ: false))
    var writer = try ShardWriter(manifest, header: header) { try file.write(contentsOf: Data($0)) }
    for index in 0..<count { try writer.append(.readable(image(index))) }
    try writer.finish()
    try file.close()
  }

  private static func path(_ split: String, _ index: Int) -> String {
    "\(split)/\(String(10_000_000 + index).dropFirst()).jpg"
  }
}
