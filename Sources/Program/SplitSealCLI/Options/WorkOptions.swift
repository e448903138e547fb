internal import ArgumentParser

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How many images to process in parallel, and how much to print.
struct WorkOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Number of images to process in parallel (default: the number of processors).", valueName: "count"))
  var jobs: Int?

  @Flag(name: [.short, .long], help: "Print only errors.")
  var quiet = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be 1 to 1024") }
  }

  /// Number of images to process in parallel, 1 or more.
  var workerCount: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}
