internal import SplitSealBase
internal import ArgumentParser

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Learns the projection of gradient histograms to descriptors from a folder of images.
@main
struct LearnProjection: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn-projection",
    abstract: "Learn the descriptor's projection table from a folder of images.",
    discussion: """
      The same images give the same table on every machine. A table changes every descriptor: fingerprints made with \
      another one cannot be compared.
      """)

  @Argument(help: "A folder with images, at any depth.", completion: .directory)
  var folder: String

  @Option(help: "Each direction is divided by its variance to this power: 0.5 whitens, 0 is plain PCA.")
  var power = 0.5

  @Option(help: "What the images are, for the table's comment. (default: the folder's name)")
  var source: String?

  @Option(name: .shortAndLong, help: "The C file to write.", completion: .file(extensions: ["c"]))
  var output = "Sources/Detector/CVision/Generated/projection.c"

  func validate() throws {
    guard (0...1).contains(power) else { throw ValidationError("the power is in 0...1") }
  }

  func run() async throws {
    let url = URL(filePath: folder, directoryHint: .isDirectory)
    let images = try ImageFolder(url)
    guard !images.paths.isEmpty else {
      throw ValidationError("there is no image below '\(folder)' that can be decoded")
    }
    let projection = Projection(HistogramMoments(try await images.histograms()), power: power)
    let origin = "\(source ?? url.lastPathComponent), \(Self.grouped(images.paths.count)) images"
    let text = projection.source(origin: [
      "Generated; do not edit it by hand.",
      "The projection of gradient histograms to descriptors. Learned from \(origin), by",
      "swift run -c release learn-projection FOLDER --power \(power)",
    ])
    try Data(text.utf8).write(to: URL(filePath: output))
    print("learned from \(origin); share of the variance that the first numbers keep:")
    for count in [1, 2, 4, 8, 16, 32, 48, 64] {
      let share = projection.variances.prefix(count).reduce(0, +) / projection.totalVariance
      print("  \(count): \(Self.percentage(share))")
    }
  }

  /// A number with commas between thousands.
  private static func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : "\(grouped(number / 1000)),\(String(number % 1000 + 1000).dropFirst())"
  }

  /// A share with one decimal.
  private static func percentage(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
