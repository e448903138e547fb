internal import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes a small face-liveness dataset of drawn images, with leaks planted in it.
@main
struct MakeLiveness: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-liveness",
    abstract: "Draw a small face-liveness dataset with leaks planted in it.",
    discussion: """
      The same images on every machine: 240 for training, 60 for validation and 93 for test, of drawn faces that are real \
      or held up as a print or on a screen. Training and validation have as many real as spoofed faces, test 2.1 \
      spoofed for each that is real.

      What is planted is printed, and written to PLANTED.csv beside manifest.csv; splitseal.yml declares one real face for \
      each that is spoofed.
      """)

  @Argument(help: "A folder that is new or empty.", completion: .directory)
  var out: String

  func run() async throws {
    let folder = URL(filePath: out, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty else {
      throw ValidationError("'\(out)' is not empty; name a folder that is new or empty")
    }
    let plan = DatasetPlan()
    try await DatasetWriter(folder: folder, plan: plan).write()
    print(summary(of: plan))
  }

  private func summary(of plan: DatasetPlan) -> String {
    var lines = ["wrote \(plan.entries.count) images and manifest.csv to \(out)"]
    for split in ["train", "val", "test"] {
      let entries = plan.entries.filter { $0.split == split }
      let spoofCount = entries.count { $0.label == "spoof" }
      lines.append("  \(split): \(entries.count - spoofCount) real, \(spoofCount) spoof")
    }
    let names = plan.sharedSubjects.map(\.name).joined(separator: " and ")
    lines.append("planted: subjects \(names), in train and in test with different frames")
    lines.append("planted: training images in the test split, also listed in PLANTED.csv")
    for entry in plan.entries {
      guard case .copy(let original, let disguise) = entry.source else { continue }
      lines.append("  \(entry.path) <- \(plan.entries[original].path): \(disguise.rawValue)")
    }
    return lines.joined(separator: "\n")
  }
}
