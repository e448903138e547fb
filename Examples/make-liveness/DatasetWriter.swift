#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Paints a plan's images and writes them with their manifest.
struct DatasetWriter {
  /// The folder that receives everything.
  let folder: URL
  /// What to write.
  let plan: DatasetPlan

  /// What the dataset declares of itself.
  private static let policy = """
    # Every split is to hold as many real faces as spoofed ones.
    version: 1
    classes: {"real": 1, "spoof": 1}

    """

  /// Writes all images, `manifest.csv`, `PLANTED.csv` and `splitseal.yml`.
  ///
  /// - Throws: When a file cannot be written.
  func write() async throws {
    let files = await painted()
    for (entry, file) in zip(plan.entries, files) { try store(file.encoded(), at: entry.path) }
    var manifest = "path,split,label,subject\n"
    var planted = "test_path,train_path,disguise,rule\n"
    for entry in plan.entries {
      manifest += "\(entry.path),\(entry.split),\(entry.label),\(entry.subject)\n"
      guard case .copy(let original, let disguise) = entry.source else { continue }
      planted += "\(entry.path),\(plan.entries[original].path),\"\(disguise.rawValue)\",\(disguise.rule)\n"
    }
    try store(Array(manifest.utf8), at: "manifest.csv")
    try store(Array(planted.utf8), at: "PLANTED.csv")
    try store(Array(Self.policy.utf8), at: "splitseal.yml")
  }

  /// The files in the plan's order, the copies made of what was painted for training.
  private func painted() async -> [ImageFile] {
    let frames = await withTaskGroup(of: (Int, ImageFile).self) { group in
      for (index, entry) in plan.entries.enumerated() {
        guard case .frame(let subject, let number) = entry.source else { continue }
        group.addTask { (index, Self.frame(number, of: subject, label: entry.label, isPNG: entry.isPNG)) }
      }
      var files: [Int: ImageFile] = [:]
      for await (index, file) in group { files[index] = file }
      return files
    }
    return plan.entries.indices.compactMap { index in
      switch plan.entries[index].source {
      case .frame: frames[index]
      case .copy(let original, let disguise): frames[original].map { disguise.applied(to: $0) }
      }
    }
  }

  private static func frame(_ number: UInt64, of subject: Subject, label: String, isPNG: Bool) -> ImageFile {
    var random = SplitMix64(seed: subject.seed, stream: number)
    let sides = [160, 176, 192, 208, 224]
    let (width, height) = (random.pick(sides), random.pick(sides))
    var canvas = Portrait(of: subject, frame: number).painted(width: width, height: height)
    if label == "spoof" {
      canvas = random.pick(Spoof.allCases).painted(showing: canvas, width: width, height: height, random: &random)
    }
    canvas.expose(contrast: random.between(0.13, 0.19), colour: random.between(0.1, 0.16))
    canvas.addSensorNoise(amplitude: 0.02, random: &random)
    let quality = Int(random.between(84, 94))
    return ImageFile(picture: canvas.bitmap, encoding: isPNG ? .png() : .jpeg(quality: quality))
  }

  private func store(_ bytes: [UInt8], at path: String) throws {
    let place = folder.appending(path: path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place, options: .withoutOverwriting)
  }
}
