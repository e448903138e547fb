internal import ArgumentParser

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How much is done at once and how much is said of it.
struct WorkOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Images in work at once (default: the number of processors).", valueName: "count"))
  var jobs: Int?

  @Flag(name: [.short, .long], help: "Print nothing but errors.")
  var quiet = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be 1 to 1024") }
  }

  /// Images in work at once, 1 or more.
  var workerCount: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}
